package dev.rtel.graders.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.eval.GradingDetail;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Score;
import dev.rtel.eval.Target;
import dev.rtel.graders.SharedData;
import dev.rtel.spi.Grader;
import dev.rtel.spi.GraderProvider;
import dev.rtel.testkit.ScriptedGradingContext;
import dev.rtel.testkit.SimpleContext;
import dev.rtel.testkit.Submissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExtractionCorpusTest {
    @Test
    void everyReplyOfTheCorpusIsReadAsStated() throws InterruptedException {
        List<String> wrong = new ArrayList<>();
        List<Map<String, Object>> items = SharedData.lines("graders/extraction.jsonl");
        for (Map<String, Object> item : items) {
            String text = (String) item.get("reply");
            String kind = (String) item.get("kind");
            String gold = (String) item.get("gold");
            Sample sample = Sample.builder((String) item.get("id"))
                    .input("?")
                    .target(kind.equals("boolean") ? Target.of(Boolean.parseBoolean(gold)) : Target.of(gold))
                    .locale((String) item.get("locale"))
                    .build();
            Grader grader = provider(kind).create(SimpleContext.of(Map.of()));
            assertThat(grader.check(sample)).isEmpty();
            var score = (Score.Graded) grader.grade(
                    Submissions.of(sample, text, (String) item.get("finish_reason")),
                    ScriptedGradingContext.withoutRoles());
            String status = ((GradingDetail.Extraction) score.detail()).status().replace('-', '_');
            boolean abstained = Boolean.TRUE.equals(item.get("abstain_ok")) && status.equals("no_answer");
            boolean same = status.equals(item.get("status"))
                    && score.answer().equals(java.util.Optional.ofNullable((String) item.get("expected")));
            boolean verdict = (score.value() == 1) == item.get("verdict").equals("pass");
            if (!(same || abstained) || !verdict) {
                wrong.add(item.get("id") + ": " + status + " " + score.answer() + " " + score.detail() + ", expected "
                        + item.get("status") + " " + item.get("expected"));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(items).hasSize(60);
    }

    static GraderProvider provider(String kind) {
        return switch (kind) {
            case "numeric" -> new ExactNumericGraderProvider();
            case "boolean" -> new BooleanGraderProvider();
            default -> new MultipleChoiceGraderProvider();
        };
    }
}
