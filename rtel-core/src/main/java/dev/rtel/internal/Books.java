package dev.rtel.internal;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.CompletionRequest;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialKey;
import dev.rtel.eval.TrialRecord;
import dev.rtel.plan.PreparedPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The books of a session's trials; those with something open from earlier sessions are opened at its start. */
final class Books {
    private final PreparedPlan prepared;
    private final Earlier earlier;
    private final Journal journal;
    private final Map<TrialKey, TrialBook> opened = new HashMap<>();

    Books(PreparedPlan prepared, Earlier earlier, Journal journal) {
        this.prepared = prepared;
        this.earlier = earlier;
        this.journal = journal;
    }

    /** The book of a trial: the one opened before, else a new one. Thread-safe once the session has begun. */
    TrialBook of(Trial trial) {
        TrialBook before = opened.get(trial.key());
        return before != null ? before : new TrialBook(journal, earlier.failedAttempts(trial));
    }

    /** Opens the book of a finished trial whose billing record is still missing. */
    TrialBook finished(TrialRecord record) {
        TrialBook book = opened.computeIfAbsent(record.key(), key -> of(record.trial()));
        book.finished(record);
        return book;
    }

    /**
     * Takes up what earlier sessions sent without learning what became of it: the worst case is booked until a billing
     * record tells. What the plan no longer has, and what was played back, costs nothing now.
     */
    void takeUp(List<Attempt> unknown, Spending spending, FailedAttempts failedAttempts) {
        Map<TrialKey, Trial> trials = new HashMap<>();
        if (!unknown.isEmpty()) {
            prepared.plan().trials().forEach(trial -> trials.put(trial.key(), trial));
        }
        for (Attempt attempt : unknown) {
            Trial trial = trials.get(attempt.trial());
            Optional<Callee> callee = trial == null
                    ? Optional.empty()
                    : callee(attempt, trial).filter(whom -> !whom.model().playback());
            if (trial == null || callee.isEmpty()) {
                failedAttempts.keepUnknown(attempt);
                continue;
            }
            TrialBook book = opened.computeIfAbsent(attempt.trial(), key -> of(trial));
            failedAttempts.takeUp(
                    attempt, callee.get().extractor(), spending.unknown(reserve(callee.get(), trial)), book);
        }
    }

    private Optional<Callee> callee(Attempt attempt, Trial trial) {
        if (attempt.role().equals(Attempt.CONTESTANT)) {
            return Optional.of(Callee.contestant(prepared, trial));
        }
        return prepared.roles().containsKey(attempt.role())
                ? Optional.of(Callee.role(prepared, attempt.role()))
                : Optional.empty();
    }

    /** The prompt of a role is not kept; it holds the contestant's and an answer, whose limit covers the difference. */
    private Spending.Reserve reserve(Callee callee, Trial trial) {
        var request = new CompletionRequest(
                trial.messages(), callee.planned().params(), callee.planned().routing(), callee.timeout());
        return Reserves.of(prepared, callee.planned(), request);
    }
}
