package dev.rtel.eval;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a call cost, with where the figure came from. Unknown is empty, never 0.
 *
 * @param usd US dollars, exact as reported
 * @param source who said so
 */
public record Cost(Optional<BigDecimal> usd, Source source) {
    /** Where a cost came from, best first (contracts: {@code billed|generation|priced|missing}). */
    public enum Source {
        /** The reply's own usage object. */
        BILLED("billed"),
        /** The provider's billing record. */
        GENERATION("generation"),
        /** Tokens times a dated price book. */
        PRICED("priced"),
        /** Nobody told. */
        MISSING("missing");

        private final String word;

        Source(String word) {
            this.word = word;
        }

        /** Returns the word used in files. */
        public String word() {
            return word;
        }

        /** Finds a source by its word. */
        public static Source of(String word) {
            for (Source source : values()) {
                if (source.word.equals(word)) {
                    return source;
                }
            }
            throw new IllegalArgumentException("unknown cost source '" + word + "'");
        }
    }

    /** A known cost. */
    public static Cost of(BigDecimal usd, Source source) {
        return new Cost(Optional.of(usd), source);
    }

    /** A cost nobody told. */
    public static Cost missing() {
        return new Cost(Optional.empty(), Source.MISSING);
    }

    /** Whether the cost is known. */
    public boolean known() {
        return usd.isPresent();
    }
}
