package dev.rtel.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.analysis.LeaderboardCalculator;
import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialRecord;
import dev.rtel.run.InMemoryResultStore;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.ResultStore.Projection;
import dev.rtel.store.sqlite.SqliteResultStore;
import dev.rtel.testkit.PlanFixtures;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A leaderboard needs no more of the records than their figures, whatever store they come from. */
final class FiguresTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theLeaderboardIsTheSameFromFiguresAndFromAll(long seed) {
        RunPlan plan = PlanFixtures.plan("run-" + seed, 3, 6, 2);
        List<TrialRecord> records = records(plan, new SplittableRandom(seed));
        try (ResultStore sqlite = SqliteResultStore.open(folder.resolve("rtel.db"));
                ResultStore memory = new InMemoryResultStore()) {
            for (ResultStore store : List.of(sqlite, memory)) {
                store.begin(plan);
                records.forEach(r -> store.record(r, Optional.empty(), Optional.empty()));

                Leaderboard all = leaderboard(store, plan, Projection.FULL);
                assertThat(all.rows()).hasSize(3);
                assertThat(leaderboard(store, plan, Projection.FIGURES)).isEqualTo(all);
                assertThat(leaderboard(store, plan, Projection.WITHOUT_RAW)).isEqualTo(all);
            }
        }
    }

    private static Leaderboard leaderboard(ResultStore store, RunPlan plan, Projection projection) {
        try (Stream<TrialRecord> trials = store.trials(plan.runId(), projection)) {
            return LeaderboardCalculator.of(plan, trials.toList(), Leaderboard.Policy.standard(), Instant.EPOCH);
        }
    }

    /** Of most trials a record of one of all kinds, often quarantined and with other counts. */
    private static List<TrialRecord> records(RunPlan plan, SplittableRandom random) {
        return plan.trials().stream()
                .filter(t -> random.nextInt(10) > 0)
                .map(t -> record(plan, t, random))
                .toList();
    }

    private static TrialRecord record(RunPlan plan, Trial trial, SplittableRandom random) {
        List<TrialRecord> variety =
                List.copyOf(PlanFixtures.variety(plan, trial).values());
        TrialRecord record = variety.get(random.nextInt(variety.size()));
        return random.nextBoolean() && record.outcome() instanceof Outcome.Scored scored
                ? record.withOutcome(new Outcome.Scored(
                        scored.completion(), TokenUsage.unknown(), scored.score(), scored.graderUsage()))
                : record;
    }
}
