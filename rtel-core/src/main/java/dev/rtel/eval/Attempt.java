package dev.rtel.eval;

import dev.rtel.common.PlainData;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP try, written before it is sent. Without an end after a crash it is "sent, outcome unknown".
 *
 * @param id unique over all runs
 * @param runId the run
 * @param trial the trial it belongs to
 * @param role {@code contestant}, or the role (judge) that was called for the trial's grading
 * @param number from 1 within trial and role
 * @param sentAt just before sending
 * @param generationId the provider's id, as soon as it was known
 * @param end how it ended; empty = unknown
 */
public record Attempt(
        String id,
        String runId,
        TrialKey trial,
        String role,
        int number,
        Instant sentAt,
        Optional<String> generationId,
        Optional<End> end) {
    /** The same with its end, and the provider's id where the end tells one. */
    public Attempt ended(End how) {
        return new Attempt(
                id, runId, trial, role, number, sentAt, how.generationId().or(() -> generationId), Optional.of(how));
    }

    /** Whether it is "sent, outcome unknown": it never ended, or failed without a word on whether it was charged for. */
    public boolean outcomeUnknown() {
        return end.isEmpty()
                || end.get().failure().isPresent() && end.get().costUsd().isEmpty();
    }

    /** Role of the model under test. */
    public static final String CONTESTANT = "contestant";

    /**
     * Finds the attempts whose outcome or charge is not known: those of {@link #outcomeUnknown}, and answered ones without
     * a cost although their provider told that of others.
     *
     * @param attempts of one run
     * @return in the order given
     */
    public static List<Attempt> unknown(List<Attempt> attempts) {
        Set<List<String>> telling = new HashSet<>();
        for (Attempt attempt : attempts) {
            if (attempt.end()
                    .flatMap(End::costUsd)
                    .filter(usd -> usd.signum() > 0)
                    .isPresent()) {
                telling.add(List.of(attempt.trial().model(), attempt.role()));
            }
        }
        return attempts.stream()
                .filter(attempt -> attempt.outcomeUnknown()
                        || attempt.end().orElseThrow().costUsd().isEmpty()
                                && telling.contains(List.of(attempt.trial().model(), attempt.role())))
                .toList();
    }

    /**
     * How an attempt ended.
     *
     * @param at when
     * @param failure why it failed; empty = it gave a completion
     * @param usage the usage object of a failed attempt, where the provider told
     * @param costUsd what the attempt cost in US dollars: 0 for one that was refused or never sent, empty when nobody told
     * @param generationId the provider's id of the call, where it told one
     */
    public record End(
            Instant at,
            Optional<Failure> failure,
            Map<String, @Nullable Object> usage,
            Optional<BigDecimal> costUsd,
            Optional<String> generationId) {
        /** Copies the usage. */
        public End(
                Instant at,
                Optional<Failure> failure,
                Map<String, @Nullable Object> usage,
                Optional<BigDecimal> costUsd,
                Optional<String> generationId) {
            usage = PlainData.copyOf(usage);
            this.at = at;
            this.failure = failure;
            this.usage = usage;
            this.costUsd = costUsd;
            this.generationId = generationId;
        }

        /** The end of an attempt that gave a completion, as far as it is known at once. */
        public static End succeeded(Instant at, Optional<BigDecimal> costUsd, Optional<String> generationId) {
            return new End(at, Optional.empty(), Map.of(), costUsd, generationId);
        }

        /** The same with what the attempt cost. */
        public End withCost(BigDecimal usd) {
            return new End(at, failure, usage, Optional.of(usd), generationId);
        }
    }
}
