package dev.rtel.tasks.check;

import dev.rtel.eval.Sample;
import dev.rtel.eval.Target;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The right answers of a sample in one spelling each, so that two samples' answers can be compared. */
final class Answers {
    private static final Set<String> WITHOUT = Set.of("judge", "code-execution");
    private static final Set<String> FORMS = Set.of("multiple-choice", "boolean");

    private Answers() {}

    /** Empty for a sample without a gold answer. */
    static Set<String> of(Sample sample, String grader) {
        if (sample.target() instanceof Target.Claims claims) {
            return Set.of(claims.values().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        Set<String> answers = new LinkedHashSet<>();
        texts(sample)
                .forEach(text -> answers.add(
                        FORMS.contains(grader)
                                ? text.strip().toUpperCase(Locale.ROOT)
                                : Numbers.canonical(text).orElse(text.strip())));
        return answers;
    }

    /** The numbers that are right, for a sample that asks for a number. */
    static Set<String> numbers(Sample sample, String grader) {
        Set<String> numbers = new LinkedHashSet<>();
        if (!FORMS.contains(grader) && !WITHOUT.contains(grader)) {
            texts(sample).forEach(text -> Numbers.canonical(text).ifPresent(numbers::add));
        }
        return numbers;
    }

    private static Collection<String> texts(Sample sample) {
        if (sample.target() instanceof Target.Text text) {
            return List.of(text.value());
        }
        return sample.target() instanceof Target.AnyOf any ? any.values() : List.of();
    }
}
