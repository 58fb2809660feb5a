package dev.rtel.analysis;

import dev.rtel.eval.Sample;
import dev.rtel.eval.Target;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How often a guesser who knows the form of the answer is right: 2^-k for k truth values, 1/n for n choices, the range of
 * an integer where the sample tells it ({@code metadata.answer_range}, e.g. {@code 0..999}), else what the sample's author
 * wrote ({@code metadata.chance}). A sample with twins needs luck with each of them. Unknown stays empty. Pure functions.
 */
public final class ChanceLevel {
    /** Chance up to which a sample counts as hard to guess. */
    public static final double LOW = 1.0 / 16;

    private static final String CHOICE_GRADER = "multiple-choice";
    private static final String TRUTH_GRADER = "boolean";
    private static final int LETTERS = 10;
    private static final Pattern RANGE = Pattern.compile("\\s*(-?[0-9]{1,15})\\s*\\.\\.\\s*(-?[0-9]{1,15})\\s*");
    private static final Pattern SHARE = Pattern.compile("\\s*([0-9.]{1,20})\\s*(?:/\\s*([0-9]{1,15}))?\\s*");

    private ChanceLevel() {}

    /**
     * Returns the chance of each sample, its twins among the given ones considered.
     *
     * @param samples of one task
     * @param grader name of the task's grader
     * @return by sample id, in the order given
     */
    public static Map<String, OptionalDouble> of(Collection<Sample> samples, String grader) {
        Map<String, OptionalDouble> alone = new LinkedHashMap<>();
        samples.forEach(sample -> alone.put(sample.id(), alone(sample, grader)));
        Map<String, Set<String>> twins = new LinkedHashMap<>();
        for (Sample sample : samples) {
            sample.twinOf()
                    .filter(twin -> alone.containsKey(twin) && !twin.equals(sample.id()))
                    .ifPresent(twin -> {
                        twins.computeIfAbsent(sample.id(), id -> new HashSet<>())
                                .add(twin);
                        twins.computeIfAbsent(twin, id -> new HashSet<>()).add(sample.id());
                    });
        }
        Map<String, OptionalDouble> all = new LinkedHashMap<>();
        alone.forEach((id, chance) -> {
            OptionalDouble joint = chance;
            for (String twin : twins.getOrDefault(id, Set.of())) {
                joint = product(joint, alone.getOrDefault(twin, OptionalDouble.empty()));
            }
            all.put(id, joint);
        });
        return all;
    }

    /** The chance of one sample, twins not considered. */
    public static OptionalDouble alone(Sample sample, String grader) {
        if (sample.target() instanceof Target.Claims claims) {
            return OptionalDouble.of(Math.pow(2, -claims.values().size()));
        }
        int right = answers(sample.target());
        if (!sample.choices().isEmpty() || grader.equals(CHOICE_GRADER)) {
            int options =
                    sample.choices().isEmpty() ? LETTERS : sample.choices().size();
            return share(right, options);
        }
        if (grader.equals(TRUTH_GRADER)) {
            return share(right, 2);
        }
        OptionalDouble range = range(sample.metadata().get("answer_range"), right);
        return range.isPresent() ? range : stated(sample);
    }

    /** What the sample's author wrote; empty if that is missing or no share of 0..1. */
    public static OptionalDouble stated(Sample sample) {
        Object stated = sample.metadata().get("chance");
        Matcher matcher = SHARE.matcher(String.valueOf(stated));
        if (stated == null || !matcher.matches()) {
            return OptionalDouble.empty();
        }
        try {
            double value = Double.parseDouble(matcher.group(1));
            double share = matcher.group(2) == null ? value : value / Double.parseDouble(matcher.group(2));
            return share >= 0 && share <= 1 ? OptionalDouble.of(share) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty(); // such as 1.2.3
        }
    }

    private static int answers(Target target) {
        if (target instanceof Target.AnyOf any) {
            return (int) any.values().stream().map(String::strip).distinct().count();
        }
        return target instanceof Target.None ? 0 : 1;
    }

    private static OptionalDouble range(@Nullable Object text, int right) {
        Matcher matcher = RANGE.matcher(String.valueOf(text));
        if (text == null || right == 0 || !matcher.matches()) {
            return OptionalDouble.empty();
        }
        double size = Double.parseDouble(matcher.group(2)) - Double.parseDouble(matcher.group(1)) + 1;
        return size >= right ? OptionalDouble.of(right / size) : OptionalDouble.empty();
    }

    private static OptionalDouble share(int right, int of) {
        return right == 0 || right > of ? OptionalDouble.empty() : OptionalDouble.of((double) right / of);
    }

    private static OptionalDouble product(OptionalDouble one, OptionalDouble other) {
        return one.isPresent() && other.isPresent()
                ? OptionalDouble.of(one.getAsDouble() * other.getAsDouble())
                : OptionalDouble.empty();
    }
}
