package dev.rtel.eval;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What failed attempts of a trial used. Unknown as soon as one of them is.
 *
 * @param tokens prompt and completion tokens
 * @param costUsd US dollars
 */
public record Waste(OptionalLong tokens, Optional<BigDecimal> costUsd) {
    /** No failed attempt. */
    public static Waste none() {
        return new Waste(OptionalLong.of(0), Optional.of(BigDecimal.ZERO));
    }

    /** A failed attempt that did not tell. */
    public static Waste unknown() {
        return new Waste(OptionalLong.empty(), Optional.empty());
    }

    /** Adds; unknown plus anything is unknown. */
    public Waste plus(Waste other) {
        return new Waste(
                tokens.isPresent() && other.tokens.isPresent()
                        ? OptionalLong.of(tokens.getAsLong() + other.tokens.getAsLong())
                        : OptionalLong.empty(),
                costUsd.isPresent() && other.costUsd.isPresent()
                        ? Optional.of(costUsd.get().add(other.costUsd.get()))
                        : Optional.empty());
    }
}
