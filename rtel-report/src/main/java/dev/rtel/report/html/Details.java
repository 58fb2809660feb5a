package dev.rtel.report.html;

import dev.rtel.eval.GradingDetail;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.TrialKey;
import dev.rtel.eval.TrialRecord;
import dev.rtel.report.html.Page.TrialView;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.RunRecords;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What needs the records' texts, read in one pass that holds none of them. */
final class Details {
    private final Map<TrialKey, TrialView> views = new HashMap<>();
    private long steered;

    private Details() {}

    /**
     * Reads them.
     *
     * @param view makes what is shown of a trial
     */
    static Details read(RunRecords records, Trials trials, Function<TrialRecord, TrialView> view) {
        Details details = new Details();
        try (Stream<TrialRecord> read = records.read(ResultStore.Projection.WITHOUT_RAW)) {
            for (Iterator<TrialRecord> each = read.iterator(); each.hasNext(); ) {
                TrialRecord record = each.next();
                details.steered += steered(record) ? 1 : 0;
                if (trials.detailed(record.key())) {
                    details.views.put(record.key(), view.apply(record));
                }
            }
        }
        return details;
    }

    private static boolean steered(TrialRecord record) {
        return record.outcome() instanceof Outcome.Scored scored
                && scored.score().detail() instanceof GradingDetail.Judgement judgement
                && judgement.injection();
    }

    Optional<TrialView> view(TrialKey key) {
        return Optional.ofNullable(views.get(key));
    }

    /** How many replies tried to steer a judge. */
    long steered() {
        return steered;
    }
}
