package dev.rtel.report.html;

import dev.rtel.eval.Completion;
import dev.rtel.eval.Cost;
import dev.rtel.eval.Count;
import dev.rtel.eval.GradingDetail;
import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.Leaderboard.Row;
import dev.rtel.eval.Outcome;
import dev.rtel.report.Figures;
import dev.rtel.report.html.Trials.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a reader must keep in mind, made from what happened in the run. */
final class Caveats {
    private final Leaderboard leaderboard;
    private final Trials trials;
    private final long steered;
    private final List<String> notes = new ArrayList<>();

    private Caveats(Leaderboard leaderboard, Trials trials, long steered) {
        this.leaderboard = leaderboard;
        this.trials = trials;
        this.steered = steered;
    }

    /**
     * Makes the sentences.
     *
     * @param steered how many replies tried to steer a judge
     */
    static List<String> of(Leaderboard leaderboard, Trials trials, long steered) {
        Caveats caveats = new Caveats(leaderboard, trials, steered);
        if (leaderboard.simulated()) {
            caveats.notes.add("Simulated: no model was called. The figures show what the page looks like, not how any"
                    + " model performs.");
        }
        caveats.general();
        caveats.counting();
        caveats.sources();
        caveats.judges();
        return caveats.notes;
    }

    private void general() {
        int n = leaderboard.rows().stream().mapToInt(Row::n).max().orElse(0);
        notes.add("With n = " + n + " per model, differences of a few samples are within chance: compare rank"
                + " ranges, not positions.");
        notes.add(
                "Figures hold for these prompts, parameters and providers on this day; never compare them with figures"
                        + " from another harness.");
        String methods = leaderboard.rows().stream()
                .flatMap(r -> r.accuracy().stream())
                .map(Leaderboard.Interval::method)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        if (!methods.isEmpty()) {
            notes.add("Intervals are 95 %; method for accuracy: " + methods + "."
                    + (leaderboard.policy().bootstrapReplicates() > 0
                            ? " Ratios: bootstrap over samples, "
                                    + leaderboard.policy().bootstrapReplicates() + " replicates, seed "
                                    + leaderboard.policy().seed() + "."
                            : ""));
        }
        if (leaderboard.policy().accuracyFloor() > 0) {
            notes.add("Models below "
                    + Figures.wholePercent(leaderboard.policy().accuracyFloor()) + " accuracy get no efficiency rank.");
        }
    }

    /** Replies in which the answer was looked for with this result. */
    private long read(String status) {
        return trials.records().stream()
                .filter(r -> r.outcome() instanceof Outcome.Scored scored
                        && scored.score().detail() instanceof GradingDetail.Extraction extraction
                        && extraction.status().equals(status))
                .count();
    }

    private void counting() {
        long failed = trials.count(Mark.FAILED);
        long unscored = trials.count(Mark.UNSCORED);
        if (failed > 0) {
            notes.add(number(failed, "trial") + " failed and count" + (failed == 1 ? "s" : "") + " as wrong.");
        }
        if (unscored > 0) {
            notes.add(number(unscored, "reply", "replies") + " could not be judged and "
                    + (unscored == 1 ? "is" : "are") + " left out of the accuracy.");
        }
        long none = read("no-answer");
        long several = read("ambiguous");
        if (none > 0) {
            notes.add(number(none, "reply", "replies") + " held no answer and count" + (none == 1 ? "s" : "")
                    + " as wrong.");
        }
        if (several > 0) {
            notes.add(number(several, "reply", "replies") + " offered more than one answer and count"
                    + (several == 1 ? "s" : "") + " as wrong.");
        }
        long cut = trials.records().stream()
                .flatMap(r -> r.completion().stream())
                .filter(Completion::truncated)
                .count();
        if (cut > 0) {
            notes.add(number(cut, "reply", "replies") + " hit a token limit and count" + (cut == 1 ? "s" : "")
                    + " as wrong: a larger limit may change the order.");
        }
        Map<String, Integer> reasons = new TreeMap<>();
        trials.records()
                .forEach(r -> r.quarantined().ifPresent(q -> reasons.merge(Excerpt.line(q, 120), 1, Integer::sum)));
        reasons.forEach((reason, count) ->
                notes.add(number(count, "trial") + " quarantined and in no figure: " + reason + "."));
        long retried = trials.records().stream().filter(r -> r.attempts() > 1).count();
        if (retried > 0) {
            notes.add(number(retried, "trial") + " of " + trials.records().size()
                    + " needed more than one attempt; latency is that of the successful one.");
        }
    }

    private void sources() {
        for (String model : trials.models()) {
            Set<String> providers = new TreeSet<>();
            trials.of(model)
                    .forEach(r -> r.completion().flatMap(Completion::provider).ifPresent(providers::add));
            if (providers.size() > 1) {
                notes.add(Excerpt.name(model) + " was served by several providers: "
                        + Excerpt.line(String.join(", ", providers), 160) + ".");
            }
        }
        long estimated = trials.records().stream()
                .flatMap(r -> r.usage().stream())
                .filter(u -> u.reasoning().source() == Count.Source.ESTIMATED
                        || u.response().source() == Count.Source.ESTIMATED)
                .count();
        if (estimated > 0) {
            notes.add("Token counts of " + number(estimated, "trial") + " are a local estimate, not billed figures.");
        }
        long priced = costs(Cost.Source.PRICED);
        if (priced > 0) {
            notes.add("Costs of " + number(priced, "trial") + " are computed from a price list, not billed.");
        }
        long missing = costs(Cost.Source.MISSING);
        if (missing > 0) {
            notes.add("The cost of " + number(missing, "trial") + " is unknown and in no total.");
        }
    }

    private long costs(Cost.Source source) {
        return trials.records().stream()
                .flatMap(r -> r.usage().stream())
                .filter(u -> u.cost().source() == source)
                .count();
    }

    private void judges() {
        if (steered > 0) {
            notes.add(number(steered, "reply", "replies") + " tried to steer the judge; see the samples.");
        }
    }

    private static String number(long n, String one) {
        return number(n, one, one + "s");
    }

    private static String number(long n, String one, String many) {
        return n + " " + (n == 1 ? one : many);
    }
}
