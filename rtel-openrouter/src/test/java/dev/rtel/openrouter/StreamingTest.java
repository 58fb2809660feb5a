package dev.rtel.openrouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rtel.common.PlainJson;
import dev.rtel.eval.Completion;
import dev.rtel.eval.TrialKey;
import dev.rtel.spi.AttemptContext;
import dev.rtel.spi.Model;
import dev.rtel.spi.ModelException;
import dev.rtel.spi.ModelException.Charge;
import dev.rtel.testkit.SimpleAttempt;
import dev.rtel.wire.ChatReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StreamingTest {
    private static final String THINKS = "{'id':'gen-1','model':'m','choices':[{'index':0,'delta':{'content':'',"
            + "'reasoning':'Hm.'},'finish_reason':null}]}";
    private static final String SAYS = "{'id':'gen-1','model':'m','provider':'P','choices':[{'index':0,"
            + "'delta':{'content':'4€2'},'finish_reason':null}]}";
    private static final String STOPS =
            "{'id':'gen-1','choices':[{'index':0,'delta':{'content':''},'finish_reason':'stop'}]}";
    private static final String COSTS = "{'id':'gen-1','choices':[],'usage':{'prompt_tokens':3,'completion_tokens':5,"
            + "'total_tokens':8,'cost':1e-5,'completion_tokens_details':{'reasoning_tokens':4}}}";

    private static Model model(StreamServer server) {
        return Servers.model(server.url(), Map.of("stream", true));
    }

    private static SimpleAttempt attempt() {
        return SimpleAttempt.within(Duration.ofSeconds(20));
    }

    private static ModelException failure(StreamServer server, Duration time) {
        ModelException failure = catchThrowableOfType(
                ModelException.class, () -> model(server).complete(Servers.request(), SimpleAttempt.within(time)));
        assertThat(failure).isNotNull();
        return failure;
    }

    private static void whole(StreamServer.Call call) throws IOException {
        call.send(StreamServer.EVENTS);
        call.chunk(": OPENROUTER PROCESSING\n\n");
        for (String event : new String[] {THINKS, SAYS, STOPS, COSTS, "[DONE]"}) {
            call.event(event);
        }
        call.end();
    }

    @Test
    void aStreamedAnswerIsReadAndItsTextReadAgainGivesTheSame() throws InterruptedException {
        try (var server = new StreamServer(StreamingTest::whole)) {
            SimpleAttempt attempt = attempt();
            Completion completion = model(server).complete(Servers.request(), attempt);
            assertThat(completion.text()).contains("4€2");
            assertThat(completion.reasoning()).contains("Hm.");
            assertThat(completion.finishReason()).contains("stop");
            assertThat(completion.provider()).contains("P");
            assertThat(completion.generationId()).contains("gen-1");
            assertThat(completion.usage()).containsEntry("total_tokens", 8L);
            assertThat(completion.latency().orElseThrow())
                    .isGreaterThanOrEqualTo(completion.ttftContent().orElseThrow());
            assertThat(completion.ttftContent().orElseThrow())
                    .isGreaterThanOrEqualTo(completion.ttft().orElseThrow());
            Completion again = ChatReply.fromRaw(completion.raw().orElseThrow());
            assertThat(again.toBuilder()
                            .latency(completion.latency().get())
                            .ttft(completion.ttft().get())
                            .ttftContent(completion.ttftContent().get())
                            .build())
                    .isEqualTo(completion);
            assertThat(server.calls()).isEqualTo(1);
        }
    }

    @Test
    void theStreamIsAskedForInTheServersOwnWay() throws InterruptedException {
        try (var server = new StreamServer(StreamingTest::whole)) {
            model(server).complete(Servers.request(), attempt());
            assertThat(body(server)).containsEntry("stream", true).doesNotContainKey("stream_options");
        }
        try (var server = new StreamServer(StreamingTest::whole)) {
            compatible(server).complete(Servers.request(), attempt());
            assertThat(body(server))
                    .containsEntry("stream", true)
                    .containsEntry("stream_options", Map.of("include_usage", true));
        }
        try (var server = new StreamServer(StreamingTest::whole)) {
            Map<String, Object> own = Map.of("stream_options", Map.of("include_obfuscation", false));
            compatible(server).complete(Servers.request(own, Map.of()), attempt());
            assertThat(body(server).get("stream_options"))
                    .isEqualTo(Map.of("include_obfuscation", false, "include_usage", true));
        }
    }

    private static Model compatible(StreamServer server) {
        return new OpenAiCompatibleModelProvider()
                .create(Servers.context(
                        true, new HashMap<>(Map.of("model_id", "m", "base_url", server.url(), "stream", true))));
    }

    private static Map<String, Object> body(StreamServer server) {
        String request = server.request();
        assertThat(request.toLowerCase()).contains("accept: text/event-stream");
        return PlainJson.readObject(request.substring(request.indexOf("\r\n\r\n") + 4));
    }

    /** An attempt that opens a latch when the id is told. */
    private record Told(SimpleAttempt inner, CountDownLatch latch, AtomicLong at) implements AttemptContext {
        Told() {
            this(StreamingTest.attempt(), new CountDownLatch(1), new AtomicLong());
        }

        @Override
        public String attemptId() {
            return inner.attemptId();
        }

        @Override
        public TrialKey trial() {
            return inner.trial();
        }

        @Override
        public String role() {
            return inner.role();
        }

        @Override
        public int attempt() {
            return inner.attempt();
        }

        @Override
        public Instant deadline() {
            return inner.deadline();
        }

        @Override
        public void onGenerationId(String id) {
            at.set(System.nanoTime());
            inner.onGenerationId(id);
            latch.countDown();
        }
    }

    @Test
    void timesToFirstTokenAreTakenWhenTheTokensCome() throws InterruptedException {
        Told attempt = new Told();
        AtomicLong received = new AtomicLong();
        AtomicLong spoke = new AtomicLong();
        try (var server = new StreamServer(call -> {
            received.set(call.receivedAt());
            call.send(StreamServer.EVENTS);
            call.chunk(": OPENROUTER PROCESSING\n\n");
            call.event(THINKS);
            // the id stands in the first chunk alone: that it was told shows that the chunk has come
            attempt.latch().await();
            spoke.set(System.nanoTime());
            call.event(SAYS);
            call.event(STOPS);
            call.event("[DONE]");
            call.end();
        })) {
            long start = System.nanoTime();
            Completion completion = model(server).complete(Servers.request(), attempt);
            assertThat(attempt.inner().generationIds()).containsExactly("gen-1");
            assertThat(completion.ttft().orElseThrow())
                    .isLessThanOrEqualTo(Duration.ofNanos(attempt.at().get() - start));
            assertThat(completion.ttftContent().orElseThrow())
                    .isGreaterThanOrEqualTo(Duration.ofNanos(spoke.get() - received.get()))
                    .isGreaterThan(completion.ttft().orElseThrow());
        }
    }

    @Test
    void piecesOfAnySizeAreRead() throws InterruptedException {
        String text = ("data: " + SAYS + "\r\n\r\n" + "data: " + STOPS + "\n\ndata: [DONE]\n\n").replace('\'', '"');
        try (var server = new StreamServer(call -> {
            call.send(StreamServer.EVENTS);
            for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
                call.out().write(new byte[] {'1', '\r', '\n', b, '\r', '\n'});
                call.out().flush();
            }
            call.end();
        })) {
            Completion completion = model(server).complete(Servers.request(), attempt());
            assertThat(completion.text()).contains("4€2");
            assertThat(completion.raw()).contains(text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/event-stream"})
    void aReplyInOnePieceIsReadAsOne(String type) throws InterruptedException {
        try (var server = new StreamServer(call -> call.send("HTTP/1.1 200 OK\r\nContent-Type: " + type
                + "\r\nContent-Length: " + Servers.ANSWER.length() + "\r\n\r\n" + Servers.ANSWER))) {
            Completion completion = model(server).complete(Servers.request(), attempt());
            assertThat(completion.text()).contains("42");
            assertThat(completion.ttft()).isEmpty();
            assertThat(completion.ttftContent()).isEmpty();
        }
    }

    @Test
    void aStreamUnderAnotherNameIsReadAfterwards() throws InterruptedException {
        String text = ("data: " + SAYS + "\n\ndata: " + STOPS + "\n\ndata: [DONE]\n\n").replace('\'', '"');
        try (var server = new StreamServer(call -> {
            call.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n");
            call.chunk(text);
            call.end();
        })) {
            assertThat(model(server).complete(Servers.request(), attempt()).text())
                    .contains("4€2");
        }
    }

    @Test
    void anErrorBeforeTheFirstTokenIsAnOrdinaryOne() {
        String error = "{\"error\":{\"code\":429,\"message\":\"slow\"}}";
        try (var server = new StreamServer(call -> call.send("HTTP/1.1 429 Too Many\r\nRetry-After: 7\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + error.length() + "\r\n\r\n" + error))) {
            ModelException failure = failure(server, Duration.ofSeconds(20));
            assertThat(failure.details().type()).isEqualTo("rate_limit_exceeded");
            assertThat(failure.details().retryAfter()).contains(Duration.ofSeconds(7));
            assertThat(failure.details().charge()).isEqualTo(Charge.FREE);
        }
    }

    @Test
    void anErrorAmidTheStreamEndsItThoughTheServerKeepsItOpen() {
        try (var server = new StreamServer(call -> {
            call.send(StreamServer.EVENTS);
            call.event(SAYS);
            call.event("{'error':{'code':502,'message':'Provider disconnected'},'choices':[]}");
            call.awaitHangUp();
        })) {
            ModelException failure = failure(server, Duration.ofSeconds(20));
            assertThat(failure.details().type()).isEqualTo("provider_unavailable");
            assertThat(failure).hasMessageContaining("Provider disconnected");
            assertThat(failure.details().generationId()).contains("gen-1");
        }
    }

    @Test
    void aStreamThatSaidItsEndIsOverThoughTheServerKeepsItOpen() throws InterruptedException {
        try (var server = new StreamServer(call -> {
            call.send(StreamServer.EVENTS);
            for (String event : new String[] {SAYS, STOPS, COSTS, "[DONE]"}) {
                call.event(event);
            }
            call.awaitHangUp();
        })) {
            Completion completion = model(server).complete(Servers.request(), attempt());
            assertThat(completion.text()).contains("4€2");
            assertThat(completion.usage()).containsKey("cost");
            assertThat(server.hungUp().await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aStreamThatStallsEndsAtTheDeadlineAndTheConnectionIsClosed() throws InterruptedException {
        try (var server = new StreamServer(call -> {
            call.send(StreamServer.EVENTS);
            call.event(SAYS);
            call.awaitHangUp();
        })) {
            ModelException failure = failure(server, Duration.ofSeconds(2));
            assertThat(failure).isInstanceOf(ModelException.Transient.class);
            assertThat(failure.details().type()).isEqualTo("timeout");
            assertThat(failure.details().charge()).isEqualTo(Charge.UNKNOWN);
            assertThat(failure.details().generationId()).contains("gen-1");
            assertThat(failure.details().provider()).contains("P");
            assertThat(server.hungUp().await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anAnswerThatLacksOnlyItsEndAtTheDeadlineIsTaken() throws InterruptedException {
        try (var server = new StreamServer(call -> {
            call.send(StreamServer.EVENTS);
            call.event(SAYS);
            call.event(STOPS);
            call.awaitHangUp();
        })) {
            Completion completion =
                    model(server).complete(Servers.request(), SimpleAttempt.within(Duration.ofSeconds(2)));
            assertThat(completion.text()).contains("4€2");
            assertThat(completion.usage()).isEmpty();
        }
    }

    @Test
    void interruptionClosesTheConnectionAtOnce() throws InterruptedException {
        Told attempt = new Told();
        try (var server = new StreamServer(call -> {
            call.send(StreamServer.EVENTS);
            call.event(SAYS);
            call.awaitHangUp();
        })) {
            AtomicReference<Throwable> outcome = new AtomicReference<>();
            Thread caller = new Thread(
                    () -> outcome.set(catchThrowable(() -> model(server).complete(Servers.request(), attempt))),
                    "caller");
            caller.start();
            attempt.latch().await();
            caller.interrupt();
            assertThat(server.hungUp().await(10, TimeUnit.SECONDS)).isTrue();
            caller.join();
            assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void aConnectionCutAmidTheAnswerIsAFailureOfUnknownCharge() {
        try (var server = new StreamServer(call -> {
            call.send(StreamServer.EVENTS);
            call.event(SAYS);
            throw new IOException("cut");
        })) {
            ModelException failure = failure(server, Duration.ofSeconds(20));
            assertThat(failure.details().type()).isEqualTo("connection");
            assertThat(failure.details().charge()).isEqualTo(Charge.UNKNOWN);
            assertThat(failure.details().generationId()).contains("gen-1");
            assertThat(failure.details().raw().orElseThrow()).contains("4€2");
        }
    }

    @Test
    void aConnectionCutAfterTheFinishReasonTakesNothing() throws InterruptedException {
        try (var server = new StreamServer(call -> {
            call.send(StreamServer.EVENTS);
            call.event(SAYS);
            call.event(STOPS);
            throw new IOException("cut");
        })) {
            Completion completion = model(server).complete(Servers.request(), attempt());
            assertThat(completion.text()).contains("4€2");
            assertThat(ChatReply.fromRaw(completion.raw().orElseThrow()).text()).contains("4€2");
        }
    }

    @Test
    void aStreamThatEndsTooEarlyIsAFailure() {
        try (var server = new StreamServer(call -> {
            call.send(StreamServer.EVENTS);
            call.event(SAYS);
            call.end();
        })) {
            ModelException failure = failure(server, Duration.ofSeconds(20));
            assertThat(failure.details().type()).isEqualTo("connection");
            assertThat(failure.details().charge()).isEqualTo(Charge.UNKNOWN);
        }
    }

    @Test
    void anEndlessLineIsGivenUp() throws InterruptedException {
        try (var server = new StreamServer(call -> {
            call.send(StreamServer.EVENTS);
            call.event(SAYS);
            String piece = "x".repeat(1 << 20);
            while (true) {
                call.chunk(piece);
            }
        })) {
            ModelException failure = failure(server, Duration.ofSeconds(30));
            assertThat(failure.details().type()).isEqualTo("malformed_reply");
            assertThat(failure.details().charge()).isEqualTo(Charge.UNKNOWN);
            assertThat(server.hungUp().await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anEchoedKeyIsTakenOut() throws InterruptedException {
        try (var server = new StreamServer(call -> {
            call.send(StreamServer.EVENTS);
            call.event(SAYS.replace("4€2", "the key is " + Servers.KEY));
            call.event(STOPS);
            call.end();
        })) {
            Completion completion = model(server).complete(Servers.request(), attempt());
            assertThat(completion.text()).contains("the key is [redacted]");
            assertThat(completion.raw().orElseThrow()).doesNotContain(Servers.KEY);
        }
    }

    @Test
    void theConnectionServesTheNextCall() throws InterruptedException {
        try (var server = new StreamServer(StreamingTest::whole)) {
            Model model = model(server);
            for (int i = 0; i < 20; i++) {
                assertThat(model.complete(Servers.request(), attempt()).text()).contains("4€2");
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void theSettingIsTrueOrFalse() {
        assertThatThrownBy(() -> Servers.model("http://127.0.0.1:1", Map.of("stream", "often")))
                .hasMessageContaining("settings.stream")
                .hasMessageContaining("true or false");
    }
}
