package dev.rtel.graders.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.eval.Sample;
import dev.rtel.graders.SharedData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RubricTest {
    private static Rubric of(Map<String, ?> rubric) {
        return Rubric.of(
                Sample.builder("s").input("?").fields(Map.of("rubric", rubric)).build());
    }

    @Test
    void entriesWithoutIdsAreNumbered() {
        Rubric rubric = of(Map.of(
                "checkpoints", List.of(List.of("starts", 1L), List.of("ends", 2L)),
                "fatal", List.of("guesses", "cites itself"),
                "max_points", 3L,
                "pass_rule", "all two checkpoints earned and no fatal error",
                "accept_also", List.of("descent", "induction")));
        assertThat(rubric.checkpoints()).containsExactly(Map.entry("c1", "starts"), Map.entry("c2", "ends"));
        assertThat(rubric.fatal()).containsExactly(Map.entry("f1", "guesses"), Map.entry("f2", "cites itself"));
        assertThat(rubric.acceptAlso()).isEqualTo("descent; induction");
    }

    @Test
    void aGivenIdMayNotBeTakenByANumber() {
        assertThatThrownBy(() -> of(Map.of("checkpoints", List.of(Map.of("id", "c2", "text", "starts"), "ends"))))
                .hasMessageContaining("the id 'c2' twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "all",
                "all checkpoints",
                "All 2 checkpoints met and no fatal error",
                "all two checkpoints are earned"
            })
    void theOneRuleMayBeWorded(String rule) {
        assertThat(of(Map.of("checkpoints", List.of("a", "b"), "pass_rule", rule))
                        .checkpoints())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "most",
                "all but one checkpoint",
                "all three checkpoints",
                "at least 3 points",
                "all checkpoints or luck"
            })
    void anotherRuleIsRefused(String rule) {
        assertThatThrownBy(() -> of(Map.of("checkpoints", List.of("a", "b"), "pass_rule", rule)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pass_rule");
    }

    @Test
    void pointsThatDoNotAddUpAreRefused() {
        Map<String, Object> rubric = new LinkedHashMap<>();
        rubric.put("checkpoints", List.of(List.of("a", 1L), List.of("b", 1L)));
        rubric.put("max_points", 4L);
        assertThatThrownBy(() -> of(rubric)).hasMessageContaining("max_points is '4', but the checkpoints give 2");
        rubric.put("checkpoints", List.of(List.of("a", 0L)));
        assertThatThrownBy(() -> of(rubric)).hasMessageContaining("gives 0 points");
        rubric.put("checkpoints", List.of(List.of("a")));
        assertThatThrownBy(() -> of(rubric))
                .hasMessageContaining("'[a]', expected {id, text}, a text, or [text, points]");
    }

    @Test
    void theRubricsOfTheCorpusAreReadAsTheyStand() {
        Map<String, Object> all = SharedData.object(SharedData.text("graders/judge-rubrics.json"));
        assertThat(all).isNotEmpty();
        all.forEach((id, value) -> {
            Map<String, Object> rubric = new LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((key, entry) -> rubric.put(String.valueOf(key), entry));
            rubric.remove("statement");
            assertThat(of(rubric).checkpoints()).as(id).containsOnlyKeys("c1", "c2", "c3", "c4");
        });
    }
}
