package dev.rtel.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.eval.RunPlan;
import dev.rtel.spi.StoreException;
import dev.rtel.testkit.PlanFixtures;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Changes that arrive while the writer thread is busy, which then share a transaction. */
@Timeout(60)
class GroupCommitTest {
    private static final String WRITER = "rtel-store-writer";

    @TempDir
    Path folder;

    private Path path = Path.of("");
    private Database database = new Database(Stores.options(path));
    private final CountDownLatch busy = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final Map<String, String> failures = new ConcurrentHashMap<>();

    @BeforeEach
    void open() throws Exception {
        path = folder.resolve("rtel.db");
        database = new Database(Stores.options(path));
        database.open();
        Stores.sql(path, "CREATE TABLE note (name TEXT PRIMARY KEY) STRICT");
    }

    @AfterEach
    void close() {
        release.countDown();
        database.close();
    }

    private static Change note(String name) {
        return connection -> connection.update("INSERT INTO note VALUES (?)", name);
    }

    /** Lets the writer thread start on a change and wait in it. */
    private void keepBusy() throws InterruptedException {
        submit("busy", connection -> {
            busy.countDown();
            awaitRelease();
        });
        busy.await();
    }

    private void awaitRelease() {
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void submit(String name, Change change) {
        database.writeLater(() -> name, change, failure -> failures.put(name, String.valueOf(failure.getMessage())));
    }

    /** Ends the wait of the busy change, and returns when all that was submitted is done. */
    private void goOn() {
        release.countDown();
        database.write(() -> "catch up", connection -> {});
    }

    private List<String> notes() throws SQLException {
        List<String> names = new ArrayList<>();
        String all = Stores.queried(path, "SELECT group_concat(name, ' ') FROM (SELECT name FROM note ORDER BY name)");
        names.addAll(List.of(all.split(" ")));
        return names;
    }

    @Test
    void whatWaitsTogetherSharesATransaction() throws Exception {
        List<String> seen = new ArrayList<>();
        keepBusy();
        submit("a", note("a"));
        submit("b", connection -> {
            note("b").apply(connection);
            // another connection sees nothing of a transaction that is not committed
            seen.add(Stores.queried(path, "SELECT count(*) FROM note"));
        });
        submit("c", note("c"));
        goOn();

        assertThat(seen).containsExactly("0");
        assertThat(notes()).containsExactly("a", "b", "c");
        assertThat(failures).isEmpty();
    }

    @Test
    void changesTakeEffectInTheOrderOfTheirArrival() throws Exception {
        keepBusy();
        for (int i = 0; i < 300; i++) {
            int number = i;
            submit("n" + i, connection -> {
                assertThat(connection.query(row -> row.getInt(1), "SELECT count(*) FROM note"))
                        .containsExactly(number);
                note("n" + number).apply(connection);
            });
        }
        goOn();

        assertThat(failures).isEmpty();
    }

    @Test
    void aBadChangeFailsAloneAndLeavesNothingBehind() throws Exception {
        keepBusy();
        submit("a", note("a"));
        submit("half", connection -> {
            note("half").apply(connection);
            throw new StoreException("refused", null);
        });
        submit("b", note("b"));
        submit("again", note("a"));
        submit("broken", connection -> {
            note("broken").apply(connection);
            throw new IllegalStateException("a fault");
        });
        submit("c", note("c"));
        goOn();

        assertThat(notes()).containsExactly("a", "b", "c");
        assertThat(failures).containsOnlyKeys("half", "again", "broken").containsEntry("half", "refused");
        assertThat(failures.get("again")).contains("cannot again in store", "UNIQUE", path.toString());
        assertThat(failures.get("broken")).contains("cannot broken in store", "a fault");
    }

    @Test
    void aFullDiskFailsWhatDoesNotFit() throws Exception {
        database.write(() -> "make a page", note("0"));
        keepBusy();
        submit("limit", connection -> connection.query(row -> row.getInt(1), "PRAGMA max_page_count = 1"));
        submit("a", note("a"));
        submit("large", note("x".repeat(200_000)));
        submit("b", note("b"));
        goOn();

        assertThat(notes()).containsExactly("0", "a", "b");
        assertThat(failures).containsOnlyKeys("large");
        assertThat(failures.get("large")).contains("disk is full");
    }

    @Test
    void aCommitThatFailsFailsAllThatSharedItAndWritingGoesOn() throws Exception {
        keepBusy();
        submit("a", note("a"));
        submit("orphan", connection -> {
            // refused by the commit, not by the statement
            connection.update("PRAGMA defer_foreign_keys = ON");
            connection.update("INSERT INTO plan (run_id, deflated) VALUES (?, ?)", "no-such-run", new byte[] {1});
        });
        submit("b", note("b"));
        goOn();

        assertThat(failures).containsOnlyKeys("a", "orphan", "b");
        assertThat(failures.get("a")).contains("cannot a in store", "FOREIGN KEY");
        assertThat(Stores.queried(path, "SELECT count(*) FROM note")).isEqualTo("0");
        assertThat(Stores.queried(path, "SELECT count(*) FROM plan")).isEqualTo("0");

        database.write(() -> "write c", note("c"));
        assertThat(notes()).containsExactly("c");
    }

    @Test
    void closingWritesWhatIsWaiting() throws Exception {
        keepBusy();
        submit("a", note("a"));
        submit("b", note("b"));
        Thread closing = new Thread(database::close);
        closing.start();
        release.countDown();
        closing.join();

        assertThat(notes()).containsExactly("a", "b");
        assertThatThrownBy(() -> database.write(() -> "write c", note("c")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void theThreadComesWithTheFirstWriteAndGoesWithTheStore() {
        Path other = folder.resolve("other.db");
        RunPlan plan = PlanFixtures.plan(Stores.RUN, 1, 1, 1);
        try (SqliteResultStore store = SqliteResultStore.open(other)) {
            store.runs();
            assertThat(writers()).isZero();

            store.begin(plan);
            Stores.record(store, plan, plan.trials().get(0));
            assertThat(writers()).isEqualTo(1);
        }
        assertThat(writers()).isZero();
        try (SqliteResultStore store = SqliteResultStore.openReadOnly(other)) {
            assertThat(Stores.records(store)).hasSize(1);
            assertThat(writers()).isZero();
        }
    }

    private static long writers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().equals(WRITER))
                .count();
    }
}
