package dev.rtel.plan;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Prices of one model in US dollars, per token where nothing else is said. Immutable.
 *
 * @param prompt per prompt token
 * @param completion per output token, reasoning included
 * @param cachedPrompt per prompt token that was read from a prompt cache; empty = as any other
 * @param request per call, beside the tokens
 * @param tiers prices of calls with long prompts, shortest first
 */
public record Price(
        BigDecimal prompt,
        BigDecimal completion,
        Optional<BigDecimal> cachedPrompt,
        BigDecimal request,
        List<Tier> tiers) {
    /**
     * Prices that hold for a whole call from some length of its prompt on.
     *
     * @param minPromptTokens length from which they hold
     * @param prompt per prompt token
     * @param completion per output token
     */
    public record Tier(long minPromptTokens, BigDecimal prompt, BigDecimal completion) {}

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if a price is negative
     */
    public Price {
        tiers = tiers.stream()
                .sorted(Comparator.comparingLong(Tier::minPromptTokens))
                .toList();
        if (prompt.signum() < 0 || completion.signum() < 0 || request.signum() < 0) {
            throw new IllegalArgumentException("a price is negative");
        }
    }

    /** Prices per token and nothing else. */
    public Price(BigDecimal prompt, BigDecimal completion) {
        this(prompt, completion, Optional.empty(), BigDecimal.ZERO, List.of());
    }

    /** Price of a call of this many tokens, none of them from a cache. */
    public BigDecimal of(long promptTokens, long completionTokens) {
        return of(promptTokens, 0, completionTokens);
    }

    /** Price of a call; {@code cachedTokens} are part of the prompt. */
    public BigDecimal of(long promptTokens, long cachedTokens, long completionTokens) {
        BigDecimal perPrompt = prompt;
        BigDecimal perCompletion = completion;
        for (Tier tier : tiers) {
            if (promptTokens >= tier.minPromptTokens()) {
                perPrompt = tier.prompt();
                perCompletion = tier.completion();
            }
        }
        BigDecimal perCached = cachedPrompt.orElse(perPrompt).min(perPrompt);
        return perPrompt
                .multiply(BigDecimal.valueOf(promptTokens - cachedTokens))
                .add(perCached.multiply(BigDecimal.valueOf(cachedTokens)))
                .add(perCompletion.multiply(BigDecimal.valueOf(completionTokens)))
                .add(request);
    }

    /** The dearer of both in every respect; for reserves, where any of several providers may serve a call. */
    public Price max(Price other) {
        BigDecimal perPrompt = prompt.max(other.prompt);
        BigDecimal perCompletion = completion.max(other.completion);
        List<Tier> dearest = new ArrayList<>();
        for (Tier tier : Stream.concat(tiers.stream(), other.tiers.stream())
                .sorted(Comparator.comparingLong(Tier::minPromptTokens))
                .toList()) {
            perPrompt = perPrompt.max(tier.prompt());
            perCompletion = perCompletion.max(tier.completion());
            dearest.add(new Tier(tier.minPromptTokens(), perPrompt, perCompletion));
        }
        return new Price(
                prompt.max(other.prompt),
                completion.max(other.completion),
                Optional.empty(),
                request.max(other.request),
                dearest);
    }
}
