package dev.rtel.graders.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.common.PlainJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Replies of many kinds and languages, each with what the extraction contract says about it. */
class OwnCorpusTest {
    private static List<Map<String, @Nullable Object>> replies() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(OwnCorpusTest.class.getResourceAsStream("/answers/replies.jsonl"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(PlainJson::readObject)
                    .toList();
        }
    }

    private static Extracted extract(Map<String, @Nullable Object> item, String reply) {
        ValueForm form = switch (String.valueOf(item.get("kind"))) {
            case "numeric" -> new NumberForm(String.valueOf(item.get("locale")));
            case "boolean" -> new TruthForm();
            default -> new ChoiceForm(10);
        };
        return AnswerExtractor.extract(reply, "length".equals(item.get("finish_reason")), form);
    }

    private static @Nullable String value(Extracted extracted) {
        return extracted.reading().isOne() ? extracted.reading().value() : null;
    }

    @Test
    void everyReplyIsReadAsTheContractSays() throws IOException {
        List<String> wrong = new ArrayList<>();
        int abstained = 0;
        List<Map<String, @Nullable Object>> items = replies();
        for (Map<String, @Nullable Object> item : items) {
            Extracted extracted = extract(item, String.valueOf(item.get("reply")));
            String value = value(extracted);
            if (extracted.status().replace('-', '_').equals(item.get("status"))
                    && Objects.equals(value, item.get("expected"))) {
                continue;
            }
            if (value == null && Boolean.TRUE.equals(item.get("abstain_ok"))) {
                abstained++;
            } else {
                wrong.add(item.get("id") + " " + item.get("reply") + ": " + extracted + ", expected "
                        + item.get("status") + " " + item.get("expected"));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(items).hasSizeGreaterThan(1400);
        assertThat(abstained).as("replies on which abstaining is tolerated").isLessThan(items.size() / 15);
    }

    @Test
    void noReplyThatShouldFailPasses() throws IOException {
        List<Map<String, @Nullable Object>> items = replies();
        assertThat(items)
                .filteredOn(item -> "fail".equals(item.get("verdict")))
                .hasSizeGreaterThan(250)
                .allSatisfy(item -> assertThat(value(extract(item, String.valueOf(item.get("reply")))))
                        .as("%s %s", item.get("id"), item.get("reply"))
                        .isNotEqualTo(item.get("gold")));
    }

    @Test
    void theSpanHoldsWhatWasRead() throws IOException {
        int checked = 0;
        for (Map<String, @Nullable Object> item : replies()) {
            String reply = String.valueOf(item.get("reply"));
            Extracted extracted = extract(item, reply);
            if (extracted.reading().isOne()) {
                String span = reply.substring(extracted.start(), extracted.end());
                Map<String, @Nullable Object> whole = new HashMap<>(item);
                whole.put("finish_reason", "stop");
                assertThat(extract(whole, "Final answer: " + span).reading())
                        .as("'%s' of %s %s", span, item.get("id"), reply)
                        .isEqualTo(extracted.reading());
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(600);
    }

    @Test
    void proseAndOtherMarkersBeforeAnExplicitAnswerChangeNothing() throws IOException {
        String before = "First we look at case 3. Is it true? Perhaps 17 or 19, perhaps option B.\n\n"
                + "Final answer: 41\n\nThat was hasty, so once more.\n\n";
        int checked = 0;
        for (Map<String, @Nullable Object> item : replies()) {
            String reply = String.valueOf(item.get("reply"));
            Extracted alone = extract(item, reply);
            if (alone.tier() == 1 && alone.reading().isOne() && !reply.contains("</")) {
                assertThat(extract(item, before + reply).reading())
                        .as("%s %s", item.get("id"), reply)
                        .isEqualTo(alone.reading());
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(400);
    }
}
