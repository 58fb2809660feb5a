package dev.rtel.eval;

import java.util.OptionalLong;

/**
 * A token count with where it came from. Unknown is empty, never 0.
 *
 * @param value tokens, at least 0
 * @param source who said so
 */
public record Count(OptionalLong value, Source source) {
    /** Where a count came from, best first (contracts: {@code usage|generation|derived|estimated|missing|not-applicable}). */
    public enum Source {
        /** The reply's own usage object. */
        USAGE("usage"),
        /** The provider's billing record. */
        GENERATION("generation"),
        /** Computed from other counts of the same report. */
        DERIVED("derived"),
        /** A local tokenizer's guess; marked wherever shown. */
        ESTIMATED("estimated"),
        /** Nobody told. */
        MISSING("missing"),
        /** There is nothing to count. */
        NOT_APPLICABLE("not-applicable");

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
            throw new IllegalArgumentException("unknown source '" + word + "'");
        }
    }

    /** Refuses negative counts. */
    public Count {
        if (value.isPresent() && value.getAsLong() < 0) {
            throw new IllegalArgumentException("negative count " + value.getAsLong());
        }
    }

    /** A known count. */
    public static Count of(long value, Source source) {
        return new Count(OptionalLong.of(value), source);
    }

    /** A count nobody told. */
    public static Count missing() {
        return new Count(OptionalLong.empty(), Source.MISSING);
    }

    /** Whether the count is known. */
    public boolean known() {
        return value.isPresent();
    }
}
