package dev.rtel.cli;

import dev.rtel.Rtel;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.graders.code.SandboxTrial;
import dev.rtel.spi.CodeExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rtel doctor}. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Check what a run needs on this machine: Java, Python, sandbox, key, folders.",
            "Exit 8 if a local tool is missing."
        },
        footer = {"", "Examples:", "  rtel doctor", "  rtel doctor --json"})
final class DoctorCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final StoreOptions stores = new StoreOptions();

    DoctorCommand(Session session) {
        this.session = session;
    }

    private record Check(String name, boolean ok, boolean tool, String details) {}

    @Override
    public Integer call() throws InterruptedException {
        List<Check> checks = new ArrayList<>();
        checks.add(new Check("java", true, true, Runtime.version() + ", " + System.getProperty("java.vendor")));
        Rtel rtel = Toolbox.builder(session, null, "auto").build();
        checks.addAll(sandboxes(rtel));
        boolean key = session.secret("OPENROUTER_API_KEY", null).isPresent();
        checks.add(new Check(
                "key",
                key,
                false,
                key ? "OPENROUTER_API_KEY is set" : "OPENROUTER_API_KEY is not set; rtel demo works without"));
        checks.add(writable("store", stores.store));
        checks.add(writable("results", stores.out));
        checks.add(new Check(
                "plug-ins",
                rtel.components().broken().isEmpty(),
                false,
                rtel.components().broken().isEmpty()
                        ? "all load"
                        : String.join("; ", rtel.components().broken())));
        report(checks);
        return (checks.stream().anyMatch(c -> c.tool() && !c.ok()) ? ExitCode.TOOL_MISSING : ExitCode.DONE).code();
    }

    /** Every executor really started and, where it works, tried with four small gradings. */
    private static List<Check> sandboxes(Rtel rtel) throws InterruptedException {
        List<Check> checks = new ArrayList<>();
        Optional<String> used = Optional.empty();
        for (var provider : rtel.components().executors().providers()) {
            try (CodeExecutor executor =
                    rtel.components().create(rtel.components().executors(), ComponentSpec.of(provider.name()))) {
                CodeExecutor.Probe probe = executor.probe();
                Optional<String> problem = probe.containment() == CodeExecutor.Containment.UNAVAILABLE
                        ? Optional.empty()
                        : SandboxTrial.of(executor).problem();
                boolean contained = probe.containment() == CodeExecutor.Containment.CONTAINED && problem.isEmpty();
                boolean first = contained && used.isEmpty();
                used = first ? Optional.of(executor.id()) : used;
                checks.add(new Check(
                        "code sandbox " + executor.id(),
                        contained,
                        false,
                        problem.orElseGet(() -> probe.containment().name().toLowerCase(Locale.ROOT) + ": "
                                + probe.details()
                                + (probe.took().isZero()
                                        ? ""
                                        : ", " + probe.took().toMillis() + " ms")
                                + (first ? "  <- used" : ""))));
            }
        }
        checks.add(new Check(
                "containment",
                used.isPresent(),
                true,
                used.map(name -> "code of models is run under " + name)
                        .orElse("none works here: code of real models is not run, and their answers to it are not"
                                + " bought; install Python 3.9 or later and bubblewrap, or use Linux with Landlock")));
        return checks;
    }

    private Check writable(String name, String where) {
        Path folder = session.surroundings().resolve(where).toAbsolutePath().normalize();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        if (folder == null || !Files.isWritable(folder)) {
            return new Check(name, false, false, where + " is not writable");
        }
        try {
            long free = Files.getFileStore(folder).getUsableSpace() >> 20;
            return new Check(name, free > 100, false, where + ", " + free + " MiB free");
        } catch (IOException e) {
            return new Check(name, false, false, where + ": " + e);
        }
    }

    private void report(List<Check> checks) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Check check : checks) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("check", check.name());
            row.put("ok", check.ok());
            row.put("details", check.details());
            rows.add(row);
            session.print(
                    String.format(Locale.ROOT, "%s %-22s %s", check.ok() ? "✓" : "!", check.name(), check.details()));
        }
        session.document(Map.of("schema", "rtel.doctor/1", "checks", rows));
    }
}
