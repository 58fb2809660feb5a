package dev.rtel.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rtel.common.PlainJson;
import dev.rtel.eval.Attempt;
import dev.rtel.eval.TrialKey;
import dev.rtel.simulator.BillLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills the program at random moments and holds the store and the result files against the provider's bill. The number of
 * kills is the system property {@code rtel.kills}, the seed {@code rtel.seed}.
 */
final class KillTest {
    private static final int KILLS = Integer.getInteger("rtel.kills", 20);
    private static final long SEED = Long.getLong("rtel.seed", 20_261_121L);
    private static final int LEAST_RUNS = 5;
    private static final int KILLS_A_RUN = 4;
    private static final int TRIALS = 120;
    private static final int CONCURRENCY = 8;
    private static final List<String> SAMPLE_FIELDS_OF_THE_DAY = List.of(
            "run_id",
            "started_at",
            "finished_at",
            "latency_ms",
            "ttft_ms",
            "attempts",
            "wasted_tokens",
            "wasted_cost_usd",
            "generation_id");

    @TempDir
    private static Path folder;

    private static Uninterrupted plain = new Uninterrupted(List.of(), List.of(), Map.of());
    private static Uninterrupted withCode = plain;

    /**
     * What a run gives that nobody kills.
     *
     * @param samples lines of samples.jsonl without what differs from day to day
     * @param rows rows of the leaderboard without times
     * @param judged successful judge calls by trial
     */
    private record Uninterrupted(
            List<Map<String, @Nullable Object>> samples,
            List<Map<String, @Nullable Object>> rows,
            Map<TrialKey, Long> judged) {}

    @BeforeAll
    static void runUninterrupted() {
        plain = uninterrupted("plain", false);
        if (python()) {
            withCode = uninterrupted("code", true);
        }
    }

    private static Uninterrupted uninterrupted(String name, boolean code) {
        try (var run = new KilledRun(folder.resolve("uninterrupted-" + name), new SplittableRandom(SEED), code)) {
            run.toTheEnd();
            assertThat(samples(run)).hasSize(TRIALS);
            return new Uninterrupted(samples(run), rows(run), judged(run.attempts()));
        }
    }

    static Stream<Arguments> runs() {
        int count = Math.max(LEAST_RUNS, (KILLS + KILLS_A_RUN - 1) / KILLS_A_RUN);
        return IntStream.range(0, count)
                .mapToObj(i -> Arguments.of(i, KILLS * (i + 1) / count - KILLS * i / count, i % LEAST_RUNS == 1));
    }

    @ParameterizedTest(name = "run {0}, killed {1} times, code is run: {2}")
    @MethodSource("runs")
    void nothingPaidIsLostOrBoughtAgain(int number, int kills, boolean code) {
        assumeTrue(!code || python(), "python3 is not there: runs with code are skipped");
        var random = new SplittableRandom(SEED + 1 + number);
        int left = kills;
        for (int leg = 0; left > 0; leg++) {
            Path place = folder.resolve("run-" + number + "-" + leg);
            try (var run = new KilledRun(place, random, code)) {
                boolean open = true;
                while (open && left > 0) {
                    open = run.killOnce();
                    left -= open ? 1 : 0;
                }
                String err = open ? run.toTheEnd().err() : "";
                check(run, code ? withCode : plain, open, err);
            }
        }
    }

    private static void check(KilledRun run, Uninterrupted expected, boolean resumed, String err) {
        List<Attempt> attempts = run.attempts();
        Map<String, Attempt> byId =
                attempts.stream().collect(Collectors.toMap(Attempt::id, Function.identity(), (a, b) -> a));
        Set<String> unknown = attempts.stream()
                .filter(a -> a.end().isEmpty())
                .map(Attempt::id)
                .collect(Collectors.toSet());
        billHoldsNothingUnwritten(run, byId);
        nothingDurableWasBoughtAgain(run, attempts);
        unknownAttemptsAreFewAndListed(run, attempts, unknown);
        if (resumed && !unknown.isEmpty()) {
            assertThat(err)
                    .as("%s: remark of the last resume", run)
                    .contains(unknown.size() + " attempt(s) were sent and their outcome is unknown");
        }
        everyTrialWasAnsweredOnce(run, attempts);
        assertThat(judged(attempts)).as("%s: judge calls by trial", run).isEqualTo(expected.judged());
        sameLines(run, "samples.jsonl", samples(run), expected.samples());
        sameLines(run, "rows of leaderboard.json", rows(run), expected.rows());
    }

    private static void billHoldsNothingUnwritten(KilledRun run, Map<String, Attempt> byId) {
        Set<String> seen = new HashSet<>();
        for (BillLine line : run.simulator().bill().lines()) {
            String id = line.attemptId().orElseThrow();
            assertThat(byId)
                    .as("%s: attempts written before they were sent, for %s", run, line)
                    .containsKey(id);
            assertThat(seen.add(id))
                    .as("%s: attempt %s is billed once", run, id)
                    .isTrue();
        }
    }

    private static void nothingDurableWasBoughtAgain(KilledRun run, List<Attempt> attempts) {
        for (int i = 0; i < run.kills().size(); i++) {
            KilledRun.Kill kill = run.kills().get(i);
            assertThat(attempts.stream()
                            .filter(a -> a.role().equals(Attempt.CONTESTANT))
                            .filter(a -> !kill.attempts().contains(a.id()))
                            .filter(a -> kill.paid().contains(a.trial())))
                    .as("%s: contestant attempts after kill %s of trials whose completion was durable", run, i + 1)
                    .isEmpty();
        }
    }

