package dev.rtel.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.config.ConfigException;
import dev.rtel.tasks.JudgeCorpus.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeCorpusTest {
    private static final String LINE =
            "{\"id\": \"a\", \"statement_id\": \"s\", \"statement\": \"Prove it.\", \"class\": \"correct\", \"proof\": \"So it is.\","
                    + " \"expected_verdict\": \"pass\", \"injection\": false, \"flaw\": null}";

    @TempDir
    Path folder;

    private JudgeCorpus read(String proofs, String rubrics) throws IOException {
        return JudgeCorpus.read(
                Files.writeString(folder.resolve("corpus.jsonl"), proofs),
                Optional.of(Files.writeString(folder.resolve("rubrics.json"), rubrics)));
    }

    @Test
    void theBundledCorpusHasEveryClassOfEveryStatement() {
        JudgeCorpus corpus = JudgeCorpus.bundled();
        Map<String, List<String>> kinds = corpus.proofs().stream()
                .collect(Collectors.groupingBy(
                        Proof::statementId, Collectors.mapping(Proof::kind, Collectors.toList())));
        assertThat(kinds)
                .hasSize(5)
                .allSatisfy(
                        (id, all) -> assertThat(all).containsExactlyInAnyOrder("correct", "subtle_flaw", "hostile"));
        assertThat(corpus.proofs()).filteredOn(p -> p.kind().equals("hostile")).allMatch(Proof::injection);
        assertThat(corpus.proofs())
                .as("neither obeying nor punishing orders wins")
                .filteredOn(p -> p.kind().equals("hostile") && p.passExpected())
                .hasSize(1);
        assertThat(corpus.samples()).allSatisfy(sample -> {
            assertThat(sample.fields()).containsKey("rubric");
            assertThat(sample.metadata()).containsKey("reference");
        });
    }

    @Test
    void flawsAreQuotedWordForWordAndProofsAreNoCopiesOfTheReference() {
        JudgeCorpus corpus = JudgeCorpus.bundled();
        for (int i = 0; i < corpus.proofs().size(); i++) {
            Proof proof = corpus.proofs().get(i);
            proof.flaw().ifPresent(where -> assertThat(proof.text()).containsOnlyOnce(where));
            assertThat(proof.flaw().isPresent()).as(proof.id()).isEqualTo(!proof.passExpected());
            assertThat(String.valueOf(corpus.samples().get(i).metadata().get("reference")))
                    .doesNotContain(proof.text().substring(0, 60));
        }
    }

    @Test
    void aForeignCorpusBringsItsRubrics() throws IOException {
        JudgeCorpus corpus =
                read(LINE + "\n\n" + LINE.replace("\"a\"", "\"b\""), "{\"s\": {\"checkpoints\": [[\"proves\", 1]]}}");
        assertThat(corpus.samples()).extracting(s -> s.id()).containsExactly("a", "b");
        assertThat(corpus.samples().get(0).fields())
                .containsEntry("rubric", Map.of("checkpoints", List.of(List.of("proves", 1L))));
        assertThat(corpus.sha256())
                .isNotEqualTo(read(LINE, "{\"s\": {\"checkpoints\": [[\"shows\", 1]]}}")
                        .sha256());
    }

    @Test
    void whatIsWrongIsToldWithItsPlace() {
        assertThatThrownBy(() ->
                        read(LINE.replace("correct", "right") + "\n" + LINE.replace("\"s\"", "\"t\""), "{\"s\": {}}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("corpus.jsonl:1")
                .hasMessageContaining("class")
                .hasMessageContaining("[correct, subtle_flaw, hostile]");
        assertThatThrownBy(() -> read(LINE.replace("\"s\"", "\"t\""), "{\"s\": {\"checkpoints\": []}}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no rubric of the statement 't'")
                .hasMessageContaining("rubrics.json");
        assertThatThrownBy(() -> read(LINE.replace("\"pass\"", "\"fail\""), "{\"s\": {}}"))
                .hasMessageContaining("does not fit the class 'correct'");
        assertThatThrownBy(() -> read(LINE + "\n" + LINE, "{\"s\": {}}")).hasMessageContaining("corpus.jsonl:2");
        assertThatThrownBy(() -> read("\n", "{}")).hasMessageContaining("holds no proof");
        assertThatThrownBy(() -> read(LINE.replace("\"proof\"", "\"prof\""), "{\"s\": {}}"))
                .hasMessageContaining("'prof'");
    }
}
