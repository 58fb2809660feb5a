package dev.rtel.tasks.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.tasks.suite.Suite.Item;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The shape of the rubrics and of the written proofs beside them. */
class ProofSamplesTest {
    private static void assertNumbered(String id, JsonNode entries, String letter, int least, int most) {
        List<String> ids = new ArrayList<>();
        for (JsonNode entry : entries) {
            assertThat(entry.propertyNames()).as(id).containsExactly("id", "text");
            assertThat(entry.get("text").asString()).as(id).isNotBlank();
            ids.add(entry.get("id").asString());
        }
        assertThat(ids).as(id).hasSizeBetween(least, most);
        for (int i = 0; i < ids.size(); i++) {
            assertThat(ids.get(i)).as(id).isEqualTo(letter + (i + 1));
        }
    }

    @Test
    void everyRubricHasCheckpointsFatalErrorsAndAPassRule() {
        for (Item item : Suite.of("formal-proofs")) {
            JsonNode rubric = item.node().get("rubric");
            assertThat(rubric.propertyNames())
                    .as(item.id())
                    .containsExactly("checkpoints", "fatal", "accept_also", "pass_rule");
            assertNumbered(item.id(), rubric.get("checkpoints"), "c", 3, 5);
            assertNumbered(item.id(), rubric.get("fatal"), "f", 1, 5);
            assertThat(rubric.get("accept_also").asString()).as(item.id()).isNotBlank();
            assertThat(rubric.get("pass_rule").asString()).as(item.id()).isEqualTo("all");
        }
    }

    @Test
    void everySampleHasAReferenceProofOfFortyWordsOrMore() {
        for (Item item : Suite.of("formal-proofs")) {
            String reference = item.metadata().get("reference").asString();
            assertThat(Suite.words(reference)).as(item.id()).isBetween(40, 300);
        }
    }

    @Test
    void everyBadProofContainsTheFlawedSentenceWordForWord() {
        for (Item item : Suite.of("formal-proofs")) {
            JsonNode bad = item.metadata().get("bad_proofs");
            String reference = item.metadata().get("reference").asString();
            assertThat(bad.size()).as(item.id()).isEqualTo(2);
            for (JsonNode proof : bad) {
                String where = proof.get("where").asString();
                assertThat(Suite.words(where)).as(item.id()).isGreaterThanOrEqualTo(6);
                assertThat(proof.get("text").asString()).as(item.id()).containsOnlyOnce(where);
                assertThat(Suite.words(proof.get("text").asString()))
                        .as(item.id())
                        .isGreaterThanOrEqualTo(40);
                assertThat(reference).as(item.id()).doesNotContain(where);
                assertThat(proof.get("what").asString()).as(item.id()).isNotBlank();
            }
        }
    }

    @Test
    void promptsDoNotContainTheRubricOrTheReference() {
        for (Item item : Suite.of("formal-proofs")) {
            for (JsonNode checkpoint : item.node().get("rubric").get("checkpoints")) {
                assertThat(item.input()).doesNotContain(checkpoint.get("text").asString());
            }
            String reference = item.metadata().get("reference").asString();
            assertThat(item.input()).doesNotContain(reference.substring(0, 40));
        }
    }
}
