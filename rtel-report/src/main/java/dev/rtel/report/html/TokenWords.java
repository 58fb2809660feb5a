package dev.rtel.report.html;

import dev.rtel.eval.Leaderboard.ReasoningTokens;
import dev.rtel.eval.Leaderboard.Row;
import dev.rtel.report.Figures;
import dev.rtel.report.html.Page.Value;

/** Reasoning tokens in words: a figure, or why there is none. */
final class TokenWords {
    private TokenWords() {}

    static Value reasoning(Row row) {
        return reasoning(row.reasoningTokens());
    }

    static Value reasoning(ReasoningTokens tokens) {
        String mean = tokens.mean().isPresent() ? Figures.tokens(tokens.mean().getAsDouble()) : Figures.UNKNOWN;
        return switch (tokens.status()) {
            case REPORTED -> tokens.mean().isPresent() ? Value.of(mean) : Value.none(mean);
            case PARTLY_REPORTED ->
                tokens.mean().isPresent()
                        ? Value.of(mean, Figures.wholePercent(tokens.coverage()) + " counted")
                        : Value.none(mean);
            case OFF -> Value.none("off");
            case NOT_REPORTED -> Value.none("n/r");
            case NO_SAMPLES -> Value.none(Figures.UNKNOWN);
        };
    }

    static String sentence(Row row) {
        return switch (row.reasoningTokens().status()) {
            case REPORTED -> reasoning(row).text() + " reasoning tokens per sample";
            case PARTLY_REPORTED ->
                reasoning(row).text() + " reasoning tokens per sample, counted on "
                        + Figures.wholePercent(row.reasoningTokens().coverage()) + " of the samples";
            case OFF -> "reasoning off";
            case NOT_REPORTED -> "reasoning tokens not reported";
            case NO_SAMPLES -> "no samples";
        };
    }
}
