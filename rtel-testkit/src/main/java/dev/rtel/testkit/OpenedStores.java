package dev.rtel.testkit;

import dev.rtel.eval.TrialRecord;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.ResultStore.Projection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** The stores a test of {@link ResultStoreCompatibilityKit} opens, closed after it. */
abstract class OpenedStores {
    static final String RUN = "20261120T140211Z-test-0001";

    private final List<ResultStore> opened = new ArrayList<>();

    protected abstract ResultStore open() throws Exception;

    protected abstract ResultStore reopen(ResultStore store) throws Exception;

    protected abstract boolean supportsReopen();

    protected abstract Optional<ResultStore> openBeside(ResultStore store) throws Exception;

    protected abstract int manyRecords();

    /** Closes what a test has opened. */
    @AfterEach
    final void closeStores() {
        opened.forEach(ResultStore::close);
    }

    final ResultStore fresh() throws Exception {
        return keep(open());
    }

    final ResultStore keep(ResultStore store) {
        opened.add(store);
        return store;
    }

    /** The same data, read back from where it is kept if the store can do that. */
    final ResultStore persisted(ResultStore store) throws Exception {
        return supportsReopen() ? keep(reopen(store)) : store;
    }

    static List<TrialRecord> records(ResultStore store, Projection projection) {
        try (Stream<TrialRecord> trials = store.trials(RUN, projection)) {
            return trials.toList();
        }
    }
}
