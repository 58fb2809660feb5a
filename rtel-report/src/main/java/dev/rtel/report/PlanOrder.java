package dev.rtel.report;

import dev.rtel.eval.StoredRun;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialKey;
import dev.rtel.eval.TrialRecord;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts records into one order whatever order they come in, so that equal input gives equal bytes. */
final class PlanOrder {
    private PlanOrder() {}

    /** Plan order first, what is not planned (any more) after it by key. */
    static List<TrialRecord> sorted(StoredRun run, List<TrialRecord> records) {
        Map<TrialKey, Integer> places = new HashMap<>();
        for (Trial trial : run.plan().trials()) {
            places.putIfAbsent(trial.key(), places.size());
        }
        return records.stream()
                .sorted(Comparator.comparingInt((TrialRecord r) -> places.getOrDefault(r.key(), Integer.MAX_VALUE))
                        .thenComparing(TrialRecord::key))
                .toList();
    }
}
