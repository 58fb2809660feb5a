package dev.rtel.report.html;

import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.Leaderboard.Row;
import dev.rtel.eval.Leaderboard.Status;
import dev.rtel.report.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the figures allow to be said, in sentences, and no more than that. */
final class Verdict {
    private static final double USEFUL_ACCURACY = 0.6;

    private final Leaderboard leaderboard;
    private final List<Row> judged;

    private Verdict(Leaderboard leaderboard) {
        this.leaderboard = leaderboard;
        this.judged = leaderboard.rows().stream()
                .filter(r -> r.accuracy().isPresent())
                .toList();
    }

    static List<String> sentences(Leaderboard leaderboard) {
        Verdict verdict = new Verdict(leaderboard);
        List<String> sentences = new ArrayList<>();
        if (verdict.judged.isEmpty()) {
            sentences.add("Nothing can be said yet: no model has a graded sample.");
            return sentences;
        }
        sentences.add(verdict.mostAccurate());
        verdict.mostEfficient().ifPresent(sentences::add);
        sentences.add(verdict.fewestTokens());
        verdict.notRankable().ifPresent(sentences::add);
        return sentences;
    }

    private String mostAccurate() {
        double top = judged.stream().mapToDouble(Verdict::accuracy).max().orElse(0);
        List<Row> best = judged.stream().filter(r -> accuracy(r) == top).toList();
        List<String> alike = judged.stream()
                .filter(r -> accuracy(r) < top && r.rank().accuracyLow().orElse(0) == 1)
                .map(Verdict::name)
                .toList();
        String sentence = "Most accurate: "
                + join(best.stream().map(Verdict::name).toList(), "and") + " with "
                + Figures.wholePercent(top)
                + (best.size() == 1
                        ? " (" + best.get(0).passed() + " of " + best.get(0).n() + ")"
                        : "");
        if (alike.isEmpty()) {
            boolean ranked = best.stream().allMatch(r -> r.rank().accuracyLow().isPresent());
            return sentence
                    + (ranked && best.size() < judged.size() ? "; no other model's interval reaches rank 1." : ".");
        }
        return sentence + ", but " + join(alike, "and")
                + " cannot be told apart from " + (best.size() == 1 ? "it" : "them")
                + ": " + (alike.size() == 1 ? "its rank range includes" : "their rank ranges include") + " 1 as well.";
    }

    private Optional<String> mostEfficient() {
        return judged.stream()
                .filter(r ->
                        r.rank().efficiency().orElse(0) == 1 && r.efficiency().isPresent())
                .findFirst()
                .map(r -> "Most correct answers per 1,000 reasoning tokens: " + name(r) + " with "
                        + Figures.efficiency(r.efficiency().orElseThrow().estimate()) + " at "
                        + Figures.wholePercent(accuracy(r)) + " accuracy.");
    }

    private String fewestTokens() {
        return judged.stream()
                .filter(r -> accuracy(r) >= USEFUL_ACCURACY
                        && r.reasoningTokens().status() == Status.REPORTED
                        && r.reasoningTokens().mean().isPresent())
                .min(Comparator.comparingDouble(r -> r.reasoningTokens().mean().orElseThrow()))
                .map(r -> "Fewest reasoning tokens among models with at least 60 % accuracy: " + name(r) + " with "
                        + Figures.tokens(r.reasoningTokens().mean().orElseThrow()) + " per sample.")
                .orElse("No model with at least 60 % accuracy has a complete count of reasoning tokens.");
    }

    private Optional<String> notRankable() {
        Map<String, List<String>> reasons = new LinkedHashMap<>();
        for (Row row : leaderboard.rows()) {
            if (row.rank().efficiency().isEmpty()) {
                reasons.computeIfAbsent(reason(row), key -> new ArrayList<>()).add(name(row));
            }
        }
        List<String> parts = new ArrayList<>();
        reasons.forEach((reason, models) -> parts.add(join(models, "and") + " (" + reason + ")"));
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of("Not rankable by efficiency: " + String.join("; ", parts) + ".");
    }

    private String reason(Row row) {
        return switch (row.reasoningTokens().status()) {
            case NOT_REPORTED -> "reasoning tokens not reported";
            case OFF -> "reasoning off";
            case NO_SAMPLES -> "no graded samples";
            case PARTLY_REPORTED ->
                "a count on only " + Figures.wholePercent(row.reasoningTokens().coverage()) + " of the samples";
            case REPORTED ->
                row.accuracy().isPresent()
                                && accuracy(row) < leaderboard.policy().accuracyFloor()
                        ? "accuracy below the floor of "
                                + Figures.wholePercent(leaderboard.policy().accuracyFloor())
                        : "no efficiency rank was given";
        };
    }

    private static double accuracy(Row row) {
        return row.accuracy().orElseThrow().estimate();
    }

    private static String name(Row row) {
        return Excerpt.name(row.model());
    }

    static String join(List<String> names, String last) {
        if (names.size() < 2) {
            return String.join("", names);
        }
        return String.join(", ", names.subList(0, names.size() - 1)) + " " + last + " " + names.get(names.size() - 1);
    }
}
