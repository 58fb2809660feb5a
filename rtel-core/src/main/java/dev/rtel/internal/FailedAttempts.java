package dev.rtel.internal;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.BillingRecord;
import dev.rtel.eval.Failure;
import dev.rtel.eval.Waste;
import dev.rtel.spi.ModelException;
import dev.rtel.spi.TokenExtractor;
import dev.rtel.spi.TokenExtractor.Settling;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The books of attempts without a completion: what they cost goes to waste and to the spending limit. Where nobody told,
 * the billing record is looked up; what stays open is "sent, outcome unknown". Thread-safe.
 */
final class FailedAttempts {
    private static final Failure BROKEN_OFF =
            new Failure("interrupted", "the session that sent it ended before the reply came", true);
    private final Journal journal;
    private final LookUps lookUps;
    private final Clock clock;
    private final Map<String, Attempt> unknown = new LinkedHashMap<>();

    FailedAttempts(Journal journal, LookUps lookUps, Clock clock) {
        this.journal = journal;
        this.lookUps = lookUps;
        this.clock = clock;
    }

    /** Attempts of which nobody knows what became of them, or whether they were charged for, oldest first. */
    List<Attempt> unknown() {
        synchronized (unknown) {
            return List.copyOf(unknown.values());
        }
    }

    /** Books an attempt that failed just now. */
    void note(Attempt attempt, ModelException error, TokenExtractor extractor, Spending.Ticket ticket, TrialBook book) {
        Charges charges = Charges.of(error, extractor);
        var end = new Attempt.End(
                clock.instant(),
                Optional.of(error.failure()),
                error.details().usage(),
                charges.usd(),
                error.details().generationId());
        journal.attemptEnded(attempt.id(), end);
        ticket.book(charges.usd(), charges.tokens());
        waste(attempt, charges.waste(), book);
        if (charges.usd().isEmpty()) {
            open(attempt.ended(end), end, extractor, ticket, book);
        }
    }

    /** Takes up an attempt that an earlier session left open; it is in the book already. */
    void takeUp(Attempt attempt, TokenExtractor extractor, Spending.Ticket ticket, TrialBook book) {
        open(attempt, end(attempt, clock), extractor, ticket, book);
    }

    /** How an attempt ended, or that its session did before. */
    private static Attempt.End end(Attempt attempt, Clock clock) {
        return attempt.end()
                .orElseGet(() -> new Attempt.End(
                        clock.instant(), Optional.of(BROKEN_OFF), Map.of(), Optional.empty(), attempt.generationId()));
    }

    /** The attempt with what its billing record says it cost; the very same if that is not known. */
    static Attempt settled(Attempt attempt, Optional<BillingRecord> record, Clock clock) {
        return record.filter(there -> there.costUsd().isPresent())
                .map(there -> attempt.ended(settled(end(attempt, clock), there)))
                .orElse(attempt);
    }

    /** Lists an attempt of which nothing more can be learned. */
    void keepUnknown(Attempt attempt) {
        synchronized (unknown) {
            unknown.put(attempt.id(), attempt);
        }
    }

    private void open(
            Attempt attempt, Attempt.End end, TokenExtractor extractor, Spending.Ticket ticket, TrialBook book) {
        keepUnknown(attempt);
        Optional<String> id = end.generationId().or(attempt::generationId);
        id.ifPresent(generationId -> lookUps.submit(new LookUps.Request(
                "a failed attempt at " + attempt.trial(),
                Settling.NEEDED,
                generationId,
                extractor,
                record -> settle(attempt, end, record, ticket, book))));
    }

    private void settle(
            Attempt attempt, Attempt.End end, BillingRecord record, Spending.Ticket ticket, TrialBook book) {
        if (record.costUsd().isEmpty()) {
            return; // the record does not tell either
        }
        journal.attemptEnded(attempt.id(), settled(end, record));
        ticket.book(record.costUsd(), record.tokens());
        waste(attempt, new Waste(record.tokens(), record.costUsd()), book);
        synchronized (unknown) {
            unknown.remove(attempt.id());
        }
    }

    private static Attempt.End settled(Attempt.End end, BillingRecord record) {
        Map<String, @Nullable Object> usage = new LinkedHashMap<>(end.usage());
        if (usage.isEmpty() && record.tokens().isPresent()) {
            usage.put("total_tokens", record.tokens().getAsLong());
        }
        return new Attempt.End(end.at(), end.failure(), usage, record.costUsd(), end.generationId());
    }

    /** What a failed attempt of a role cost stands with the attempt; a trial's waste is its contestant's. */
    private static void waste(Attempt attempt, Waste used, TrialBook book) {
        if (attempt.role().equals(Attempt.CONTESTANT)) {
            book.failed(attempt.id(), used);
        }
    }
}
