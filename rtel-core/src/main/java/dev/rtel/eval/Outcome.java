package dev.rtel.eval;

/** Where a trial stands. */
public sealed interface Outcome {
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
        public Outcome withoutVerbatim() {
            return new Completed(completion.withoutVerbatim(), roleCalls.with(Completion::withoutVerbatim));
        }

        @Override
        public Outcome figures() {
            return new Completed(completion.figures(), roleCalls.with(Completion::figures));
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
        public Outcome withoutVerbatim() {
            return new Scored(
                    completion.withoutVerbatim(), usage, score, graderUsage.with(Completion::withoutVerbatim));
        }

        @Override
        public Outcome figures() {
            return new Scored(completion.figures(), usage, score.figures(), graderUsage.with(Completion::figures));
        }
    }

    /**
     * No completion. Counts against the contestant: a failed trial stays in the denominator.
     *
     * @param failure the last failure
     */
    record Failed(Failure failure) implements Outcome {
        @Override
        public Outcome withoutVerbatim() {
            return this;
        }

        @Override
        public Outcome figures() {
            return new Failed(new Failure(failure.type(), "", failure.retryable()));
        }
    }

    /** The same without the texts listed by {@link Verbatim}. */
    Outcome withoutVerbatim();

    /** What {@code ResultStore.Projection.FIGURES} leaves of it. */
    Outcome figures();
}
