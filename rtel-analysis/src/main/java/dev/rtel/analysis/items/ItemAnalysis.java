package dev.rtel.analysis.items;

import dev.rtel.analysis.PassRule;
import dev.rtel.eval.Completion;
import dev.rtel.eval.GradingDetail;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Score;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Finds samples that deserve a look: solved by all or by nobody, discriminating the wrong way round, twins that come
 * apart, replies that could not be read. A pure function: equal input gives an equal result, whatever the order of the
 * records.
 */
public final class ItemAnalysis {
    private static final int ENOUGH_MODELS = 2;
    private static final double MUCH_UNREAD = 0.25;
    private static final double MUCH_UNSCORED = 0.5;

    private ItemAnalysis() {}

    /**
     * Looks at every planned sample.
     *
     * @param plans the runs
     * @param records of these runs, in any order, with grading details
     * @return in plan order
     */
    public static List<Item> of(Collection<RunPlan> plans, Collection<TrialRecord> records) {
        PassRule rule = PassRule.of(plans, records);
        Map<Place, Sheet> sheets = new LinkedHashMap<>();
        for (RunPlan plan : plans) {
            for (Trial trial : plan.trials()) {
                sheets.computeIfAbsent(Place.of(trial), place -> new Sheet(trial.sample()));
            }
        }
        for (TrialRecord record : records) {
            Sheet sheet = sheets.get(Place.of(record.trial()));
            if (sheet != null && record.quarantined().isEmpty()) {
                sheet.take(record, rule.passed(record));
            }
        }
        var discrimination = new Discrimination();
        sheets.forEach((place, sheet) -> sheet.byModel.forEach(
                (model, passes) -> discrimination.take(place, model, passes.right(), passes.of())));
        Splits splits = Splits.of(sheets, records);
        List<Item> items = new ArrayList<>();
        sheets.forEach((place, sheet) -> items.add(sheet.item(place, discrimination, splits.of(place))));
        return items;
    }

    /** A sample of a task. */
    record Place(String task, String sample) {
        static Place of(Trial trial) {
            return new Place(trial.key().task(), trial.key().sample());
        }
    }

    /** How often a model passed. */
    record Passes(int right, int of) {
        Passes plus(boolean passed) {
            return new Passes(right + (passed ? 1 : 0), of + 1);
        }
    }

    /** What is counted for one sample. Not thread-safe. */
    static final class Sheet {
        final Sample sample;
        private final Map<String, Passes> byModel = new LinkedHashMap<>();
        private int n;
        private int passed;
        private int failed;
        private int unscored;
        private int noAnswer;
        private int ambiguous;
        private int truncated;

        Sheet(Sample sample) {
            this.sample = sample;
        }

        private void take(TrialRecord record, boolean right) {
            boolean broken = record.outcome() instanceof Outcome.Failed;
            if (!broken && !(record.outcome() instanceof Outcome.Scored)) {
                return;
            }
            truncated += record.completion().filter(Completion::truncated).isPresent() ? 1 : 0;
            if (record.outcome() instanceof Outcome.Scored scored) {
                if (scored.score() instanceof Score.Unscored) {
                    unscored++;
                    return;
                }
                String status = scored.score().detail() instanceof GradingDetail.Extraction found ? found.status() : "";
                noAnswer += status.equals("no-answer") ? 1 : 0;
                ambiguous += status.equals("ambiguous") ? 1 : 0;
            }
            n++;
            failed += broken ? 1 : 0;
            passed += right ? 1 : 0;
            byModel.merge(
                    record.key().model() + "\u0000" + record.trial().model().id(),
                    new Passes(0, 0).plus(right),
                    (before, one) -> new Passes(before.right() + one.right(), before.of() + one.of()));
        }

        private Item item(Place place, Discrimination discrimination, List<Flag> split) {
            List<Flag> flags = new ArrayList<>();
            boolean several = byModel.size() >= ENOUGH_MODELS;
            if (several && passed == n) {
                flags.add(
                        new Flag(Flag.Kind.SOLVED_BY_ALL, "passed " + passed + " of " + n + " times, by every model"));
            }
            if (several && passed == 0) {
                flags.add(new Flag(
                        Flag.Kind.SOLVED_BY_NONE,
                        "passed 0 of " + n + " times" + (failed == 0 ? "" : ", " + failed + " of them failed trials")));
            }
            OptionalDouble correlation = discrimination.of(place);
            discrimination.flag(place, correlation).ifPresent(flags::add);
            flags.addAll(split);
            int unread = noAnswer + ambiguous;
            int replies = n - failed;
            if (unread > 1 && unread >= MUCH_UNREAD * replies) {
                flags.add(new Flag(
                        Flag.Kind.UNREAD_ANSWERS,
                        "of " + replies + " replies " + noAnswer + " without an answer and " + ambiguous
                                + " with several" + (truncated == 0 ? "" : "; " + truncated + " cut off")));
            }
            if (unscored > 0 && unscored >= MUCH_UNSCORED * (n + unscored)) {
                flags.add(new Flag(
                        Flag.Kind.UNSCORED, unscored + " of " + (n + unscored) + " trials could not be graded"));
            }
            return new Item(
                    place.task(),
                    place.sample(),
                    byModel.size(),
                    n,
                    passed,
                    failed,
                    unscored,
                    noAnswer,
                    ambiguous,
                    truncated,
                    correlation,
                    flags);
        }
    }
}
