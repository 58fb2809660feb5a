package dev.rtel.tasks.generated;

import dev.rtel.eval.Sample;
import dev.rtel.eval.Target;
import dev.rtel.spi.Task;
import dev.rtel.tasks.TaskSources;
import dev.rtel.testkit.SimpleContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Generated tasks as a run gets them. */
final class Made {
    static final List<String> NAMES = List.of(
            "knights", "state-tracking", "river-crossing", "chinese-remainder", "lattice-paths", "bug-mutation");
    static final List<String> LOGIC = List.of("knights", "state-tracking", "river-crossing");
    static final List<String> MATH = List.of("chinese-remainder", "lattice-paths");

    private static final Map<String, List<Sample>> THOUSANDS = new ConcurrentHashMap<>();

    private Made() {}

    static Task task(String arguments) {
        return new GeneratedTaskProvider().create(SimpleContext.of(Map.of(TaskSources.ARGUMENTS, arguments)));
    }

    /** Made once; many tests look at them. */
    static List<Sample> thousand(String name) {
        return THOUSANDS.computeIfAbsent(name, n -> task(n + "?seed=7&n=1000").samples());
    }

    static String input(Sample sample) {
        return sample.input().get(0).content();
    }

    static List<Boolean> claims(Sample sample) {
        return ((Target.Claims) sample.target()).values();
    }

    static long number(Sample sample) {
        return Long.parseLong(((Target.Text) sample.target()).value());
    }

    static Object metadata(Sample sample, String key) {
        return Objects.requireNonNull(sample.metadata().get(key), key);
    }

    static List<MatchResult> lines(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }
}
