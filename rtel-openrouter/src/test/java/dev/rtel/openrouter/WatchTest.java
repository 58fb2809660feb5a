package dev.rtel.openrouter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static Exchange looked(Runnable action) {
        return new Exchange() {
            @Override
            void look(long now) {
                action.run();
            }
        };
    }

    @Test
    void aFaultOfOneExchangeEndsThatOneAlone() throws InterruptedException {
        Watch watch = new Watch();
        CountDownLatch often = new CountDownLatch(3);
        Exchange failing = looked(() -> {
            throw new AssertionError("odd");
        });
        Exchange fine = looked(often::countDown);
        watch.add(failing);
        watch.add(fine);
        assertThat(often.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(failing.getBody()
                        .toCompletableFuture()
                        .handle((body, error) -> error)
                        .join())
                .isInstanceOf(IOException.class)
                .hasRootCauseMessage("odd");
        assertThat(fine.getBody().toCompletableFuture()).isNotDone();
        watch.forget(fine);
    }

    @Test
    void anIdleWatchWakesForTheNextExchange() throws InterruptedException {
        Watch watch = new Watch();
        for (int i = 0; i < 50; i++) {
            CountDownLatch seen = new CountDownLatch(1);
            Exchange exchange = looked(seen::countDown);
            watch.add(exchange);
            assertThat(seen.await(20, TimeUnit.SECONDS)).isTrue();
            watch.forget(exchange);
        }
    }
}
