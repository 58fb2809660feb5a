package dev.rtel.tasks.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.eval.Sample;
import dev.rtel.spi.Task;
import dev.rtel.tasks.internal.SplitMix;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules that the samples of every generator keep. */
class GeneratedRulesTest {
    private static List<String> generators() {
        return Made.NAMES;
    }

    private static List<String> logic() {
        return Made.LOGIC;
    }

    @Test
    void theGeneratorsAreThoseOfTheListing() {
        assertThat(GeneratedTaskFile.generators().stream().map(GeneratedTaskFile.Description::name))
                .containsExactlyElementsOf(Made.NAMES);
    }

    @ParameterizedTest
    @MethodSource("generators")
    void noProblemIsAskedTwice(String name) {
        List<Sample> samples = Made.thousand(name);
        assertThat(samples).hasSize(1000);
        assertThat(samples.stream().map(Sample::id)).doesNotHaveDuplicates();
        assertThat(samples.stream().map(Made::input)).doesNotHaveDuplicates();
        // a program with another name is another problem, other names in a story are not
        Set<String> problems =
                samples.stream().map(GeneratedRulesTest::withoutNames).collect(Collectors.toSet());
        assertThat(problems).hasSizeGreaterThanOrEqualTo(name.equals("bug-mutation") ? 900 : 1000);
    }

    /** Each word replaced by the number of different words before its first occurrence. */
    private static String withoutNames(Sample sample) {
        Map<String, Integer> seen = new HashMap<>();
        return Pattern.compile("[A-Za-z_]+")
                .matcher(Made.input(sample))
                .replaceAll(word -> "w" + seen.computeIfAbsent(word.group(), w -> seen.size()));
    }

    @ParameterizedTest
    @MethodSource("generators")
    void everySampleCarriesWhatTheBundledOnesDo(String name) {
        Task task = Made.task(name + "?seed=5&n=60");
        assertThat(task.name()).isEqualTo("generated-" + name).matches("[a-z0-9-]+");
        assertThat(task.answerFormat()).isEqualTo(Task.AUTO_FORMAT);
        for (Sample sample : task.samples()) {
            assertThat(sample.metadata().keySet())
                    .as(sample.id())
                    .contains(
                            "title", "difficulty", "chance", "workload_unit", "licence", "source", "checks", "canary");
            assertThat(sample.metadata())
                    .containsEntry("licence", "Apache-2.0")
                    .containsEntry("canary", "RTEL-CANARY 5b1f0c0e-7d52-4f0e-9a66-2f6d1c3a9e41");
            assertThat((List<?>) Made.metadata(sample, "checks")).hasSizeGreaterThanOrEqualTo(2);
            assertThat(new BigDecimal(Made.metadata(sample, "chance").toString()))
                    .as(sample.id())
                    .isBetween(BigDecimal.ZERO, new BigDecimal("0.0625"));
            Map<?, ?> source = (Map<?, ?>) Made.metadata(sample, "source");
            Map<?, ?> generator = (Map<?, ?>) source.get("generator");
            assertThat(generator.get("name")).isEqualTo(name);
            assertThat(generator.get("version")).isEqualTo("1");
            assertThat(generator.get("seed")).isEqualTo(5L);
            List<String> tags =
                    new ArrayList<>(List.of("generated", "difficulty:" + Made.metadata(sample, "difficulty")));
            ((Map<?, ?>) generator.get("params")).forEach((key, value) -> tags.add(key + ":" + value));
            assertThat(sample.tags()).as(sample.id()).containsAll(tags).doesNotHaveDuplicates();
            assertThat(sample.workload().orElseThrow()).isPositive();
            assertThat(Made.input(sample))
                    .doesNotContain("RTEL", "CANARY", sample.id(), "Final answer")
                    .doesNotContain(Made.metadata(sample, "title").toString())
                    .doesNotContain("%s", "%d", "null");
        }
    }

    @ParameterizedTest
    @MethodSource("generators")
    void theWorkloadVariesByAFactorOfFourInAMixedRequest(String name) {
        for (int seed = 1; seed <= 10; seed++) {
            double[] workloads = Made.task(name + "?seed=" + seed + "&n=30").samples().stream()
                    .mapToDouble(s -> s.workload().orElseThrow())
                    .sorted()
                    .toArray();
            assertThat(workloads[29]).as(name + " " + seed).isGreaterThanOrEqualTo(4 * workloads[0]);
        }
    }

    @ParameterizedTest
    @MethodSource("generators")
    void harderLevelsHaveMoreWork(String name) {
        List<Double> means = List.of("easy", "medium", "hard").stream()
                .map(level -> Made.task(name + "?n=90&difficulty=" + level).samples().stream()
                        .mapToDouble(s -> s.workload().orElseThrow())
                        .average()
                        .orElseThrow())
                .toList();
        assertThat(means).as(name).isSorted();
    }

