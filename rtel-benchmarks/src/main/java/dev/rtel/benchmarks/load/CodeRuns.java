package dev.rtel.benchmarks.load;

import dev.rtel.eval.CodeJob;
import dev.rtel.graders.code.BwrapCodeExecutorProvider;
import dev.rtel.graders.code.LandlockCodeExecutorProvider;
import dev.rtel.graders.code.UnsafeCodeExecutorProvider;
import dev.rtel.spi.CodeExecutor;
import dev.rtel.spi.CodeExecutorProvider;
import dev.rtel.testkit.SimpleContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Grades a right answer to a sample of six cases again and again, one at a time, with each backend that works here;
 * prints the median time from starting the process to its folder being removed.
 */
public final class CodeRuns {
    private static final String SOURCE = """
            def merge(intervals):
                out = []
                for start, end in sorted(intervals):
                    if out and start <= out[-1][1]:
                        out[-1][1] = max(out[-1][1], end)
                    else:
                        out.append([start, end])
                return out
            """;

    private CodeRuns() {}

    /** @param args number of gradings, default 60 */
    public static void main(String[] args) throws InterruptedException {
        int count = args.length == 0 ? 60 : Integer.parseInt(args[0]);
        for (CodeExecutorProvider provider : List.of(
                new BwrapCodeExecutorProvider(),
                new LandlockCodeExecutorProvider(),
                new UnsafeCodeExecutorProvider())) {
            CodeExecutor executor = provider.create(SimpleContext.of(Map.of()));
            var probe = executor.probe();
            if (probe.containment() == CodeExecutor.Containment.UNAVAILABLE) {
                System.out.println(provider.name() + ": " + probe.details());
                continue;
            }
            long[] nanos = new long[count];
            for (int i = -10; i < count; i++) {
                long start = System.nanoTime();
                var verdict = executor.run(job());
                if (!verdict.status().equals("PASS")) {
                    throw new IllegalStateException(String.valueOf(verdict));
                }
                nanos[Math.max(i, 0)] = System.nanoTime() - start;
            }
            Arrays.sort(nanos);
            System.out.printf(
                    Locale.ROOT,
                    "%s: median %.1f ms, 95 %% below %.1f ms, %d gradings of six cases%n",
                    provider.name(),
                    nanos[count / 2] / 1e6,
                    nanos[count * 95 / 100] / 1e6,
                    count);
        }
    }

    private static CodeJob job() {
        List<CodeJob.Case> cases = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Object args = List.of(List.of(List.of(1, i + 2), List.of(2, 9)));
            cases.add(new CodeJob.Case(Map.of("args", args, "expected", List.of(List.of(1, Math.max(9, i + 2))))));
        }
        return new CodeJob("python", SOURCE, "merge", cases, Optional.empty(), CodeJob.Limits.standard());
    }
}
