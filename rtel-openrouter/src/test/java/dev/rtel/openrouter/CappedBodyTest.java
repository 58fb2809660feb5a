package dev.rtel.openrouter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CappedBodyTest {
    private final AtomicBoolean cancelled = new AtomicBoolean();

    private CappedBody subscribed() {
        CappedBody body = new CappedBody();
        body.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {
                cancelled.set(true);
            }
        });
        return body;
    }

    @Test
    void anEndlessBodyIsCutOffAtTheLimit() {
        CappedBody body = subscribed();
        CompletableFuture<byte[]> whole = body.getBody().toCompletableFuture();
        byte[] chunk = new byte[1 << 20];
        for (long sent = 0; sent <= CappedBody.LIMIT_BYTES; sent += chunk.length) {
            assertThat(whole).isNotDone();
            body.onNext(List.of(ByteBuffer.wrap(chunk)));
        }
        body.onNext(List.of(ByteBuffer.wrap(chunk)));
        assertThat(cancelled).isTrue();
        assertThat(whole).isCompletedExceptionally();
        assertThat(whole.handle((bytes, error) -> error).join()).isInstanceOf(IOException.class);
    }

    @Test
    void aBodyWithinTheLimitIsWhole() {
        CappedBody body = subscribed();
        body.onNext(List.of(ByteBuffer.wrap(new byte[] {1, 2}), ByteBuffer.wrap(new byte[] {3})));
        body.onComplete();
        assertThat(body.getBody().toCompletableFuture().join()).containsExactly(1, 2, 3);
        assertThat(cancelled).isFalse();
    }
}
