package dev.rtel.store.sqlite;

import dev.rtel.spi.ResultStore;
import dev.rtel.testkit.ResultStoreCompatibilityKit;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class SqliteResultStoreCompatibilityTest extends ResultStoreCompatibilityKit {
    @TempDir
    Path folder;

    private final Map<ResultStore, Path> paths = new IdentityHashMap<>();

    @Override
    protected ResultStore open() {
        return open(folder.resolve("new/folder/rtel-" + paths.size() + ".db"));
    }

    @Override
    protected ResultStore reopen(ResultStore store) {
        store.close();
        return open(path(store));
    }

    @Override
    protected Optional<ResultStore> openBeside(ResultStore store) {
        return Optional.of(open(path(store)));
    }

    @Override
    protected int manyRecords() {
        return Integer.getInteger("rtel.many", 5_000);
    }

    private ResultStore open(Path path) {
        ResultStore store = SqliteResultStore.open(path);
        paths.put(store, path);
        return store;
    }

    private Path path(ResultStore store) {
        return Objects.requireNonNull(paths.get(store));
    }
}
