package dev.rtel.graders.code;

import dev.rtel.config.ConfigException;
import dev.rtel.eval.CodeJob;
import dev.rtel.eval.CodeVerdict;
import dev.rtel.spi.CodeExecutor;
import dev.rtel.testkit.SimpleContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Runs small jobs; skips where there is no Python or the backend does not work. */
final class PythonRuns {
    private PythonRuns() {}

    static CodeExecutor executor(String backend) throws InterruptedException {
        var provider = List.of(
                        new BwrapCodeExecutorProvider(),
                        new LandlockCodeExecutorProvider(),
                        new SeatbeltCodeExecutorProvider(),
                        new UnsafeCodeExecutorProvider())
                .stream()
                .filter(each -> each.name().equals(backend))
                .findFirst()
                .orElseThrow(() -> new ConfigException(backend));
        CodeExecutor executor = provider.create(SimpleContext.of(Map.of()));
        var probe = executor.probe();
        Assumptions.assumeTrue(
                probe.containment() != CodeExecutor.Containment.UNAVAILABLE, backend + ": " + probe.details());
        return executor;
    }

    static CodeVerdict run(String source, String entry, List<Map<String, Object>> cases, Duration wall)
            throws InterruptedException {
        return run("unsafe", source, entry, cases, wall);
    }

    static CodeVerdict run(String backend, String source, String entry, List<Map<String, Object>> cases, Duration wall)
            throws InterruptedException {
        return executor(backend)
                .run(new CodeJob(
                        "python",
                        source,
                        entry,
                        cases.stream().map(CodeJob.Case::new).toList(),
                        Optional.empty(),
                        limits(wall)));
    }

    static CodeVerdict script(String backend, String source, String entry, String tests, Duration wall)
            throws InterruptedException {
        return executor(backend).run(new CodeJob("python", source, entry, List.of(), Optional.of(tests), limits(wall)));
    }

    private static CodeJob.Limits limits(Duration wall) {
        return new CodeJob.Limits(wall, 1L << 30, 4L << 20);
    }

    static CodeVerdict one(String source, Map<String, Object> fields) throws InterruptedException {
        return run(source, "f", List.of(fields), Duration.ofSeconds(10));
    }
}
