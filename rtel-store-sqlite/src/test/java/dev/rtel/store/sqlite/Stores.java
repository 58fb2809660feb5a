package dev.rtel.store.sqlite;

import dev.rtel.eval.RunPlan;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialRecord;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.ResultStore.Projection;
import dev.rtel.testkit.PlanFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Shortcuts for tests. */
final class Stores {
    static final String RUN = "20261120T140211Z-test-0001";

    private Stores() {}

    static StoreOptions options(Path path) {
        return StoreOptions.of(path, false, Clock.systemUTC());
    }

    static void record(ResultStore store, RunPlan plan, Trial trial) {
        store.record(PlanFixtures.scored(plan, trial), Optional.empty(), Optional.empty());
    }

    static List<TrialRecord> records(ResultStore store) {
        try (Stream<TrialRecord> trials = store.trials(RUN, Projection.FULL)) {
            return trials.toList();
        }
    }

    /** Runs statements past the store, as another program would. */
    static void sql(Path path, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }

    static String queried(Path path, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? String.valueOf(row.getString(1)) : "no row";
        }
    }

    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
