package dev.rtel.openrouter;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Collects a response body of limited size, so that a broken server cannot fill the heap. */
final class CappedBody implements BodySubscriber<byte[]> {
    static final long LIMIT_BYTES = 64L << 20;
    private final BodySubscriber<byte[]> inner = BodySubscribers.ofByteArray();
    private Flow.@Nullable Subscription subscription;
    private long left = LIMIT_BYTES;

    @Override
    public CompletionStage<byte[]> getBody() {
        return inner.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        inner.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (left < 0) {
            return;
        }
        for (ByteBuffer buffer : buffers) {
            left -= buffer.remaining();
        }
        if (left >= 0) {
            inner.onNext(buffers);
            return;
        }
        if (subscription != null) {
            subscription.cancel();
        }
        inner.onError(new IOException("the body is larger than " + LIMIT_BYTES + " bytes"));
    }

    @Override
    public void onError(Throwable error) {
        inner.onError(error);
    }

    @Override
    public void onComplete() {
        inner.onComplete();
    }
}
