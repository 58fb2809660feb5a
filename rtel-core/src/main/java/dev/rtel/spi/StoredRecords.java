package dev.rtel.spi;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.TrialRecord;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Records in a store. */
final class StoredRecords implements RunRecords {
    /** Up to this many trials reading once is cheaper than what is held. */
    private static final int SMALL = 256;

    private final ResultStore store;
    private final StoredRun run;
    private final boolean small;
    private @Nullable Attempts attempts;
    private @Nullable List<TrialRecord> held;

    private record Attempts(int count, List<Attempt> unknown) {}

    StoredRecords(ResultStore store, StoredRun run) {
        this.store = store;
        this.run = run;
        this.small = run.plan().trials().size() <= SMALL;
    }

    @Override
    public StoredRun run() {
        return run;
    }

    @Override
    public List<TrialRecord> figures() {
        List<TrialRecord> known = held;
        if (known == null) {
            attemptsRead(); // there are at least as many; not to be held beside the records
            try (Stream<TrialRecord> records =
                    stream(small ? ResultStore.Projection.FULL : ResultStore.Projection.FIGURES)) {
                known = records.toList();
            }
            held = known;
        }
        return known;
    }

    @Override
    public Stream<TrialRecord> read(ResultStore.Projection projection) {
        return small ? figures().stream() : stream(projection);
    }

    private Stream<TrialRecord> stream(ResultStore.Projection projection) {
        return store.trials(run.plan().runId(), projection);
    }

    @Override
    public int attempts() {
        return attemptsRead().count();
    }

    @Override
    public List<Attempt> unknown() {
        return attemptsRead().unknown();
    }

    private Attempts attemptsRead() {
        Attempts known = attempts;
        if (known == null) {
            List<Attempt> all = store.attempts(run.plan().runId());
            known = new Attempts(all.size(), Attempt.unknown(all));
            attempts = known;
        }
        return known;
    }
}