    @ParameterizedTest
    @MethodSource("generators")
    void aLongerRequestStartsWithTheSamplesOfAShorterOne(String name) {
        List<Sample> twelve = Made.task(name + "?seed=9&n=12").samples();
        assertThat(Made.task(name + "?seed=9&n=40").samples().subList(0, 12)).isEqualTo(twelve);
        assertThat(Made.task(name + "?seed=10&n=12").samples().stream().map(Made::input))
                .doesNotContainAnyElementsOf(twelve.stream().map(Made::input).toList());
    }

    @ParameterizedTest
    @MethodSource("generators")
    void aThousandSamplesTakeAFewSeconds(String name) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        Made.task(name + "?seed=3&n=1000");
        // of this thread alone: other work on the machine does not count
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @MethodSource("logic")
    void truthIsBalancedAndNoPositionIsConstant(String name) {
        List<List<Boolean>> golds =
                Made.thousand(name).stream().map(Made::claims).toList();
        List<Boolean> all = golds.stream().flatMap(List::stream).toList();
        assertThat((double) all.stream().filter(t -> t).count() / all.size()).isBetween(0.48, 0.52);
        for (int position = 0; position < 5; position++) {
            int at = position;
            List<Boolean> here = golds.stream()
                    .filter(gold -> gold.size() > at)
                    .map(gold -> gold.get(at))
                    .toList();
            assertThat((double) here.stream().filter(t -> t).count() / here.size())
                    .as(name + " position " + position)
                    .isBetween(0.4, 0.6);
        }
    }

    @ParameterizedTest
    @MethodSource("logic")
    void noConstantAnswerAndNoCoinScoresAboveTenPercent(String name) {
        List<List<Boolean>> golds =
                Made.thousand(name).stream().map(Made::claims).toList();
        for (int bits = 0; bits < 32; bits++) {
            int constant = bits;
            long right = golds.stream()
                    .filter(gold -> gold.equals(vector(constant, gold.size())))
                    .count();
            assertThat(right / 1000.0).as(name + " " + vector(constant, 5)).isLessThanOrEqualTo(0.10);
        }
        SplitMix random = new SplitMix(20261125);
        long right = 0;
        for (int run = 0; run < 20; run++) {
            right += golds.stream()
                    .filter(gold -> gold.equals(vector(random.below(32), gold.size())))
                    .count();
        }
        assertThat(right / 20_000.0).as(name).isBetween(0.03, 0.08);
    }

    private static List<Boolean> vector(int bits, int size) {
        return IntStream.range(0, size).mapToObj(i -> (bits >> i & 1) == 1).toList();
    }

    /** What a form or wording gives away, any reader could learn: the truth of claims by their first words. */
    @ParameterizedTest
    @MethodSource("logic")
    void theWordingOfAClaimDoesNotTellItsTruth(String name) {
        Map<String, List<Boolean>> truths = new TreeMap<>();
        for (Sample sample : Made.thousand(name)) {
            String prompt = Made.input(sample);
            List<String> claims = prompt.substring(prompt.indexOf("Decide for each"))
                    .lines()
                    .filter(line -> line.matches("\\d\\. .*"))
                    .toList();
            for (int i = 0; i < claims.size(); i++) {
                truths.computeIfAbsent(form(claims.get(i)), k -> new ArrayList<>())
                        .add(Made.claims(sample).get(i));
            }
        }
        Set<String> seen = new TreeSet<>();
        truths.forEach((form, values) -> {
            if (values.size() >= 100) {
                seen.add(form);
                assertThat((double) values.stream().filter(t -> t).count() / values.size())
                        .as(name + ": " + form + " " + values.size())
                        .isBetween(0.35, 0.65);
            }
        });
        assertThat(seen).isNotEmpty();
    }

    private static String form(String claim) {
        return claim.contains(" or both")
                ? "or"
                : claim.contains("If ") && claim.contains("knight")
                        ? "if"
                        : claim.contains("same kind") || claim.contains("different kinds")
                                ? "kinds"
                                : claim.contains("Exactly")
                                        ? "exactly"
                                        : claim.contains("At least")
                                                ? "at least"
                                                : claim.contains(" and ") && claim.contains(" is a ")
                                                        ? "and"
                                                        : claim.contains(" is a ")
                                                                ? "is"
                                                                : claim.contains("list in place")
                                                                                || claim.contains("in place of")
                                                                        ? "swapped"
                                                                        : claim.contains("got on well")
                                                                                ? "struck"
                                                                                : claim.contains("did not get on")
                                                                                        ? "added"
                                                                                        : claim.contains("room for")
                                                                                                ? "room"
                                                                                                : "attribute";
    }
}
