package dev.rtel.analysis;

import static dev.rtel.analysis.GoldenVectors.close;
import static dev.rtel.analysis.GoldenVectors.list;
import static dev.rtel.analysis.GoldenVectors.map;
import static dev.rtel.analysis.GoldenVectors.number;
import static dev.rtel.analysis.GoldenVectors.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.eval.Leaderboard.Interval;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class GoldenVectorsTest {
    @TestFactory
    Stream<DynamicTest> wilsonIntervals() throws IOException {
        return GoldenVectors.of("wilson", (input, expect) -> {
            int k = (int) whole(input.get("k")).orElseThrow();
            int n = (int) whole(input.get("n")).orElseThrow();
            double confidence = number(input.get("confidence")).orElseThrow();
            Map<String, @Nullable Object> want = map(expect);
            check(Wilson.interval(k, n, confidence), want);
            if (confidence == 0.95) {
                check(Wilson.interval(k, n), want);
            }
        });
    }

    private static void check(Optional<Interval> got, Map<String, @Nullable Object> want) {
        close("p", got.map(i -> OptionalDouble.of(i.estimate())).orElse(OptionalDouble.empty()), want.get("p"));
        close("lower", got.map(Interval::lower).orElse(OptionalDouble.empty()), want.get("lower"));
        close("upper", got.map(Interval::upper).orElse(OptionalDouble.empty()), want.get("upper"));
    }

    @TestFactory
    Stream<DynamicTest> percentiles() throws IOException {
        return GoldenVectors.of("percentile", (input, expect) -> {
            double[] values = list(input.get("values")).stream()
                    .filter(Objects::nonNull)
                    .mapToDouble(v -> number(v).orElseThrow())
                    .toArray();
            map(map(expect).get("quantiles"))
                    .forEach((p, want) -> close("p" + p, Percentile.of(values, Double.parseDouble(p)), want));
        });
    }

    @TestFactory
    Stream<DynamicTest> efficiencies() throws IOException {
        return GoldenVectors.of("efficiency", (input, expect) -> {
            List<EfficiencySummary.Item> items = new ArrayList<>();
            for (Object sample : list(input.get("samples"))) {
                Map<String, @Nullable Object> fields = map(sample);
                items.add(new EfficiencySummary.Item(
                        Boolean.TRUE.equals(fields.get("passed")),
                        whole(fields.get("reasoning_tokens")),
                        whole(fields.get("completion_tokens")),
                        true,
                        number(fields.get("cost")),
                        number(fields.get("latency"))));
            }
            EfficiencySummary got = EfficiencySummary.of(
                    items, number(input.get("min_coverage")).orElseThrow());
            Map<String, @Nullable Object> want = map(expect);
            assertThat((long) got.n()).isEqualTo(want.get("n"));
            assertThat((long) got.correct()).isEqualTo(want.get("correct"));
            assertThat((long) got.known()).isEqualTo(want.get("known"));
            assertThat((long) got.invalid()).isEqualTo(want.get("invalid"));
            assertThat((long) got.costKnown()).isEqualTo(want.get("cost_known"));
            assertThat(got.status().name()).isEqualTo(want.get("status"));
            assertThat(got.status().rankable()).isEqualTo(want.get("rankable"));
            close("accuracy", got.accuracy(), want.get("accuracy"));
            close("coverage", got.coverage(), want.get("coverage"));
            close("mean", got.meanReasoningTokens(), want.get("mean_reasoning_tokens"));
            close("efficiency", got.efficiency(), want.get("efficiency"));
            close("matched", got.matched(), want.get("efficiency_matched"));
            close("total", got.totalKnownCost(), want.get("total_known_cost"));
            close("mean cost", got.meanCost(), want.get("mean_cost"));
            close("cost per correct", got.costPerCorrect(), want.get("cost_per_correct"));
            close("p50", got.latencyP50(), want.get("latency_p50"));
            close("p95", got.latencyP95(), want.get("latency_p95"));
        });
    }

    @TestFactory
    Stream<DynamicTest> rankings() throws IOException {
        return GoldenVectors.of("ranking", (input, expect) -> {
            List<Ranking.Entry> entries = new ArrayList<>();
            for (Object row : list(input.get("rows"))) {
                Map<String, @Nullable Object> fields = map(row);
                entries.add(new Ranking.Entry(
                        String.valueOf(fields.get("id")),
                        number(fields.get("value")),
                        Boolean.TRUE.equals(fields.get("rankable")),
                        number(fields.get("accuracy")),
                        number(fields.get("mean_cost"))));
            }
            List<Ranking.Place> got = Ranking.of(entries);
            assertThat(got.stream().map(Ranking.Place::id).toList())
                    .isEqualTo(map(expect).get("order"));
            List<@Nullable Object> ranks = new ArrayList<>();
            got.forEach(p -> ranks.add(p.rank().isPresent() ? (long) p.rank().getAsInt() : null));
            assertThat(ranks).isEqualTo(map(expect).get("rank"));
        });
    }

    @TestFactory
    Stream<DynamicTest> reasoningModes() throws IOException {
        return GoldenVectors.of(
                "reasoning-off",
                (input, expect) -> assertThat(
                                ReasoningMode.of(whole(input.get("reasoning")), whole(input.get("completion")))
                                        .name())
                        .isEqualTo(map(expect).get("mode")));
    }

    @TestFactory
    Stream<DynamicTest> speeds() throws IOException {
        return GoldenVectors.of("speed", (input, expect) -> {
            List<SpeedSummary.Run> runs = new ArrayList<>();
            for (Object run : list(input.get("runs"))) {
                Map<String, @Nullable Object> fields = map(run);
                runs.add(new SpeedSummary.Run(
                        whole(fields.get("output_tokens")),
                        number(fields.get("total_s")),
                        number(fields.get("ttft_s"))));
            }
            SpeedSummary got = SpeedSummary.of(runs);
            Map<String, @Nullable Object> want = map(expect);
            List<?> tps = list(want.get("tps"));
            assertThat(got.tps()).hasSize(tps.size());
            for (int i = 0; i < tps.size(); i++) {
                close("tps of run " + i, got.tps().get(i), tps.get(i));
            }
            close("median tps", got.medianTps(), want.get("median_tps"));
            close("median ttft", got.medianTtft(), want.get("median_ttft"));
            assertThat((long) got.used()).isEqualTo(want.get("used"));
        });
    }

    @TestFactory
    Stream<DynamicTest> decompositions() throws IOException {
        return GoldenVectors.of("decomposition", (input, expect) -> {
            List<TokenDecomposition.Item> items = new ArrayList<>();
            for (Object sample : list(input.get("samples"))) {
                Map<String, @Nullable Object> fields = map(sample);
                OptionalLong tokens = whole(fields.get("tokens"));
                items.add(new TokenDecomposition.Item(
                        Boolean.TRUE.equals(fields.get("correct")),
                        Boolean.TRUE.equals(fields.get("completed")),
                        tokens));
            }
            TokenDecomposition got = TokenDecomposition.of(items);
            Map<String, @Nullable Object> want = map(expect);
            assertThat((long) got.n()).isEqualTo(want.get("n"));
            assertThat((long) got.completed()).isEqualTo(want.get("completed"));
            assertThat((long) got.correct()).isEqualTo(want.get("correct"));
            assertThat((long) got.truncatedCorrect()).isEqualTo(want.get("truncated_correct"));
            assertThat(got.identityExact()).isEqualTo(want.get("identity_exact"));
            close("accuracy", got.accuracy(), want.get("accuracy"));
            close("r_ctx", got.completionRate(), want.get("r_ctx"));
            close("r_logic", got.conditionalAccuracy(), want.get("r_logic"));
            close("token coverage", got.tokenCoverage(), want.get("token_coverage"));
            close("mean tokens", got.meanTokens(), want.get("mean_tokens"));
            close("e0", got.e0(), want.get("e0"));
        });
    }

    @TestFactory
    Stream<DynamicTest> rankBounds() throws IOException {
        return GoldenVectors.of("rank-bounds", (input, expect) -> {
            List<RankBounds.Bounds> rows = new ArrayList<>();
            List<String> ids = new ArrayList<>();
            for (Object row : list(input.get("rows"))) {
                ids.add(String.valueOf(map(row).get("id")));
                rows.add(new RankBounds.Bounds(
                        number(map(row).get("lower")).orElseThrow(),
                        number(map(row).get("upper")).orElseThrow()));
            }
            List<RankBounds> got = RankBounds.of(rows);
            assertThat(got).hasSize(map(expect).size());
            for (int i = 0; i < got.size(); i++) {
                Map<String, @Nullable Object> want = map(map(expect).get(ids.get(i)));
                assertThat((long) got.get(i).best()).as(ids.get(i)).isEqualTo(want.get("best"));
                assertThat((long) got.get(i).worst()).as(ids.get(i)).isEqualTo(want.get("worst"));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> paretoFrontiers() throws IOException {
        return GoldenVectors.of("pareto", (input, expect) -> {
            List<ParetoFrontier.Point> points = new ArrayList<>();
            List<String> ids = new ArrayList<>();
            for (Object point : list(input.get("points"))) {
                ids.add(String.valueOf(map(point).get("id")));
                points.add(new ParetoFrontier.Point(
                        number(map(point).get("cost")), number(map(point).get("quality"))));
            }
            List<Boolean> got = ParetoFrontier.of(points);
            List<?> frontier = list(map(expect).get("frontier"));
            for (int i = 0; i < got.size(); i++) {
                assertThat(got.get(i)).as(ids.get(i)).isEqualTo(frontier.contains(ids.get(i)));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> clusteredErrors() throws IOException {
        return GoldenVectors.of("standard-errors", (input, expect) -> {
            List<Double> scores = new ArrayList<>();
            list(input.get("scores")).forEach(s -> scores.add(number(s).orElseThrow()));
            List<String> clusters = new ArrayList<>();
            list(input.get("clusters")).forEach(c -> clusters.add(String.valueOf(c)));
            ClusteredError got = ClusteredError.of(scores, clusters);
            Map<String, @Nullable Object> want = map(expect);
            assertThat((long) got.n()).isEqualTo(want.get("n"));
            assertThat((long) got.clusters()).isEqualTo(want.get("clusters"));
            close("mean", got.mean(), want.get("mean"));
            close("se", got.standardError(), want.get("se_clustered"));
            if (want.get("ci95_clustered") != null) {
                double half = got.normalHalfWidth().orElseThrow();
                double mean = got.mean().orElseThrow();
                List<?> bounds = list(want.get("ci95_clustered"));
                close("lower", OptionalDouble.of(mean - half), bounds.get(0));
                close("upper", OptionalDouble.of(mean + half), bounds.get(1));
            }
        });
    }
}
