package dev.rtel.eval;

/** Where a trial stands. */
public sealed interface Outcome {
    /** The same without verbatim replies and billing records. */
    Outcome withoutRaw();

    /**
     * Paid and kept, not yet accounted nor graded.
     *
     * @param completion the answer
     * @param roleCalls what roles (judges) already answered in an unfinished grading, so that it is not bought again
     */
    record Completed(Completion completion, RoleUsage roleCalls) implements Outcome {
        /** A completion whose grading has not begun. */
        public Completed(Completion completion) {
            this(completion, RoleUsage.none());
        }

        @Override
        public Completed withoutRaw() {
            return new Completed(completion.withoutRaw(), roleCalls.withoutRaw());
        }
    }

    /**
     * Accounted and graded (the score may be {@link Score.Unscored}).
     *
     * @param completion the answer
     * @param usage what it used
     * @param score the verdict
     * @param graderUsage what the roles (judges) used for this trial
     */
    record Scored(Completion completion, TokenUsage usage, Score score, RoleUsage graderUsage) implements Outcome {
        @Override
        public Scored withoutRaw() {
            return new Scored(completion.withoutRaw(), usage, score, graderUsage.withoutRaw());
        }
    }

    /**
     * No completion. Counts against the contestant: a failed trial stays in the denominator.
     *
     * @param failure the last failure
     */
    record Failed(Failure failure) implements Outcome {
        @Override
        public Failed withoutRaw() {
            return this;
        }
    }
}
