package dev.rtel.analysis;

import dev.rtel.eval.GradingDetail.Judgement;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.TrialRecord;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * How far several votes on the same submissions agree.
 *
 * @param submissions with at least two readable votes
 * @param unanimous those of them on which all readable votes say the same
 * @param votes cast, the unreadable ones among them
 * @param unreadable votes without a verdict
 * @param alpha {@link KrippendorffAlpha}; empty where it is not defined, e.g. when every vote is the same
 */
public record JudgeAgreement(int submissions, int unanimous, int votes, int unreadable, OptionalDouble alpha) {
    /**
     * Agreement of these votes.
     *
     * @param ballots the votes of one submission each: {@code pass}, {@code fail}, anything else is unreadable
     */
    public static JudgeAgreement of(Collection<List<String>> ballots) {
        List<List<String>> readable = ballots.stream()
                .map(votes -> votes.stream()
                        .filter(v -> v.equals(Judgement.PASS) || v.equals(Judgement.FAIL))
                        .toList())
                .toList();
        List<List<String>> compared =
                readable.stream().filter(v -> v.size() > 1).toList();
        int cast = ballots.stream().mapToInt(List::size).sum();
        return new JudgeAgreement(
                compared.size(),
                (int) compared.stream()
                        .filter(v -> v.stream().distinct().count() == 1)
                        .count(),
                cast,
                cast - readable.stream().mapToInt(List::size).sum(),
                KrippendorffAlpha.nominal(readable));
    }

    /** Agreement of the panels in these records; empty if none has more than one vote. */
    public static Optional<JudgeAgreement> ofTrials(Stream<TrialRecord> records) {
        List<List<String>> ballots = records.flatMap(r -> judgement(r).stream())
                .map(Judgement::votes)
                .filter(votes -> votes.size() > 1)
                .toList();
        return ballots.isEmpty() ? Optional.empty() : Optional.of(of(ballots));
    }

    /** {@code alpha 0.82, unanimous on 27 of 30 submissions, 2 of 90 votes unreadable}. */
    public String summary() {
        return (alpha.isPresent()
                        ? "alpha " + String.format(Locale.ROOT, "%.2f", alpha.getAsDouble())
                        : "alpha not defined (every vote is the same, or there is nothing to compare)")
                + ", unanimous on " + unanimous + " of " + submissions + " submissions"
                + (unreadable == 0 ? "" : ", " + unreadable + " of " + votes + " votes unreadable");
    }

    private static Optional<Judgement> judgement(TrialRecord record) {
        return record.outcome() instanceof Outcome.Scored scored
                        && scored.score().detail() instanceof Judgement judgement
                ? Optional.of(judgement)
                : Optional.empty();
    }
}
