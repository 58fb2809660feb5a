package dev.rtel.eval;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Submitted code and the calls to make on it.
 *
 * @param language of the source, e.g. {@code python}
 * @param source the code, never repaired
 * @param entry the name to call
 * @param cases calls with expected results; never leave the judging process except for their arguments; empty when
 *     there are tests
 * @param tests a script of tests to run instead of the cases; never handed to the process that runs the source
 * @param limits of the whole job
 */
public record CodeJob(
        String language, String source, String entry, List<Case> cases, Optional<String> tests, Limits limits) {
    /** Copies the list. */
    public CodeJob {
        cases = List.copyOf(cases);
    }

    /**
     * One call; fields as in task files.
     *
     * @param fields plain data: {@code args, kwargs, expected, approx, unordered, raises, args_after, same_type,
     *     nan_equal}
     */
    public record Case(Map<String, @Nullable Object> fields) {}

    /**
     * Limits of a job.
     *
     * @param wall from the source being handed over to the last reply
     * @param memoryBytes address space
     * @param outputBytes printed output after which the code is ended
     */
    public record Limits(Duration wall, long memoryBytes, long outputBytes) {
        /** 10 s, 1 GiB, 64 MiB. */
        public static Limits standard() {
            return new Limits(Duration.ofSeconds(10), 1L << 30, 64L << 20);
        }
    }
}
