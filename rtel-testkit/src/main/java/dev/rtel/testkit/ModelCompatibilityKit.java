package dev.rtel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rtel.eval.Completion;
import dev.rtel.eval.CompletionRequest;
import dev.rtel.eval.Message;
import dev.rtel.spi.Model;
import dev.rtel.spi.ModelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link Model} must do. Extend it in a test class and say how to bring about each {@link Situation}; a
 * model that cannot get into one says so by {@link #supports}.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ModelCompatibilityKit {
    private static final Duration LONG = Duration.ofSeconds(30);

    /** For extending. */
    protected ModelCompatibilityKit() {}

    /** What the provider behind the model does with every call. */
    public enum Situation {
        /** Answers with text and finish reason {@code stop}. */
        ANSWERS,
        /** Answers with finish reason {@code length} and no text. */
        CUT_OFF,
        /** Takes the call and never finishes the answer. */
        STALLS,
        /** Is overloaded (HTTP 503). */
        OVERLOADED,
        /** Refuses the request as malformed (HTTP 400). */
        REFUSES,
        /** Refuses the key (HTTP 401). */
        KEY_REFUSED
    }

    /** Makes a new model whose provider is in this situation. */
    protected abstract Model model(Situation situation);

    /** Returns how many calls have reached the provider of the model made last. */
    protected abstract int calls();

    /** Whether the model can get into the situation; by default it can. */
    protected boolean supports(Situation situation) {
        return true;
    }

    private Model open(Situation situation) {
        assumeTrue(supports(situation), () -> "this model never gets into the situation " + situation);
        return model(situation);
    }

    private static CompletionRequest request(Duration timeout) {
        return new CompletionRequest(List.of(Message.user("What is 6 x 7?")), Map.of(), Map.of(), timeout);
    }

    private static Completion complete(Model model) throws InterruptedException {
        return model.complete(request(LONG), SimpleAttempt.within(LONG));
    }

    @Test
    void hasAnId() {
        Model model = open(Situation.ANSWERS);
        assertThat(model.id()).isNotBlank().isEqualTo(model.id());
        model.close();
    }

    @Test
    void answersWithOneCall() throws InterruptedException {
        Model model = open(Situation.ANSWERS);
        Completion completion = complete(model);
        assertThat(completion.text()).isPresent();
        assertThat(completion.finishReason()).contains("stop");
        assertThat(calls()).isEqualTo(1);
        model.close();
    }

    @Test
    void aGenerationIdToldEarlyIsThatOfTheCompletion() throws InterruptedException {
        Model model = open(Situation.ANSWERS);
        SimpleAttempt attempt = SimpleAttempt.within(LONG);
        Completion completion = model.complete(request(LONG), attempt);
        assertThat(attempt.generationIds())
                .hasSizeLessThanOrEqualTo(1)
                .allMatch(id -> completion.generationId().filter(id::equals).isPresent());
        model.close();
    }

    @Test
    void aCutOffAnswerIsACompletionNotAnError() throws InterruptedException {
        Model model = open(Situation.CUT_OFF);
        Completion completion = complete(model);
        assertThat(completion.truncated()).isTrue();
        assertThat(completion.text()).isEmpty();
        model.close();
    }

    @Test
    void overloadIsTransientAndNotRetriedInside() {
        Model model = open(Situation.OVERLOADED);
        assertThatThrownBy(() -> complete(model)).isInstanceOfSatisfying(ModelException.Transient.class, e -> {
            assertThat(e.failure().retryable()).isTrue();
            assertThat(e.failure().type()).isNotBlank();
        });
        assertThat(calls()).isEqualTo(1);
        model.close();
    }

    @Test
    void aRefusedRequestIsPermanent() {
        Model model = open(Situation.REFUSES);
        assertThatThrownBy(() -> complete(model))
                .isInstanceOfSatisfying(
                        ModelException.Permanent.class,
                        e -> assertThat(e.failure().retryable()).isFalse());
        assertThat(calls()).isEqualTo(1);
        model.close();
    }

    @Test
    void aRefusedKeyStopsTheRun() {
        Model model = open(Situation.KEY_REFUSED);
        assertThatThrownBy(() -> complete(model)).isInstanceOf(ModelException.RunFatal.class);
        model.close();
    }

    @Test
    void aStalledAnswerEndsAtTheTimeoutOfTheRequest() {
        Model model = open(Situation.STALLS);
        long start = System.nanoTime();
        assertThatThrownBy(() -> model.complete(request(Duration.ofMillis(400)), SimpleAttempt.within(LONG)))
                .isInstanceOf(ModelException.Transient.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        model.close();
    }

    @Test
    void aStalledAnswerEndsAtTheDeadlineOfTheAttempt() {
        Model model = open(Situation.STALLS);
        long start = System.nanoTime();
        assertThatThrownBy(() -> model.complete(request(LONG), SimpleAttempt.within(Duration.ofMillis(400))))
                .isInstanceOf(ModelException.Transient.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        model.close();
    }

    @Test
    void interruptionEndsTheCallPromptly() throws InterruptedException {
        Model model = open(Situation.STALLS);
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        Thread caller = new Thread(() -> outcome.set(catchThrowable(() -> complete(model))), "kit-caller");
        caller.start();
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (calls() == 0 && System.nanoTime() < giveUp) {
            Thread.onSpinWait();
        }
        caller.interrupt();
        caller.join(5_000);
        assertThat(caller.isAlive()).as("still in complete() after 5 s").isFalse();
        assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
        model.close();
    }

    @Test
    void answersManyCallersAtOnce() throws Exception {
        Model model = open(Situation.ANSWERS);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Completion>> calls = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                calls.add(() -> complete(model));
            }
            for (Future<Completion> call : pool.invokeAll(calls)) {
                assertThat(call.get().text()).isPresent();
            }
        } finally {
            pool.shutdownNow();
            model.close();
        }
    }
}
