package dev.rtel.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code rtel resume}. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = "Go on with a run: what is stored is kept, what is paid for is graded, the rest is run.",
        footer = {
            "",
            "Examples:",
            "  rtel resume                                      the latest unfinished run",
            "  rtel resume 20261120T140211Z-current-7f3a --max-cost 10"
        })
final class ResumeCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "Run id, or its start or end; by default the latest unfinished run.")
    private @Nullable String run;

    @Mixin
    private final LimitOptions limits = new LimitOptions();

    @Mixin
    private final StoreOptions stores = new StoreOptions();

    ResumeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        return new StoredRunExecution(session, limits, stores).resume(run);
    }
}