    private static void unknownAttemptsAreFewAndListed(KilledRun run, List<Attempt> attempts, Set<String> unknown) {
        Set<String> before = Set.of();
        Set<String> explained = new HashSet<>();
        for (KilledRun.Kill kill : run.kills()) {
            Set<String> open = new HashSet<>(unknown);
            open.retainAll(kill.attempts());
            open.removeAll(before);
            assertThat(open)
                    .as("%s: attempts of one killed process with unknown outcome", run)
                    .hasSizeLessThanOrEqualTo(CONCURRENCY);
            explained.addAll(open);
            before = kill.attempts();
        }
        assertThat(unknown)
                .as("%s: attempts with unknown outcome, all from killed processes", run)
                .isEqualTo(explained);
        List<Object> listed = new ArrayList<>();
        if (json(run, "run.json").get("unknown_attempts") instanceof List<?> list) {
            list.forEach(entry -> listed.add(((Map<?, ?>) entry).get("attempt_id")));
        }
        assertThat(listed).as("%s: unknown_attempts of run.json", run).containsExactlyInAnyOrderElementsOf(unknown);
        // one whose process died may have been settled by its billing record since
        Map<String, BigDecimal> booked = attempts.stream()
                .filter(a -> a.end().flatMap(Attempt.End::costUsd).isPresent())
                .collect(Collectors.toMap(
                        Attempt::id, a -> a.end().orElseThrow().costUsd().orElseThrow()));
        Map<String, Attempt> byId =
                attempts.stream().collect(Collectors.toMap(Attempt::id, Function.identity(), (a, b) -> a));
        for (BillLine line : run.simulator().bill().lines()) {
            String id = line.attemptId().orElseThrow();
            if (!unknown.contains(id)) {
                assertThat(booked.get(id))
                        .as("%s: cost of %s, billed as %s", run, byId.get(id), line)
                        .isEqualByComparingTo(line.cost());
            }
        }
    }

    private static void everyTrialWasAnsweredOnce(KilledRun run, List<Attempt> attempts) {
        Map<TrialKey, Long> answered = attempts.stream()
                .filter(a -> a.role().equals(Attempt.CONTESTANT) && answered(a))
                .collect(Collectors.groupingBy(Attempt::trial, TreeMap::new, Collectors.counting()));
        assertThat(answered).as("%s: trials answered", run).hasSize(TRIALS);
        assertThat(answered.values())
                .as("%s: contestant attempts with an answer, by trial", run)
                .containsOnly(1L);
    }

    private static boolean answered(Attempt attempt) {
        return attempt.end().filter(end -> end.failure().isEmpty()).isPresent();
    }

    private static Map<TrialKey, Long> judged(List<Attempt> attempts) {
        return attempts.stream()
                .filter(a -> !a.role().equals(Attempt.CONTESTANT) && answered(a))
                .collect(Collectors.groupingBy(Attempt::trial, Collectors.counting()));
    }

    private static void sameLines(
            KilledRun run,
            String what,
            List<Map<String, @Nullable Object>> actual,
            List<Map<String, @Nullable Object>> expected) {
        assertThat(actual).as("%s: %s", run, what).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            Map<String, @Nullable Object> line = expected.get(i);
            assertThat(differences(actual.get(i), line))
                    .as(
                            "%s: %s, line %s (%s, %s): fields that differ from an uninterrupted run",
                            run, what, i + 1, line.get("model"), line.get("sample"))
                    .isEmpty();
        }
    }

    private static Map<String, String> differences(Map<String, ?> actual, Map<String, ?> expected) {
        Map<String, String> found = new LinkedHashMap<>();
        Set<String> keys = new HashSet<>(actual.keySet());
        keys.addAll(expected.keySet());
        for (String key : keys) {
            String is = PlainJson.write(actual.get(key));
            String should = PlainJson.write(expected.get(key));
            if (!is.equals(should)) {
                found.put(key, is + " in place of " + should);
            }
        }
        return found;
    }

    private static List<Map<String, @Nullable Object>> samples(KilledRun run) {
        return read(run, "samples.jsonl")
                .lines()
                .map(line -> without(PlainJson.readObject(line), SAMPLE_FIELDS_OF_THE_DAY))
                .toList();
    }

    private static List<Map<String, @Nullable Object>> rows(KilledRun run) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        if (json(run, "leaderboard.json").get("rows") instanceof List<?> list) {
            for (Object row : list) {
                Map<String, @Nullable Object> fields = without(plain(row), List.of("latency_ms", "speed"));
                fields.put("pareto", without(plain(fields.get("pareto")), List.of("latency")));
                rows.add(fields);
            }
        }
        assertThat(rows).as("rows of leaderboard.json").isNotEmpty();
        return rows;
    }

    private static Map<String, @Nullable Object> plain(@Nullable Object map) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        ((Map<?, ?>) map).forEach((key, value) -> fields.put((String) key, value));
        return fields;
    }

    private static Map<String, @Nullable Object> without(Map<String, @Nullable Object> map, List<String> keys) {
        Map<String, @Nullable Object> fields = new HashMap<>(map);
        keys.forEach(key -> assertThat(fields.keySet()).as("fields").contains(key));
        fields.keySet().removeAll(keys);
        return fields;
    }

    private static Map<String, @Nullable Object> json(KilledRun run, String file) {
        return PlainJson.readObject(read(run, file));
    }

    private static String read(KilledRun run, String file) {
        try {
            return Files.readString(run.resultFolder().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean python() {
        return Tools.works("python3", "-c", "pass");
    }
}
