package dev.rtel.graders.code;

import dev.rtel.eval.CodeJob;
import dev.rtel.eval.CodeVerdict;
import dev.rtel.testkit.SimpleContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Runs small jobs; skips where there is no Python. */
final class PythonRuns {
    private PythonRuns() {}

    static CodeVerdict run(String source, String entry, List<Map<String, Object>> cases, Duration wall)
            throws InterruptedException {
        var executor = new UnsafeCodeExecutorProvider().create(SimpleContext.of(Map.of()));
        Assumptions.assumeTrue(PythonProbe.of("python3").available(), "no python3");
        var limits = new CodeJob.Limits(wall, 1L << 30, 4L << 20);
        return executor.run(
                new CodeJob(source, entry, cases.stream().map(CodeJob.Case::new).toList(), limits));
    }

    static CodeVerdict one(String source, Map<String, Object> fields) throws InterruptedException {
        return run(source, "f", List.of(fields), Duration.ofSeconds(10));
    }
}
