package dev.rtel.analysis.items;

/**
 * Why a sample should be looked at. It may be fine all the same.
 *
 * @param kind what was seen
 * @param text the same with its counts
 */
public record Flag(Kind kind, String text) {
    /** What can be seen. */
    public enum Kind {
        /** Every model passed every time: it tells nobody apart. */
        SOLVED_BY_ALL("solved-by-all"),
        /** Nobody ever passed: too hard, or the gold answer is wrong. */
        SOLVED_BY_NONE("solved-by-none"),
        /** Right for weak models and wrong for strong ones. */
        NEGATIVE_DISCRIMINATION("negative-discrimination"),
        /** One of two twins right, the other wrong. */
        TWIN_SPLIT("twin-split"),
        /** Right in one locale and wrong in another. */
        LOCALE_SPLIT("locale-split"),
        /** Often no answer, or several, could be read from the reply. */
        UNREAD_ANSWERS("unread-answers"),
        /** Often the grader could not decide. */
        UNSCORED("mostly-unscored");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** Returns the word used in files. */
        public String word() {
            return word;
        }
    }
}
