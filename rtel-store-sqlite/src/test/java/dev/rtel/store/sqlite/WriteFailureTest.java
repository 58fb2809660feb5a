package dev.rtel.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.Completion;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialRecord;
import dev.rtel.spi.StoreException;
import dev.rtel.testkit.PlanFixtures;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteFailureTest {
    private static final RunPlan PLAN = PlanFixtures.plan(Stores.RUN, 1, 2, 1);
    private static final Trial TRIAL = PLAN.trials().get(0);
    private static final Attempt.End END =
            Attempt.End.succeeded(PlanFixtures.CREATED_AT, Optional.empty(), Optional.empty());

    @TempDir
    Path folder;

    private Path path = Path.of("");

    @BeforeEach
    void choosePath() {
        path = folder.resolve("rtel.db");
    }

    @Test
    void aFullDiskStoresNothingOfTheTrialAndSaysSo() {
        Attempt attempt = PlanFixtures.attempt(PLAN, TRIAL, 1);
        try (SqliteResultStore store = SqliteResultStore.open(path)) {
            store.begin(PLAN);
            store.attemptStarted(attempt);
            store.record(PlanFixtures.failed(PLAN, TRIAL), Optional.empty(), Optional.empty());
        }
        try (SqliteResultStore store =
                SqliteResultStore.open(Stores.options(path).withWriterPragmas("PRAGMA max_page_count = 1"))) {
            // max_page_count cannot go below the present size, so there is room for nothing more
            assertThatThrownBy(() -> store.record(large(), Optional.of(attempt.id()), Optional.of(END)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContainingAll(
                            path.toString(), "disk is full", TRIAL.key().toString())
                    .hasCauseInstanceOf(SQLException.class);

            assertThat(Stores.records(store)).containsExactly(PlanFixtures.failed(PLAN, TRIAL));
            assertThat(store.attempts(Stores.RUN)).containsExactly(attempt);
        }
        try (SqliteResultStore store = SqliteResultStore.open(path)) {
            store.record(large(), Optional.of(attempt.id()), Optional.of(END));

            assertThat(Stores.records(store)).containsExactly(large());
        }
    }

    @Test
    void anEndOfAnUnknownAttemptStoresNothingOfTheTrial() {
        try (SqliteResultStore store = SqliteResultStore.open(path)) {
            store.begin(PLAN);

            assertThatThrownBy(() -> store.record(large(), Optional.of("never-sent"), Optional.of(END)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("never-sent");
            assertThat(Stores.records(store)).isEmpty();
            assertThatThrownBy(() -> store.attemptIdentified("never-sent", "gen"))
                    .hasMessageContaining("never-sent");
        }
    }

    @Test
    void aLockedFileIsAnErrorOnlyWhileItIsLocked() throws Exception {
        StoreOptions impatient = Stores.options(path).withBusyTimeout(Duration.ofMillis(20));
        try (SqliteResultStore store = SqliteResultStore.open(impatient);
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = other.createStatement()) {
            store.begin(PLAN);
            statement.execute("BEGIN IMMEDIATE");

            assertThatThrownBy(() -> Stores.record(store, PLAN, TRIAL))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContainingAll(path.toString(), "another process is writing");
            assertThat(Stores.records(store)).isEmpty();

            statement.execute("COMMIT");
            Stores.record(store, PLAN, TRIAL);
            assertThat(Stores.records(store)).hasSize(1);
        }
    }

    @Test
    void theIdOfACallUnderWayIsNotWaitedFor() throws Exception {
        Attempt attempt = PlanFixtures.attempt(PLAN, TRIAL, 1);
        try (SqliteResultStore store = SqliteResultStore.open(path);
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = other.createStatement()) {
            store.begin(PLAN);
            store.attemptStarted(attempt);
            statement.execute("BEGIN IMMEDIATE");

            store.attemptIdentified(attempt.id(), "gen-1"); // would wait for the lock, and then fail

            statement.execute("COMMIT");
            store.attemptEnded(attempt.id(), END);
            assertThat(store.attempts(Stores.RUN))
                    .extracting(Attempt::generationId)
                    .containsExactly(Optional.of("gen-1"));
        }
    }

    @Test
    void anIdThatCouldNotBeNotedComesWithTheEnd() throws Exception {
        Attempt attempt = PlanFixtures.attempt(PLAN, TRIAL, 1);
        StoreOptions impatient = Stores.options(path).withBusyTimeout(Duration.ofMillis(20));
        try (SqliteResultStore store = SqliteResultStore.open(impatient);
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = other.createStatement()) {
            store.begin(PLAN);
            store.attemptStarted(attempt);
            statement.execute("BEGIN IMMEDIATE");
            store.attemptIdentified(attempt.id(), "gen-1");
            assertThatThrownBy(() -> Stores.record(store, PLAN, TRIAL)).hasMessageContaining("another process");
            statement.execute("COMMIT");

            Attempt.End end = Attempt.End.succeeded(PlanFixtures.CREATED_AT, Optional.empty(), Optional.of("gen-1"));
            store.record(PlanFixtures.scored(PLAN, TRIAL), Optional.of(attempt.id()), Optional.of(end));

            assertThat(store.attempts(Stores.RUN)).extracting(Attempt::end).containsExactly(Optional.of(end));
            assertThat(store.attempts(Stores.RUN).get(0).generationId()).contains("gen-1");
        }
    }

    @Test
    void errorsQuoteNeitherPromptsNorReplies() {
        try (SqliteResultStore store = SqliteResultStore.open(path)) {
            store.begin(PLAN);
        }
        try (SqliteResultStore store =
                SqliteResultStore.open(Stores.options(path).withWriterPragmas("PRAGMA max_page_count = 1"))) {
            Throwable thrown = catchThrowable(() -> store.record(large(), Optional.empty(), Optional.empty()));

            for (Throwable t = thrown; t != null; t = t.getCause()) {
                assertThat(t.toString()).doesNotContain("Final answer");
            }
            assertThat(thrown).isInstanceOf(StoreException.class);
        }
    }

    private static TrialRecord large() {
        byte[] noise = new byte[200_000];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) random.nextInt();
        }
        return PlanFixtures.record(
                PLAN,
                TRIAL,
                new Outcome.Completed(Completion.builder()
                        .text("Final answer: 4")
                        .raw(HexFormat.of().formatHex(noise))
                        .build()));
    }
}
