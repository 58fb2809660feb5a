package dev.rtel.cli;

import dev.rtel.Rtel;
import dev.rtel.plan.RunSpec;
import dev.rtel.simulator.Simulator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rtel demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Run the whole job on the embedded simulator: default roster, bundled tasks, no key, no network.",
            "Every figure is marked simulated; it says nothing about the real models."
        },
        footer = {"", "Examples:", "  rtel demo", "  rtel demo --out /tmp/demo"})
final class DemoCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final StoreOptions stores = new StoreOptions();

    @Option(
            names = "--concurrency",
            defaultValue = "8",
            paramLabel = "N",
            description = "Trials at a time (default: ${DEFAULT-VALUE}).")
    private int concurrency = 8;

    @Option(
            names = "--epochs",
            defaultValue = "1",
            paramLabel = "N",
            description = "Repeats (default: ${DEFAULT-VALUE}).")
    private int epochs = 1;

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        RunFacts gathering = RunFacts.gathering();
        try (Simulator simulator = DemoSimulator.start()) {
            RunOptions options = new RunOptions();
            options.who.baseUrl = simulator.baseUri().toString();
            options.epochs = epochs;
            LimitOptions limits = new LimitOptions();
            limits.concurrency = concurrency;
            limits.maxCost = "none";
            Rtel planning = Toolbox.builder(session, null, "auto").build();
            Map<String, @Nullable Object> facts = new HashMap<>(gathering.of(session, limits.limits(), options.seed));
            facts.put(DemoSimulator.MARK, true);
            RunSpec assembled = new SpecAssembler(session, planning.components())
                    .assemble(options, limits)
                    .details(facts)
                    .build();
            return new RunExecution(session, limits, stores)
                    .execute(DemoSimulator.tuned(assembled), Optional.of(simulator.baseUri()));
        }
    }
}
