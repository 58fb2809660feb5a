package dev.rtel.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.eval.RunPlan;
import dev.rtel.spi.StoreException;
import dev.rtel.testkit.PlanFixtures;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
    private static final RunPlan PLAN = PlanFixtures.plan(Stores.RUN, 1, 3, 1);
    private static final String NEXT = """
            ALTER TABLE run ADD COLUMN note TEXT NOT NULL DEFAULT 'none; yet';
            CREATE TABLE change (run_id TEXT NOT NULL) STRICT;
            CREATE TRIGGER note_changes AFTER UPDATE OF note ON run BEGIN
              INSERT INTO change (run_id) VALUES (new.run_id);
              UPDATE run SET finished_at = NULL WHERE run_id = new.run_id;
            END;
            """;

    @TempDir
    Path folder;

    private Path path = Path.of("");

    @BeforeEach
    void writeVersionOne() {
        path = folder.resolve("rtel.db");
        try (SqliteResultStore store = SqliteResultStore.open(path)) {
            store.begin(PLAN);
            PLAN.trials().forEach(t -> Stores.record(store, PLAN, t));
        }
    }

    @Test
    void anEarlierVersionIsBroughtUpToDateWithItsData() throws Exception {
        try (SqliteResultStore store =
                SqliteResultStore.open(Stores.options(path).withSchema(plus(NEXT)))) {
            assertThat(Stores.records(store)).hasSize(3);
        }

        assertThat(Stores.queried(path, "PRAGMA user_version")).isEqualTo("2");
        Stores.sql(path, "UPDATE run SET note = 'x'");
        assertThat(Stores.queried(path, "SELECT count(*) FROM change")).isEqualTo("1");
        assertThatThrownBy(() -> SqliteResultStore.open(path)).hasMessageContaining("schema version 2");
    }

    @Test
    void aScriptThatFailsHalfwayChangesNothing() throws Exception {
        Schema broken = plus("CREATE TABLE half (x TEXT); INSERT INTO half VALUES ('y'); CREATE TABLE run (x TEXT);");

        assertThatThrownBy(() -> SqliteResultStore.open(Stores.options(path).withSchema(broken)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(path.toString());

        assertThat(Stores.queried(path, "PRAGMA user_version")).isEqualTo("1");
        assertThat(Stores.queried(path, "SELECT count(*) FROM sqlite_schema WHERE name = 'half'"))
                .isEqualTo("0");
        try (SqliteResultStore store = SqliteResultStore.open(path)) {
            assertThat(Stores.records(store)).hasSize(3);
        }
    }

    @Test
    void readingNeverMigrates() throws Exception {
        StoreOptions newer = StoreOptions.of(path, true, Clock.systemUTC()).withSchema(plus(NEXT));

        assertThatThrownBy(() -> SqliteResultStore.open(newer))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("schema version 1")
                .hasMessageContaining("version 2");
        assertThat(Stores.queried(path, "PRAGMA user_version")).isEqualTo("1");
    }

    @Test
    void everyScriptIsANumberedFileAndMarksTheFileAsOurs() throws Exception {
        assertThat(Stores.queried(path, "PRAGMA user_version"))
                .isEqualTo(String.valueOf(Schema.current().version()));
        assertThat(Stores.queried(path, "PRAGMA application_id"))
                .isEqualTo(String.valueOf(Integer.parseInt("5254454C", 16)));
        assertThat(Stores.queried(path, "PRAGMA journal_mode")).isEqualTo("wal");
        assertThat(Stores.queried(path, "PRAGMA foreign_key_check")).isEqualTo("no row");
    }

    @Test
    void theWritingConnectionSyncsEachCommitAndChecksForeignKeys() throws Exception {
        try (Connection connection = new StoreFile(Stores.options(path)).writer();
                Statement statement = connection.createStatement()) {
            for (var pragma : Map.of("synchronous", 2, "foreign_keys", 1, "busy_timeout", 10_000)
                    .entrySet()) {
                try (ResultSet row = statement.executeQuery("PRAGMA " + pragma.getKey())) {
                    assertThat(row.getInt(1)).as(pragma.getKey()).isEqualTo(pragma.getValue());
                }
            }
        }
    }

    private static Schema plus(String script) {
        List<String> scripts = new ArrayList<>(Schema.current().scripts());
        scripts.add(script);
        return new Schema(scripts);
    }
}
