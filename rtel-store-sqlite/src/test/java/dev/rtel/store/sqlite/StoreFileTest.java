package dev.rtel.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rtel.eval.Completion;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RunPlan;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.ResultStore.Projection;
import dev.rtel.spi.StoreException;
import dev.rtel.testkit.PlanFixtures;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreFileTest {
    @TempDir
    Path folder;

    static Stream<Function<Path, ResultStore>> doors() {
        return Stream.of(SqliteResultStore::open, SqliteResultStore::openReadOnly);
    }

    @ParameterizedTest
    @MethodSource("doors")
    void aFileOfANewerVersionIsNamedAndLeftAsItIs(Function<Path, ResultStore> door) throws Exception {
        Path path = withOneRun();
        Stores.sql(path, "PRAGMA user_version = 99");

        refusedUntouched(door, path, "schema version 99", "up to 1", "newer build", "left as it is");
    }

    @ParameterizedTest
    @MethodSource("doors")
    void aDatabaseOfAnotherProgramIsLeftAsItIs(Function<Path, ResultStore> door) throws Exception {
        Path path = folder.resolve("foreign.db");
        Stores.sql(
                path, "PRAGMA journal_mode = WAL", "CREATE TABLE bookmarks (url TEXT)", "PRAGMA application_id = 42");

        refusedUntouched(door, path, "another program", "application id 42", "left as it is");
    }

    @ParameterizedTest
    @MethodSource("doors")
    void aFileThatIsNoDatabaseIsLeftAsItIs(Function<Path, ResultStore> door) throws Exception {
        Path path = Files.writeString(folder.resolve("notes.txt"), "dear diary, ".repeat(1000));

        refusedUntouched(door, path, "no SQLite database");
    }

    @ParameterizedTest
    @MethodSource("doors")
    void aShortTextFileIsLeftAsItIs(Function<Path, ResultStore> door) throws Exception {
        refusedUntouched(door, Files.writeString(folder.resolve("short"), "hi"), "no SQLite database");
    }

    @ParameterizedTest
    @MethodSource("doors")
    void aTruncatedStoreIsLeftAsItIs(Function<Path, ResultStore> door) throws Exception {
        Path path = withOneRun();
        byte[] bytes = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(bytes, bytes.length / 2));

        refusedUntouched(door, path, "damaged", "left as it is");
    }

    @ParameterizedTest
    @MethodSource("doors")
    void aStoreWithOverwrittenTablesIsLeftAsItIs(Function<Path, ResultStore> door) throws Exception {
        Path path = withOneRun();
        byte[] bytes = Files.readAllBytes(path);
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 100; i < 4096; i++) {
            bytes[i] = (byte) random.nextInt();
        }
        Files.write(path, bytes);

        refusedUntouched(door, path, "damaged", "left as it is");
    }

    @ParameterizedTest
    @MethodSource("doors")
    void aChangeThatWasBrokenOffInAnotherProgramIsNotRolledBack(Function<Path, ResultStore> door) throws Exception {
        Path source = folder.resolve("source.db");
        Path path = folder.resolve("copy.db");
        Stores.sql(source, "CREATE TABLE t (x)", "INSERT INTO t VALUES (zeroblob(100000))");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + source);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA cache_size = 1");
            statement.execute("BEGIN");
            statement.execute("UPDATE t SET x = randomblob(100000)");
            Files.copy(source, path);
            Files.copy(folder.resolve("source.db-journal"), folder.resolve("copy.db-journal"));
        }

        refusedUntouched(door, path, "rolled back");
    }

    @ParameterizedTest
    @MethodSource("doors")
    void aFolderIsRefused(Function<Path, ResultStore> door) {
        assertThatThrownBy(() -> door.apply(folder))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("folder");
    }

    @Test
    void damageFoundWhileReadingNamesTheStore() throws Exception {
        Path path = folder.resolve("rtel.db");
        RunPlan plan = PlanFixtures.plan(Stores.RUN, 1, 200, 1);
        try (SqliteResultStore store = SqliteResultStore.open(path)) {
            store.begin(plan);
            plan.trials().forEach(t -> Stores.record(store, plan, t));
        }
        byte[] bytes = Files.readAllBytes(path);
        Arrays.fill(bytes, bytes.length / 4, bytes.length * 3 / 4, (byte) 0x5a);
        Files.write(path, bytes);

        try (SqliteResultStore store = SqliteResultStore.openReadOnly(path)) {
            assertThatThrownBy(() -> Stores.records(store))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(path.toString())
                    .hasMessageContaining("damaged");
        }
    }

    @Test
    void readingAStoreThatIsNotThereCreatesNothing() throws Exception {
        Path path = folder.resolve("none/rtel.db");

        assertThatThrownBy(() -> SqliteResultStore.openReadOnly(path))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining("no store yet");
        assertThat(Stores.names(folder)).isEmpty();
    }

    @Test
    void anEmptyFileBecomesAStore() throws Exception {
        Path path = Files.createFile(folder.resolve("rtel.db"));

        try (SqliteResultStore store = SqliteResultStore.open(path)) {
            assertThat(store.runs()).isEmpty();
        }
        assertThat(Stores.queried(path, "PRAGMA user_version")).isEqualTo("1");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> SqliteResultStore.open(file.resolve("rtel.db")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot open")
                .hasMessageContaining(file.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"with space.db", "what?.db", "a#b.db", "100%25.db", "grün ☕.db", "semi;colon&x=1.db", ":x:.db"})
    void anyFileNameWorks(String name) throws Exception {
        Path path = folder.resolve(name);
        RunPlan plan = PlanFixtures.plan(Stores.RUN, 1, 1, 1);
        try (SqliteResultStore store = SqliteResultStore.open(path)) {
            store.begin(plan);
        }
        try (SqliteResultStore store = SqliteResultStore.openReadOnly(path)) {
            assertThat(store.run(Stores.RUN)).isPresent();
        }
        assertThat(Stores.names(folder)).containsExactly(name);
    }

    @Test
    void aClosedStoreIsOneFileAndReadingLeavesNoOther() throws Exception {
        Path path = withOneRun();
        assertThat(Stores.names(folder)).containsExactly("rtel.db");
        byte[] before = Files.readAllBytes(path);

        try (SqliteResultStore store = SqliteResultStore.openReadOnly(path)) {
            assertThat(store.runs()).hasSize(1);
            assertThat(Stores.records(store)).hasSize(1);
        }

        assertThat(Stores.names(folder)).containsExactly("rtel.db");
        assertThat(Files.readAllBytes(path)).isEqualTo(before);
    }

    @Test
    void aStoreOpenedForReadingRefusesEveryWrite() throws Exception {
        Path path = withOneRun();
        RunPlan plan = PlanFixtures.plan(Stores.RUN, 1, 1, 1);
        try (SqliteResultStore store = SqliteResultStore.openReadOnly(path)) {
            assertThatThrownBy(() -> store.begin(plan))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("read-only");
            assertThatThrownBy(() -> store.renewLease(Stores.RUN)).hasMessageContaining("read-only");
        }
    }

    @Test
    void aClosedStoreSaysSoAndMayBeClosedAgain() throws Exception {
        SqliteResultStore store = SqliteResultStore.open(folder.resolve("rtel.db"));
        store.close();
        store.close();

        assertThatThrownBy(store::runs)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("rtel.db")
                .hasMessageContaining("closed");
    }

    @Test
    void closingEndsStreamsLeftOpen() throws Exception {
        Path path = withOneRun();
        SqliteResultStore store = SqliteResultStore.open(path);
        Stream<?> left = store.trials(Stores.RUN, Projection.WITHOUT_RAW);

        store.close();
        left.close();

        assertThat(Stores.names(folder)).containsExactly("rtel.db");
    }

    @Test
    void openingTheSameNewFileManyTimesAtOnceMakesOneStore() throws Exception {
        Path path = folder.resolve("rtel.db");
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Integer>> openings = Collections.nCopies(6, () -> {
                try (SqliteResultStore store = SqliteResultStore.open(path)) {
                    return store.runs().size();
                }
            });
            for (Future<Integer> opening : threads.invokeAll(openings)) {
                assertThat(opening.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(Stores.queried(path, "PRAGMA integrity_check")).isEqualTo("ok");
    }

    @Test
    void theNativeLibraryIsNotLeftInTheTemporaryFolder() throws Exception {
        assumeTrue(File.separatorChar == '/', "a library in use cannot be deleted on Windows");
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path path = withOneRun();

        Process reading = StoreProcess.start("read", path, "-Djava.io.tmpdir=" + temporary);

        assertThat(reading.inputReader().lines()).containsExactly("1 runs, 1 records");
        assertThat(reading.waitFor()).isZero();
        assertThat(Stores.names(temporary)).isEmpty();
    }

    @Test
    void halvesOfSurrogatePairsSurvive() throws Exception {
        Path path = folder.resolve("rtel.db");
        RunPlan plan = PlanFixtures.plan(Stores.RUN, 1, 1, 1);
        var record = PlanFixtures.record(
                plan,
                plan.trials().get(0),
                new Outcome.Completed(Completion.builder()
                        .text("cut off \uD83D")
                        .reasoning("\uDE00\uD83D\uDE00")
                        .build()));
        try (SqliteResultStore store = SqliteResultStore.open(path)) {
            store.begin(plan);
            store.record(record, Optional.empty(), Optional.empty());

            assertThat(Stores.records(store)).containsExactly(record);
        }
    }

    @Test
    void columnsForQueriesSayWhatTheRecordSays() throws Exception {
        Path path = withOneRun();

        assertThat(Stores.queried(
                        path,
                        "SELECT status || '|' || score || '|' || passed || '|' || coalesce(reasoning_tokens, 'unknown')"
                                + " || '|' || cost_usd || '|' || finish_reason FROM trial"))
                .isEqualTo("scored|1.0|1|unknown|1.2300000000000000000000000001|stop");
        assertThat(Stores.queried(path, "SELECT json_extract(outcome, '$.completion.raw') FROM trial"))
                .isEqualTo("null");
    }

    private Path withOneRun() {
        Path path = folder.resolve("rtel.db");
        RunPlan plan = PlanFixtures.plan(Stores.RUN, 1, 1, 1);
        try (SqliteResultStore store = SqliteResultStore.open(path)) {
            store.begin(plan);
            Stores.record(store, plan, plan.trials().get(0));
        }
        return path;
    }

    private void refusedUntouched(Function<Path, ResultStore> door, Path path, String... words)
            throws IOException, SQLException {
        byte[] before = Files.readAllBytes(path);
        List<String> names = Stores.names(folder);

        assertThatThrownBy(() -> door.apply(path))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContainingAll(words);

        assertThat(new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1))
                .isEqualTo(new String(before, StandardCharsets.ISO_8859_1));
        assertThat(Stores.names(folder)).isEqualTo(names);
    }
}
