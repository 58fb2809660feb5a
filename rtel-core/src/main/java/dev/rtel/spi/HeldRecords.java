package dev.rtel.spi;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialKey;
import dev.rtel.eval.TrialRecord;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Records in memory. */
record HeldRecords(StoredRun run, List<TrialRecord> figures, int attempts, List<Attempt> unknown)
        implements RunRecords {
    HeldRecords {
        figures = inPlanOrder(run, figures);
    }

    @Override
    public Stream<TrialRecord> read(ResultStore.Projection projection) {
        return figures.stream();
    }

    private static List<TrialRecord> inPlanOrder(StoredRun run, List<TrialRecord> records) {
        Map<TrialKey, Integer> places = new HashMap<>();
        for (Trial trial : run.plan().trials()) {
            places.putIfAbsent(trial.key(), places.size());
        }
        return records.stream()
                .sorted(Comparator.comparingInt((TrialRecord r) -> places.getOrDefault(r.key(), Integer.MAX_VALUE))
                        .thenComparing(TrialRecord::key)
                        .thenComparing(TrialRecord::runId))
                .toList();
    }
}
