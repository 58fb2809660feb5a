package dev.rtel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.common.PlainJson;
import dev.rtel.eval.Completion;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatReplyTest {
    private static Completion message(String message) {
        return ChatReply.fromRaw("{\"choices\":[{\"message\":" + message.replace('\'', '"') + "}]}");
    }

    private static Completion content(String text) {
        return message("{\"content\":" + PlainJson.write(text) + "}");
    }

    @Test
    void aFullReplyIsRead() {
        String body = """
                {"id":"gen-1","model":"openai/gpt-5-mini-2025-08-07","provider":"OpenAI","choices":[{"index":0,
                "finish_reason":"stop","message":{"role":"assistant","content":"Yes.","reasoning":"I test primes."}}],
                "usage":{"prompt_tokens":21,"cost":8.25e-4,"odd":null}}""";
        String padded = "\n         \n\n         \n" + body;
        Completion completion = ChatReply.read(200, Map.of("x-generation-id", "gen-header"), padded, Instant.EPOCH);
        assertThat(completion.text()).contains("Yes.");
        assertThat(completion.reasoning()).contains("I test primes.");
        assertThat(completion.finishReason()).contains("stop");
        assertThat(completion.servedModel()).contains("openai/gpt-5-mini-2025-08-07");
        assertThat(completion.provider()).contains("OpenAI");
        assertThat(completion.generationId()).contains("gen-1");
        assertThat(completion.usage()).isEqualTo(PlainJson.readObject(body).get("usage"));
        assertThat(completion.raw()).contains(body);
        assertThat(completion.cacheHit()).isFalse();
        assertThat(completion.latency()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"  \\n\"", "[]", "[{\"type\":\"text\",\"text\":\"\"}]", "7"})
    void emptyContentIsNoTextAndNoFailure(String content) {
        Completion completion = ChatReply.fromRaw("{\"choices\":[{\"finish_reason\":\"length\",\"message\":"
                + "{\"content\":" + content + ",\"reasoning\":\"long thoughts\"}}]}");
        assertThat(completion.text()).isEmpty();
        assertThat(completion.truncated()).isTrue();
        assertThat(completion.reasoning()).contains("long thoughts");
    }

    @Test
    void absentContentIsNoText() {
        assertThat(message("{}").text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"length", "content_filter", "tool_calls", "stop", "something_new"})
    void finishReasonsAreKeptAsTheyStand(String word) {
        Completion completion =
                ChatReply.fromRaw("{\"choices\":[{\"finish_reason\":\"" + word + "\",\"message\":{}}]}");
        assertThat(completion.finishReason()).contains(word);
    }

    @Test
    void partsAreJoinedAndThinkingPartsAreReasoning() {
        Completion completion = message("{'content':[{'type':'thinking','thinking':[{'type':'text','text':'Hm.'}]},"
                + "{'type':'text','text':'4'},{'type':'text','text':'2'}]}");
        assertThat(completion.text()).contains("42");
        assertThat(completion.reasoning()).contains("Hm.");
    }

    @ParameterizedTest
    @CsvSource({"reasoning", "reasoning_content", "thinking"})
    void thinkingIsFoundUnderItsNames(String field) {
        assertThat(message("{'content':'42','" + field + "':'Hm.'}").reasoning())
                .contains("Hm.");
    }

    @Test
    void thinkingToldTwiceIsTakenOnce() {
        Completion completion = message("{'content':'42','reasoning':'Hm.','reasoning_content':'Hm.',"
                + "'reasoning_details':[{'type':'reasoning.text','text':'Hm.'}]}");
        assertThat(completion.reasoning()).contains("Hm.");
        Completion both = message("{'content':[{'type':'thinking','thinking':'Hm.'},'42'],'reasoning':'Hm.'}");
        assertThat(both.reasoning()).contains("Hm.");
    }

    @Test
    void detailsAloneGiveTheThinking() {
        Completion completion = message("{'content':'42','reasoning':null,'reasoning_details':["
                + "{'type':'reasoning.summary','summary':'First.'},{'type':'reasoning.text','text':' Then.'},"
                + "{'type':'reasoning.encrypted','data':'gAAA'}]}");
        assertThat(completion.reasoning()).contains("First. Then.");
    }

    @Test
    void inlineThinkingIsTakenOutOfTheText() {
        Completion closed = content("<think>\nHm.\n</think>\n\n42");
        assertThat(closed.text()).contains("42");
        assertThat(closed.reasoning()).contains("Hm.");
        Completion noOpening = content("Hm.</think>42");
        assertThat(noOpening.text()).contains("42");
        assertThat(noOpening.reasoning()).contains("Hm.");
        Completion cutOff = content("<think>Hm, so");
        assertThat(cutOff.text()).isEmpty();
        assertThat(cutOff.reasoning()).contains("Hm, so");
        Completion twice = content("<think>a</think>4<think>b</think>2");
        assertThat(twice.text()).contains("42");
        assertThat(twice.reasoning()).contains("a\n\nb");
    }

    @Test
    void textThatOnlySpeaksOfTheTagsIsKept() {
        assertThat(content("Close it with <think> and go on").text()).contains("Close it with <think> and go on");
        assertThat(message("{'content':'Close it with </think>','reasoning':'Hm.'}")
                        .text())
                .contains("Close it with </think>");
        assertThat(content("  42  ").text()).contains("  42  ");
    }

    @Test
    void aRefusalIsTheTextOnlyWhereThereIsNoOther() {
        assertThat(message("{'content':null,'refusal':'I will not.'}").text()).contains("I will not.");
        assertThat(message("{'content':'42','refusal':'I will not.'}").text()).contains("42");
    }

    @Test
    void theIdComesFromTheHeaderWhereTheBodyHasNone() {
        String body = "{\"choices\":[{\"message\":{}}]}";
        assertThat(ChatReply.read(200, Map.of("x-generation-id", "gen-1"), body, Instant.EPOCH)
                        .generationId())
                .contains("gen-1");
        assertThat(ChatReply.read(200, Map.of("x-openrouter-generation-id", "gen-2"), body, Instant.EPOCH)
                        .generationId())
                .contains("gen-2");
        assertThat(ChatReply.fromRaw(body).generationId()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"HIT,true", "hit,true", "MISS,false"})
    void cacheHitsAreSeen(String status, boolean hit) {
        assertThat(ChatReply.read(
                                200,
                                Map.of("x-openrouter-cache-status", status),
                                "{\"choices\":[{\"message\":{}}]}",
                                Instant.EPOCH)
                        .cacheHit())
                .isEqualTo(hit);
    }

    @Test
    void aNullErrorIsNoError() {
        assertThat(ChatReply.fromRaw("{\"error\":null,\"choices\":[{\"error\":null,\"message\":{\"content\":\"42\"}}]}")
                        .text())
                .contains("42");
    }

    @Test
    void aByteOrderMarkIsPassedOver() {
        assertThat(ChatReply.fromRaw("\uFEFF{\"choices\":[{\"message\":{\"content\":\"42\"}}]}")
                        .text())
                .contains("42");
    }
}
