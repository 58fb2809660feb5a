package dev.rtel.tasks.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.tasks.suite.Suite.Item;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rules that every bundled task and sample keeps. */
class SuiteRulesTest {
    private static final String CANARY = "RTEL-CANARY 5b1f0c0e-7d52-4f0e-9a66-2f6d1c3a9e41";
    /** Generous allowance for the answer-format line that a grader appends. */
    private static final int SUFFIX_WORDS = 60;

    private static final Map<String, List<String>> HEAD = Map.of(
            "aime-math", List.of("math", "exact-numeric"),
            "logic", List.of("logic", "boolean"),
            "code-debugging", List.of("code", "code-execution"),
            "formal-proofs", List.of("proof", "judge"));
    private static final Map<String, Set<String>> KEYS = Map.of(
            "aime-math", Set.of("id", "input", "target", "workload", "tags", "metadata"),
            "logic", Set.of("id", "input", "target", "workload", "tags", "metadata"),
            "code-debugging", Set.of("id", "input", "entry", "buggy", "cases", "workload", "tags", "metadata"),
            "formal-proofs", Set.of("id", "input", "rubric", "workload", "tags", "metadata"));

    @Test
    void everyFileHasTheHeadOfItsTask() {
        for (String task : Suite.TASKS) {
            JsonNode file = Suite.file(task);
            assertThat(file.propertyNames())
                    .as(task)
                    .containsExactly("task", "version", "category", "grader", "answer_format", "samples");
            assertThat(file.get("task").asString()).isEqualTo(task).matches("[a-z0-9-]+");
            assertThat(file.get("version").isString()).as(task).isTrue();
            assertThat(file.get("category").asString()).isEqualTo(HEAD.get(task).get(0));
            assertThat(file.get("grader").get("name").asString())
                    .isEqualTo(HEAD.get(task).get(1));
            assertThat(file.get("answer_format").asString()).isEqualTo("auto");
        }
    }

    @Test
    void everySampleHasExactlyTheKeysOfItsTask() {
        for (Item item : Suite.all()) {
            assertThat(item.node().propertyNames())
                    .as(item.id())
                    .containsExactlyInAnyOrderElementsOf(KEYS.get(item.task()));
        }
    }

    @Test
    void thereAreFiveSamplesATaskAndNoIdOccursTwice() {
        for (String task : Suite.TASKS) {
            assertThat(Suite.of(task)).as(task).hasSize(5);
        }
        assertThat(Suite.all().stream().map(Item::id))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("(math|logic|code|proof)-[a-z0-9]+-[0-9]{2}"));
        assertThat(Suite.all().stream().map(Item::input)).doesNotHaveDuplicates();
    }

    @Test
    void everyTaskHasEasyMediumAndHardSamples() {
        for (String task : Suite.TASKS) {
            Map<String, Long> counts = Suite.of(task).stream()
                    .map(item -> item.metadata().get("difficulty").asString())
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
            assertThat(counts).as(task).containsOnlyKeys("easy", "medium", "hard");
            assertThat(counts.get("medium")).as(task).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void promptsWithTheAnswerFormatStayBelowSixHundredWords() {
        for (Item item : Suite.all()) {
            assertThat(Suite.words(item.input()) + SUFFIX_WORDS).as(item.id()).isBetween(60 + 20, 600);
        }
    }

    @Test
    void nothingOfTheMetadataLeaksIntoThePrompt() {
        for (Item item : Suite.all()) {
            assertThat(item.input())
                    .as(item.id())
                    .doesNotContain("RTEL", "CANARY", item.id(), "Final answer")
                    .doesNotContain(item.metadata().get("title").asString());
        }
    }

    @Test
    void everySampleCarriesLicenceSourceCanaryAndChecks() {
        for (Item item : Suite.all()) {
            JsonNode metadata = item.metadata();
            assertThat(metadata.get("licence").asString()).as(item.id()).isEqualTo("Apache-2.0");
            assertThat(metadata.get("source").get("kind").asString())
                    .as(item.id())
                    .isEqualTo("own");
            assertThat(metadata.get("source").get("created").asString())
                    .as(item.id())
                    .matches("2026-\\d\\d-\\d\\d");
            assertThat(metadata.get("canary").asString()).as(item.id()).isEqualTo(CANARY);
            assertThat(metadata.get("title").asString()).as(item.id()).isNotBlank();
            assertThat(metadata.get("workload_unit").asString()).as(item.id()).isNotBlank();
            assertThat(metadata.get("chance").asDouble(-1)).as(item.id()).isBetween(0.0, 1.0 / 16);
            assertThat(Suite.texts(metadata.get("checks")))
                    .as(item.id())
                    .hasSizeGreaterThanOrEqualTo(2)
                    .doesNotHaveDuplicates();
            assertThat(Suite.texts(item.node().get("tags")))
                    .as(item.id())
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void theWorkloadVariesByAFactorOfFourInsideATask() {
        for (String task : Suite.TASKS) {
            List<Double> workloads = Suite.of(task).stream()
                    .map(item -> item.node().get("workload").asDouble())
                    .sorted()
                    .toList();
            assertThat(workloads.get(0)).as(task).isPositive();
            assertThat(workloads.get(4)).as(task).isGreaterThanOrEqualTo(4 * workloads.get(0));
            assertThat(Suite.of(task).stream()
                            .map(item -> item.metadata().get("workload_unit"))
                            .distinct())
                    .as(task)
                    .hasSize(1);
        }
    }
}
