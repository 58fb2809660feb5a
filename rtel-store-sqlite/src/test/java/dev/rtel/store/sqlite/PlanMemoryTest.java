package dev.rtel.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.eval.RunPlan;
import dev.rtel.eval.RunState;
import dev.rtel.eval.TrialRecord;
import dev.rtel.spi.ResultStore.Projection;
import dev.rtel.testkit.PlanFixtures;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanMemoryTest {
    private static final RunPlan PLAN = PlanFixtures.plan(Stores.RUN, 2, 3, 1);

    @TempDir
    private Path folder;

    @Test
    void aPlanThatIsHeldIsNotBuiltAgain() {
        try (SqliteResultStore store = SqliteResultStore.open(folder.resolve("rtel.db"))) {
            store.begin(PLAN);
            PLAN.trials()
                    .forEach(trial ->
                            store.record(PlanFixtures.scored(PLAN, trial), Optional.empty(), Optional.empty()));
            store.end(Stores.RUN, RunState.FINISHED, Instant.EPOCH);
            assertThat(store.run(Stores.RUN).orElseThrow().plan()).isSameAs(PLAN);
            assertThat(store.runs().get(0).plan()).isSameAs(PLAN);
            try (Stream<TrialRecord> records = store.trials(Stores.RUN, Projection.FULL)) {
                assertThat(records.map(r -> r.trial().sample()))
                        .hasSize(PLAN.trials().size())
                        .allSatisfy(sample -> assertThat(PLAN.trials()).anyMatch(t -> t.sample() == sample));
            }
        }
    }

    @Test
    void whatAnotherWriterMadeOfThePlanIsRead() {
        Path path = folder.resolve("rtel.db");
        RunPlan other = PlanFixtures.withTrials(PLAN, PLAN.trials().subList(0, 2));
        try (SqliteResultStore store = SqliteResultStore.open(path);
                SqliteResultStore second = SqliteResultStore.open(path)) {
            store.begin(PLAN);
            store.end(Stores.RUN, RunState.INTERRUPTED, Instant.EPOCH);
            second.begin(other);
            second.end(Stores.RUN, RunState.FINISHED, Instant.EPOCH);
            assertThat(store.run(Stores.RUN).orElseThrow().plan()).isEqualTo(other);
        }
    }

    @Test
    void aPlanReadFromTheFileEqualsTheOneWritten() {
        Path path = folder.resolve("rtel.db");
        try (SqliteResultStore store = SqliteResultStore.open(path)) {
            store.begin(PLAN);
            store.end(Stores.RUN, RunState.FINISHED, Instant.EPOCH);
        }
        try (SqliteResultStore store = SqliteResultStore.openReadOnly(path)) {
            assertThat(store.run(Stores.RUN).orElseThrow().plan())
                    .isEqualTo(PLAN)
                    .isNotSameAs(PLAN);
        }
    }
}
