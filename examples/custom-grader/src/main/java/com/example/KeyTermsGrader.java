package com.example;

import dev.rtel.eval.GradingDetail;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Score;
import dev.rtel.eval.Submission;
import dev.rtel.eval.Target;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Grader;
import dev.rtel.spi.GraderProvider;
import dev.rtel.spi.GradingContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Scores the share of a sample's terms that the reply's summary line names. */
public record KeyTermsGrader(boolean matchCase) implements Grader {
    private static final String MARKER = "Summary:";

    @Override
    public Score grade(Submission submission, GradingContext context) {
        List<String> terms = terms(submission.sample());
        int at = submission.completion().truncated() ? -1 : submission.text().lastIndexOf(MARKER);
        if (at < 0) {
            return new Score.Graded(0, Optional.empty(), "no line 'Summary: ...'", detail("no-answer", terms));
        }
        String line = submission.text().substring(at + MARKER.length()).lines().findFirst().orElse("").strip();
        List<String> missing = terms.stream().filter(term -> !folded(line).contains(folded(term))).toList();
        double score = 1 - missing.size() / (double) terms.size();
        String explanation = missing.isEmpty() ? "names every term" : "does not name " + String.join(", ", missing);
        return new Score.Graded(score, Optional.of(line), explanation, detail("extracted", missing));
    }

    private static GradingDetail detail(String status, List<String> missing) {
        return new GradingDetail.Custom(Map.of("status", status, "missing", missing));
    }

    private String folded(String text) {
        return matchCase ? text : text.toLowerCase(Locale.ROOT);
    }

    private static List<String> terms(Sample sample) {
        return sample.target() instanceof Target.Text text
                ? List.of(text.value().split("\\s*,\\s*"))
                : List.of();
    }

    @Override
    public Optional<String> check(Sample sample) {
        return terms(sample).stream().allMatch(String::isBlank)
                ? Optional.of("target is '" + sample.target().display() + "', expected terms such as 'frog, pond'")
                : Optional.empty();
    }

    @Override
    public Optional<String> answerFormat(Sample sample) {
        return Optional.of("End your reply with exactly one line of the form \"Summary: <one sentence>\".");
    }

    /** To be raised whenever the same reply could get another score. */
    @Override
    public String version() {
        return "1";
    }

    public static final class Provider implements GraderProvider {
        @Override
        public String name() {
            return "key-terms";
        }

        @Override
        public String description() {
            return "share of the target's terms in the summary line";
        }

        @Override
        public Grader create(ComponentContext context) {
            return new KeyTermsGrader(context.config().knownKeys("match-case").bool("match-case", false));
        }
    }
}
