package dev.rtel.openrouter;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * What an OpenRouter key may still spend ({@code GET /key}, https://openrouter.ai/docs, August 2026). Neither the key nor
 * its label is kept. What the answer does not say is empty.
 *
 * @param limit most that may be spent with the key, in US dollars; empty = no limit, or not told
 * @param limitRemaining what is left of it, in US dollars; may be negative
 * @param usage what was spent with the key so far, in US dollars
 * @param isFreeTier whether the account never bought credits, so that free models have the lower daily limit
 * @param expiresAt when the key stops working; empty = never, or not told
 */
public record KeyInfo(
        Optional<BigDecimal> limit,
        Optional<BigDecimal> limitRemaining,
        Optional<BigDecimal> usage,
        Optional<Boolean> isFreeTier,
        Optional<Instant> expiresAt) {}
