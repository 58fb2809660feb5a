package dev.rtel.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.RunState;
import dev.rtel.eval.TrialRecord;
import dev.rtel.testkit.PlanFixtures;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TwoProcessesTest {
    @TempDir
    Path folder;

    @Test
    void anotherProcessReadsWhileThisOneWrites() throws Exception {
        Path path = folder.resolve("rtel.db");
        RunPlan plan = PlanFixtures.plan(Stores.RUN, 1, 10, 1);
        try (SqliteResultStore store = SqliteResultStore.open(path)) {
            store.begin(plan);
            Stores.record(store, plan, plan.trials().get(0));
            Stores.record(store, plan, plan.trials().get(1));

            assertThat(outputOf(StoreProcess.start("read", path))).containsExactly("1 runs, 2 records");

            Stores.record(store, plan, plan.trials().get(2));
            assertThat(Stores.records(store)).hasSize(3);
        }
    }

    @Test
    void whatAKilledProcessHadStoredIsThereAndItsRunCanBeTakenUpAtOnce() throws Exception {
        Path path = folder.resolve("rtel.db");
        List<String> durable = new ArrayList<>();
        Process writer = StoreProcess.start("write", path);
        try (BufferedReader out = reader(writer)) {
            String line = out.readLine();
            while (line != null && durable.size() < 150) {
                durable.add(line);
                if (durable.size() == 100) {
                    try (SqliteResultStore beside = SqliteResultStore.openReadOnly(path)) {
                        assertThat(Stores.records(beside)).hasSizeGreaterThanOrEqualTo(100);
                    }
                }
                line = out.readLine();
            }
            writer.toHandle().destroyForcibly(); // SIGKILL: no shutdown code runs; what was printed stays readable
            while (line != null) {
                durable.add(line);
                line = out.readLine();
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        assertThat(durable).hasSizeGreaterThanOrEqualTo(150).doesNotContain("done");
        durable.removeIf(key -> !key.contains("#")); // a last line cut off by the kill

        try (SqliteResultStore store = SqliteResultStore.open(path)) {
            Map<String, TrialRecord> stored = Stores.records(store).stream()
                    .collect(Collectors.toMap(r -> r.key().toString(), Function.identity()));
            RunPlan plan = StoreProcess.plan();
            assertThat(stored.keySet()).containsAll(durable);
            assertThat(stored.values()).allSatisfy(r -> assertThat(r).isEqualTo(PlanFixtures.scored(plan, r.trial())));
            List<Attempt> attempts = store.attempts(Stores.RUN);
            assertThat(attempts.stream().filter(a -> a.end().isPresent())).hasSameSizeAs(stored.values());
            assertThat(attempts.size() - stored.size()).isBetween(0, 1);
            assertThat(store.run(Stores.RUN).orElseThrow().state()).isEqualTo(RunState.RUNNING);

            store.begin(plan);
        }
        assertThat(Stores.queried(path, "PRAGMA integrity_check")).isEqualTo("ok");
    }

    private static List<String> outputOf(Process process) throws Exception {
        try (BufferedReader out = reader(process)) {
            List<String> lines = out.lines().toList();
            assertThat(process.waitFor()).isZero();
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
