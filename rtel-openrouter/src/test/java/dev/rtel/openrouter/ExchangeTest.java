package dev.rtel.openrouter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.testkit.SimpleAttempt;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ExchangeTest {
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final Exchange exchange = new Exchange();

    private CompletableFuture<Exchange> answer(Map<String, List<String>> headers) {
        return answer(exchange, headers);
    }

    private CompletableFuture<Exchange> answer(Exchange exchange, Map<String, List<String>> headers) {
        exchange.apply(new ResponseInfo() {
            @Override
            public int statusCode() {
                return 200;
            }

            @Override
            public HttpHeaders headers() {
                return HttpHeaders.of(headers, (name, value) -> true);
            }

            @Override
            public HttpClient.Version version() {
                return HttpClient.Version.HTTP_1_1;
            }
        });
        exchange.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {
                cancelled.set(true);
            }
        });
        return exchange.getBody().toCompletableFuture();
    }

    @Test
    void anEndlessBodyIsCutOffAtTheLimit() {
        CompletableFuture<Exchange> whole = answer(Map.of());
        byte[] chunk = new byte[1 << 20];
        for (long sent = 0; sent < Exchange.LIMIT_BYTES; sent += chunk.length) {
            assertThat(whole).isNotDone();
            exchange.onNext(List.of(ByteBuffer.wrap(chunk)));
        }
        exchange.onNext(List.of(ByteBuffer.wrap(new byte[0])));
        assertThat(whole).isNotDone();
        exchange.onNext(List.of(ByteBuffer.wrap(new byte[1])));
        assertThat(cancelled).isTrue();
        assertThat(whole.handle((body, error) -> error).join()).isInstanceOf(IOException.class);
        exchange.onNext(List.of(ByteBuffer.wrap(new byte[] {'x'})));
        exchange.onComplete();
        assertThat(whole).isCompletedExceptionally();
    }

    @Test
    void aBodyWithinTheLimitIsWholeWhateverLengthWasAnnounced() {
        for (String announced : List.of("5", "3", "900", "0", "99999999999")) {
            ExchangeTest other = new ExchangeTest();
            CompletableFuture<Exchange> whole = other.answer(Map.of("Content-Length", List.of(announced)));
            byte[] bytes = "4€2".getBytes(StandardCharsets.UTF_8);
            other.exchange.onNext(List.of(ByteBuffer.wrap(bytes, 0, 2), ByteBuffer.wrap(bytes, 2, 3)));
            other.exchange.onComplete();
            assertThat(whole.join().text()).isEqualTo("4€2");
            assertThat(other.cancelled).isFalse();
        }
    }

    @Test
    void headersAreFoundByLowerCaseName() {
        answer(Map.of("Retry-After", List.of("3", "4"), "X-Empty", List.of()));
        assertThat(exchange.headers().get("retry-after")).isEqualTo("3");
        assertThat(exchange.headers()).containsKey("retry-after").doesNotContainKey("date");
        assertThat(exchange.headers().get("date")).isNull();
        assertThat(exchange.headers()).containsExactly(Map.entry("retry-after", "3"));
        assertThat(exchange.status()).isEqualTo(200);
    }

    @Test
    void beforeTheHeadersThereIsNothing() {
        assertThat(exchange.status()).isZero();
        assertThat(exchange.headers()).isEmpty();
        assertThat(exchange.requestSent()).isFalse();
    }

    @Test
    void theIdOfACallThatIsGivenUpIsToldOnceThoughItWasSeenOnlyJustNow() {
        SimpleAttempt attempt = SimpleAttempt.within(Duration.ofSeconds(1));
        Endpoint endpoint = new Endpoint("http://127.0.0.1:1", Optional.empty(), "KEY");
        ChatExchange given = new ChatExchange(endpoint, attempt, false);
        answer(given, Map.of("X-Generation-Id", List.of("gen-1")));
        given.finish(System.nanoTime());
        assertThat(attempt.generationIds()).isEmpty();
        given.tellOnLeaving();
        given.tellOnLeaving();
        given.look(Long.MAX_VALUE);
        assertThat(attempt.generationIds()).containsExactly("gen-1");
    }
}
