package dev.rtel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rtel.common.PlainJson;
import dev.rtel.eval.Completion;
import dev.rtel.eval.UsageFlag;
import dev.rtel.spi.ModelException;
import dev.rtel.spi.ModelException.Charge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatStreamTest {
    private static final String STOP = chunk("{'content':''}", "'stop'", "");
    private static final String USAGE = "'usage':{'prompt_tokens':14,'completion_tokens':120,'total_tokens':134,"
            + "'cost':0.000265,'completion_tokens_details':{'reasoning_tokens':112}}";

    private static String chunk(String delta, String finish, String more) {
        return ("{'id':'gen-1','model':'m','provider':'DeepInfra','choices':[{'index':0,'delta':" + delta
                        + ",'finish_reason':" + finish + "}]" + (more.isEmpty() ? "" : "," + more) + "}")
                .replace('\'', '"');
    }

    private static String content(String text) {
        return chunk("{'content':" + PlainJson.write(text) + "}", "null", "");
    }

    private static String text(String... events) {
        StringBuilder text = new StringBuilder(": OPENROUTER PROCESSING\n\n");
        for (String event : events) {
            text.append("data: ").append(event.replace('\'', '"')).append("\n\n");
        }
        return text.toString();
    }

    private static Completion read(String... events) {
        String text = text(events);
        Completion completion = ChatReply.read(200, Map.of("content-type", "text/event-stream"), text, Instant.EPOCH);
        assertThat(completion.raw()).contains(text);
        assertThat(ChatReply.fromRaw(text)).isEqualTo(completion);
        return completion;
    }

    private static ModelException failure(String... events) {
        ModelException failure = catchThrowableOfType(
                ModelException.class,
                () -> ChatReply.read(200, Map.of("x-generation-id", "gen-header"), text(events), Instant.EPOCH));
        assertThat(failure).isNotNull();
        assertThat(failure.details().raw()).contains(text(events));
        return failure;
    }

    private static String kind(ModelException failure) {
        return failure.getClass().getSimpleName() + " " + failure.details().type();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'id':'gen-1','model':'m','choices':[{'index':0,'delta':{'content':''},'finish_reason':'stop'}],",
                "{'id':'gen-1','model':'m','choices':[{'index':0,'delta':{'content':''},'finish_reason':null}],",
                "{'id':'gen-1','model':'m','choices':[],",
                "{'choices':null,",
                "{",
            })
    void aStreamGivesWhatTheReplyInOnePieceWould(String usageChunk) {
        Completion completion = read(
                "{'id':'gen-1','model':'m','choices':[{'index':0,'delta':{'role':'assistant','content':'',"
                        + "'reasoning':'Let me'},'finish_reason':null}]}",
                chunk("{'content':'','reasoning':' think.'}", "null", ""),
                content("Yes"),
                content(", 42"),
                STOP,
                usageChunk + USAGE + "}",
                "[DONE]");
        assertThat(completion.text()).contains("Yes, 42");
        assertThat(completion.reasoning()).contains("Let me think.");
        assertThat(completion.finishReason()).contains("stop");
        assertThat(completion.generationId()).contains("gen-1");
        assertThat(completion.servedModel()).contains("m");
        assertThat(completion.provider()).contains("DeepInfra");
        assertThat(completion.usage())
                .isEqualTo(PlainJson.readObject("{" + USAGE.replace('\'', '"') + "}")
                        .get("usage"));
    }

    @Test
    void withoutAUsageChunkTheUsageIsUnknown() {
        Completion completion = read(content("42"), STOP, "[DONE]");
        assertThat(completion.text()).contains("42");
        assertThat(completion.usage()).isEmpty();
    }

    @Test
    void theLastOfSeveralUsageReportsHolds() {
        assertThat(read(
                                chunk("{'content':'4'}", "null", "'usage':{'completion_tokens':1}"),
                                chunk("{'content':'2'}", "null", "'usage':{'completion_tokens':2}"),
                                chunk("{}", "'stop'", "'usage':null"))
                        .usage())
                .containsEntry("completion_tokens", 2L);
    }

    @Test
    void aFinishReasonWithoutTheClosingMarkIsWhole() {
        assertThat(read(content("42"), STOP).text()).contains("42");
        assertThat(read(content("42"), STOP, "{'id':'gen-1','usage':{'prompt_tok")
                        .text())
                .contains("42");
        assertThat(read(content("42"), STOP, "[DO").text()).contains("42");
    }

    @Test
    void theClosingMarkWithoutAFinishReasonIsWhole() {
        Completion completion = read(content("42"), "[DONE]", "{'error':'after the end'}");
        assertThat(completion.text()).contains("42");
        assertThat(completion.finishReason()).isEmpty();
    }

    @Test
    void aStreamThatBreaksOffIsAFailureOfUnknownCharge() {
        for (String[] events : new String[][] {
            {content("42")},
            {content("42"), "{'id':'gen-1','cho"},
            {chunk("{'reasoning':'Hm.'}", "null", ""), chunk("{'reasoning':' So'}", "null", "")},
        }) {
            ModelException failure = failure(events);
            assertThat(kind(failure)).isEqualTo("Transient connection");
            assertThat(failure.details().charge()).isEqualTo(Charge.UNKNOWN);
            assertThat(failure.details().generationId()).contains("gen-1");
            assertThat(failure.details().provider()).contains("DeepInfra");
        }
        ModelException silent = failure();
        assertThat(kind(silent)).isEqualTo("Transient connection");
        assertThat(silent.details().generationId()).contains("gen-header");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'id':'gen-1','error':{'code':502,'message':'gone','metadata':{'error_type':'provider_unavailable'}},"
                        + "'choices':[{'index':0,'delta':{'content':''},'finish_reason':'error'}]}"
                        + "|Transient provider_unavailable|502",
                "{'id':'gen-1','error':{'code':502,'message':'gone'},'choices':[]}|Transient provider_unavailable|502",
                "{'error':{'code':'502','message':'gone'}}|Transient provider_unavailable|502",
                "{'error':{'code':'server_error','message':'gone'}}|Transient server|500",
                "{'error':{'code':429,'message':'gone'}}|Transient rate_limit_exceeded|429",
                "{'error':{'code':402,'message':'gone'}}|RunFatal payment_required|402",
                "{'error':{'code':400,'message':'Token limit reached, gone'},'usage':{'completion_tokens':10},"
                        + "'choices':[{'index':0,'delta':{'content':''},'finish_reason':null}]}"
                        + "|Permanent invalid_request|400",
                "{'choices':[{'index':0,'delta':{},'finish_reason':'error'}]}|Transient provider_unavailable|200",
                "{'choices':[{'index':0,'delta':{},'error':{'code':503,'message':'gone'}}]}"
                        + "|Transient provider_overloaded|503",
                "{'error':'gone'}|Transient server|200",
                "{'object':'error','message':'gone','code':400}|Permanent invalid_request|400",
                "{'message':'gone','code':503}|Transient provider_overloaded|503",
                "{'type':'error','error':{'type':'overloaded_error','message':'gone'}}"
                        + "|Transient provider_overloaded|503",
            })
    void anErrorAmidTheStreamIsAFailure(String event, String kind, int status) {
        for (String[] rest : new String[][] {{}, {"[DONE]"}, {"{'id':'gen-1'," + USAGE + "}", "[DONE]"}}) {
            List<String> events = new ArrayList<>(List.of(content("The answer is"), event));
            events.addAll(List.of(rest));
            ModelException failure = failure(events.toArray(String[]::new));
            assertThat(kind(failure)).isEqualTo(kind);
            assertThat(failure.details().status()).hasValue(status);
            assertThat(failure.details().charge()).isEqualTo(Charge.FREE);
            assertThat(failure.details().generationId()).contains("gen-1");
            if (rest.length == 2) {
                assertThat(failure.details().usage()).containsEntry("completion_tokens", 120L);
            } else if (event.contains("usage")) {
                assertThat(failure.details().usage()).containsEntry("completion_tokens", 10L);
            }
        }
    }

    @Test
    void anErrorAfterTheFinishReasonIsStillOne() {
        assertThat(kind(failure(content("42"), STOP, "{'error':{'code':502,'message':'gone'}}")))
                .isEqualTo("Transient provider_unavailable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "{\"a\":", "[1,2]", "42", "null", "\"text\""})
    void anEventThatIsNoObjectIsMalformed(String event) {
        ModelException failure = failure(content("4"), event, content("2"), STOP, "[DONE]");
        assertThat(kind(failure)).isEqualTo("Transient malformed_reply");
        assertThat(failure.details().charge()).isEqualTo(Charge.UNKNOWN);
        assertThat(kind(failure(event))).isEqualTo("Transient malformed_reply");
    }

    @Test
    void aStreamOfNoAnswerIsMalformed() {
        assertThat(kind(failure("[DONE]"))).isEqualTo("Transient malformed_reply");
        assertThat(kind(failure("{'id':'gen-1'," + USAGE + "}", "[DONE]"))).isEqualTo("Transient malformed_reply");
        assertThat(kind(failure("{'id':'gen-1','choices':[]}", "[DONE]"))).isEqualTo("Transient malformed_reply");
    }

    @Test
    void anErrorStatusWithAnEventStreamKeepsItsKind() {
        ModelException failure = catchThrowableOfType(
                ModelException.class,
                () -> ChatReply.read(429, Map.of(), text("{'error':{'message':'slow'}}"), Instant.EPOCH));
        assertThat(kind(failure)).isEqualTo("Transient rate_limit_exceeded");
    }

    @Test
    void aReplyInOnePieceFedAsAStreamIsReadAsOne() {
        ChatStream stream = new ChatStream(200, Map.of(), () -> 0);
        SseParser parser = new SseParser((name, data) -> stream.event(data));
        String json = "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":\"42\"}}]}";
        byte[] bytes = json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        parser.feed(bytes, 0, bytes.length);
        parser.end();
        assertThat(stream.end(json, Instant.EPOCH)).isEqualTo(ChatReply.fromRaw(json));
        ModelException failure = catchThrowableOfType(
                ModelException.class,
                () -> new ChatStream(200, Map.of(), () -> 0)
                        .end("{\"error\":{\"code\":402,\"message\":\"m\"}}", Instant.EPOCH));
        assertThat(kind(failure)).isEqualTo("RunFatal payment_required");
    }

    @Test
    void emptyBlankAndOddChunksAreTolerated() {
        Completion completion = read(
                "",
                "{}",
                "{'id':'','model':'','choices':[],'prompt_filter_results':[]}",
                "{'choices':[null,7,{}]}",
                "{'choices':[{'delta':null}]}",
                chunk("{'content':null,'reasoning':null,'tool_calls':[{'index':0}],'refusal':null}", "''", ""),
                content("42"),
                STOP);
        assertThat(completion.text()).contains("42");
        assertThat(completion.finishReason()).contains("stop");
    }

    @Test
    void ofSeveralAnswersTheFirstIsTaken() {
        assertThat(read(
                                content("4"),
                                content("7").replace("\"index\":0", "\"index\":1"),
                                content("2"),
                                STOP.replace("stop", "length").replace("\"index\":0", "\"index\":1"),
                                STOP)
                        .text())
                .contains("42");
    }

    @Test
    void toolCallsAreNoTextAndNoFailure() {
        Completion completion = read(
                chunk("{'content':null,'tool_calls':[{'index':0,'function':{'arguments':'{}'}}]}", "null", ""),
                chunk("{'content':''}", "'tool_calls'", USAGE),
                "[DONE]");
        assertThat(completion.text()).isEmpty();
        assertThat(completion.finishReason()).contains("tool_calls");
    }

    @Test
    void aSpentBudgetIsACompletionWithoutText() {
        Completion completion = read(chunk("{'reasoning':'Hm'}", "null", ""), chunk("{}", "'length'", USAGE), "[DONE]");
        assertThat(completion.truncated()).isTrue();
        assertThat(completion.text()).isEmpty();
        assertThat(completion.reasoning()).contains("Hm");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'reasoning':'%s','reasoning_details':[{'type':'reasoning.text','text':'%s','index':0}]",
                "'reasoning_content':'%s'",
                "'thinking':'%s'",
                "'reasoning':'%s','reasoning_content':'%s'",
                "'reasoning_details':[{'type':'reasoning.text','text':'%s','index':0}]",
                "'reasoning_details':[{'type':'reasoning.summary','summary':'%s'}]",
                "'reasoning':null,'reasoning_details':[{'type':'reasoning.text','text':'%s','index':0}]",
                "'content':[{'type':'thinking','thinking':[{'type':'text','text':'%s'}]}]",
                "'content':[{'type':'thinking','thinking':'%s'}]",
            })
    void thinkingIsTakenOnceUnderWhateverName(String delta) {
        List<String> events = new ArrayList<>();
        for (String piece : List.of("Let", " ", "me think", ".")) {
            events.add(chunk("{" + delta.replace("%s", piece) + "}", "null", ""));
        }
        events.add(chunk("{'reasoning_details':[{'type':'reasoning.text','signature':'c2ln','index':0}]}", "null", ""));
        events.addAll(List.of(content("42"), STOP));
        Completion completion = read(events.toArray(String[]::new));
        assertThat(completion.reasoning()).contains("Let me think.");
        assertThat(completion.text()).contains("42");
    }

    @Test
    void blocksOfThinkingAreSortedByIndexAndType() {
        Completion completion = read(
                chunk(
                        "{'reasoning_details':[{'type':'reasoning.text','text':'a1','index':0},"
                                + "{'type':'reasoning.text','text':' b1','index':1}]}",
                        "null",
                        ""),
                chunk("{'reasoning_details':[{'type':'reasoning.encrypted','data':'gAAA','index':0}]}", "null", ""),
                chunk(
                        "{'reasoning_details':[{'type':'reasoning.text','text':' a2','index':0},"
                                + "{'type':'reasoning.text','text':' b2','index':1}]}",
                        "null",
                        ""),
                content("42"),
                STOP);
        assertThat(completion.reasoning()).contains("a1 a2 b1 b2");
    }

    @Test
    void aZeroBesideEncryptedThinkingIsSeenInTheKeptStream() {
        Completion completion = read(
                chunk("{'reasoning_details':[{'type':'reasoning.encrypted','data':'gAAA','index':0}]}", "null", ""),
                content("42"),
                chunk(
                        "{}",
                        "'stop'",
                        "'usage':{'prompt_tokens':1,'completion_tokens':9,'total_tokens':10,"
                                + "'completion_tokens_details':{'reasoning_tokens':0}}"));
        assertThat(completion.reasoning()).isEmpty();
        assertThat(UsageAccounting.showsThinking(completion)).isTrue();
        assertThat(UsageAccounting.of(completion, ReasoningRelation.AUTO).flags())
                .containsExactly(UsageFlag.ZERO_WITH_TEXT);
        assertThat(UsageAccounting.showsThinking(read(content("42"), STOP))).isFalse();
    }

    @Test
    void refusalsAreReadAsInOnePiece() {
        assertThat(read(chunk("{'refusal':'I will'}", "null", ""), chunk("{'refusal':' not.'}", "'stop'", ""))
                        .text())
                .contains("I will not.");
    }

    @Test
    void aWholeMessageInAChunkIsReadToo() {
        assertThat(read(content("42").replace("\"delta\"", "\"message\""), STOP).text())
                .contains("42");
    }

    /** The stream's events, parted by spaces, and when the first token and the first token of the answer came. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "c:4 c:2|1|1",
                "c: c:4 c:2|2|2",
                "r:Hm r:so c:4|1|3",
                "r: r:Hm c: c:4|2|4",
                "e:gAAA s:c2ln c:4|3|3",
                "e:gAAA||",
                "d:Hm c:4|1|2",
                "t:call c:4|2|2",
                "p:Hm c:4|1|2",
                "f:no f:way|1|1",
                "r:Hm|1|",
                "c:<think> c:Hm c:</think> c:4|1|4",
                "c:<thi c:nk>Hm c:</thi c:nk> c:\\n\\n c:4|1|6",
                "c:Hm c:so</think>\\n c:4|1|3",
                "c:Hm c:so</think>4|1|2",
                "r:x c:Hm c:so</think> c:4|1|2",
                "c:\\n c:4|1|1",
                "c:<think> c:Hm|1|",
                "c:\\n||",
            })
    void timesToFirstTokenAreThoseOfWhatOneSees(String events, Long first, Long firstAnswer) {
        long[] now = {0};
        ChatStream stream = new ChatStream(200, Map.of(), () -> now[0]);
        for (String event : events.split(" ")) {
            now[0]++;
            String value = PlainJson.write(event.substring(2).replace("\\n", "\n"));
            stream.event(
                    switch (event.charAt(0)) {
                        case 'c' -> chunk("{'content':" + value + "}", "null", "");
                        case 'r' -> chunk("{'content':'','reasoning':" + value + "}", "null", "");
                        case 'd' ->
                            chunk("{'reasoning_details':[{'type':'reasoning.text','text':" + value + "}]}", "null", "");
                        case 'e' ->
                            chunk(
                                    "{'reasoning_details':[{'type':'reasoning.encrypted','data':" + value + "}]}",
                                    "null",
                                    "");
                        case 's' ->
                            chunk(
                                    "{'reasoning_details':[{'type':'reasoning.text','signature':" + value + "}]}",
                                    "null",
                                    "");
                        case 'p' -> chunk("{'content':[{'type':'thinking','thinking':" + value + "}]}", "null", "");
                        case 'f' -> chunk("{'refusal':" + value + "}", "null", "");
                        default -> chunk("{'tool_calls':[{'index':0,'id':" + value + "}]}", "null", "");
                    });
        }
        assertThat(stream.over()).isFalse();
        stream.event(STOP);
        stream.event("[DONE]");
        assertThat(stream.over()).isTrue();
        boolean blank = events.equals("c:\\n");
        assertThat(stream.firstToken()).isEqualTo(blank ? OptionalLong.of(1) : optional(first));
        assertThat(stream.firstAnswerToken()).isEqualTo(optional(firstAnswer));
    }

    private static OptionalLong optional(Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    @Test
    void howFarItGotIsKnownWhileItComes() {
        ChatStream stream = new ChatStream(200, Map.of(), () -> 0);
        assertThat(stream.generationId()).isEmpty();
        stream.event(content("42"));
        assertThat(stream.generationId()).contains("gen-1");
        assertThat(stream.answered()).isFalse();
        stream.event(STOP);
        assertThat(stream.answered()).isTrue();
        assertThat(stream.over()).isFalse();
        stream.event("{\"error\":{\"code\":502,\"message\":\"gone\"}}");
        assertThat(stream.answered()).isFalse();
        assertThat(stream.over()).isTrue();
    }

    @Test
    void eventsOfTheResponsesInterfaceAreReadToo() {
        String response = "'response':{'object':'response','id':'gen-2','model':'m',";
        Completion completion = read(
                "{'type':'response.created'," + response + "'status':'in_progress','output':[]}}",
                "{'type':'response.reasoning_text.delta','delta':'Hm.'}",
                "{'type':'response.output_text.delta','delta':'4'}",
                "{'type':'response.output_text.delta','delta':'2'}",
                "{'type':'response.output_text.done','text':'42'}",
                "{'type':'response.incomplete'," + response
                        + "'status':'incomplete','incomplete_details':{'reason':'max_output_tokens'},'output':[],"
                        + "'usage':{'input_tokens':78,'output_tokens':37}}}");
        assertThat(completion.text()).contains("42");
        assertThat(completion.reasoning()).contains("Hm.");
        assertThat(completion.truncated()).isTrue();
        assertThat(completion.generationId()).contains("gen-2");
        assertThat(completion.usage()).containsEntry("output_tokens", 37L);
        assertThat(kind(failure("{'type':'response.output_text.delta','delta':'4'}")))
                .isEqualTo("Transient connection");
        assertThat(kind(failure("{'type':'response.failed'," + response
                        + "'status':'failed','output':[],'error':{'code':'rate_limit_exceeded','message':'m'}}}")))
                .isEqualTo("Transient rate_limit_exceeded");
        assertThat(kind(failure("{'type':'error','code':'server_error','message':'m','param':null}")))
                .isEqualTo("Transient server");
    }

    @Test
    void aReplyOfTheResponsesInterfaceIsRead() {
        Completion completion = ChatReply.fromRaw("""
                {"object":"response","id":"gen-2","model":"m","status":"completed","error":null,"output":[
                {"type":"reasoning","summary":[{"type":"summary_text","text":"Hm."}],"encrypted_content":"gAAA"},
                {"type":"message","content":[{"type":"output_text","text":"42"}]}],
                "usage":{"input_tokens":1,"output_tokens":5,"total_tokens":6,"output_tokens_details":{"reasoning_tokens":3}}}""");
        assertThat(completion.text()).contains("42");
        assertThat(completion.reasoning()).contains("Hm.");
        assertThat(completion.finishReason()).contains("stop");
        assertThat(UsageAccounting.of(completion, ReasoningRelation.AUTO)
                        .reasoning()
                        .value())
                .hasValue(3);
        Completion encrypted = ChatReply.fromRaw("""
                {"object":"response","status":"completed","output":[{"type":"reasoning","encrypted_content":"gAAA"}]}""");
        assertThat(UsageAccounting.showsThinking(encrypted)).isTrue();
    }

    @Test
    void anEventBeyondTheLimitIsAFailureNotAFullHeap() {
        String huge = "x".repeat(SseParser.LIMIT_BYTES);
        ModelException failure = catchThrowableOfType(
                ModelException.class,
                () -> ChatReply.read(200, Map.of(), text(content("4"), content(huge), STOP), Instant.EPOCH));
        assertThat(kind(failure)).isEqualTo("Transient malformed_reply");
        assertThat(failure.details().generationId()).contains("gen-1");
    }

    @Test
    void longStreamsTakeLinearTime() {
        String[] events = new String[60_000];
        for (int i = 0; i < events.length - 1; i++) {
            events[i] = chunk(
                    "{'content':'<think>a</think>b','reasoning':'c','reasoning_details':"
                            + "[{'type':'reasoning.text','text':'c','index':" + i + "}]}",
                    "null",
                    "");
        }
        events[events.length - 1] = STOP;
        assertThat(ChatReply.fromRaw(text(events)).text().orElseThrow()).hasSize(events.length - 1);
    }
}
