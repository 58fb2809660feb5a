package dev.rtel.testkit;

import dev.rtel.eval.Completion;
import dev.rtel.eval.CompletionRequest;
import dev.rtel.spi.AttemptContext;
import dev.rtel.spi.Model;
import dev.rtel.spi.ModelException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A model that answers by a script, without a network; keeps every call made of it. Thread-safe. */
public final class ScriptedModel implements Model {
    private final String id;
    private final Answer script;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private ScriptedModel(String id, Answer script) {
        this.id = Objects.requireNonNull(id, "id");
        this.script = Objects.requireNonNull(script, "script");
    }

    /** What the model does with a call: answers, or throws a {@link ModelException}. */
    @FunctionalInterface
    public interface Answer {
        /**
         * Answers one call; may block.
         *
         * @throws InterruptedException if the thread was interrupted while waiting
         */
        Completion answer(CompletionRequest request, AttemptContext attempt) throws InterruptedException;
    }

    /**
     * One call of the model.
     *
     * @param request what was asked
     * @param attempt the attempt it belonged to
     */
    public record Call(CompletionRequest request, AttemptContext attempt) {}

    /** Answers every call by this function of request and attempt. */
    public static ScriptedModel answering(String id, Answer script) {
        return new ScriptedModel(id, script);
    }

    /** Answers every call with this text. */
    public static ScriptedModel saying(String id, String text) {
        return new ScriptedModel(id, text(text));
    }

    /** Does these one after the other; calls beyond the last are a {@link ModelException.Permanent}. */
    public static ScriptedModel inOrder(String id, Answer... answers) {
        List<Answer> queue = List.of(answers);
        AtomicInteger next = new AtomicInteger();
        return new ScriptedModel(id, (request, attempt) -> {
            int number = next.getAndIncrement();
            if (number >= queue.size()) {
                throw new ModelException.Permanent(
                        "internal", "the script of '" + id + "' has " + queue.size() + " answers, no more");
            }
            return queue.get(number).answer(request, attempt);
        });
    }

    /** Answers with this text, finish reason {@code stop}; what it used is not told. */
    public static Answer text(String text) {
        return reply(Completion.builder().text(text).finishReason("stop").build());
    }

    /** Answers with this completion. */
    public static Answer reply(Completion completion) {
        return (request, attempt) -> completion;
    }

    /** Fails. */
    public static Answer failure(ModelException failure) {
        return (request, attempt) -> {
            throw failure;
        };
    }

    /** Says nothing until the time of the request or the attempt is over, then fails with a transient {@code timeout}. */
    public static Answer silence() {
        return (request, attempt) -> {
            Duration left = Duration.between(Instant.now(), attempt.deadline());
            Duration wait = left.compareTo(request.timeout()) < 0 ? left : request.timeout();
            Thread.sleep(Math.max(0, wait.toMillis()));
            throw new ModelException.Transient("timeout", "no answer within " + wait);
        };
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Completion complete(CompletionRequest request, AttemptContext context) throws InterruptedException {
        calls.add(new Call(request, context));
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Completion completion = script.answer(request, context);
        completion.generationId().ifPresent(context::onGenerationId);
        return completion;
    }

    @Override
    public void close() {
        closed.set(true);
    }

    /** Returns the calls so far, failed ones included, in the order they came. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Returns what was asked so far, in order. */
    public List<CompletionRequest> requests() {
        return calls.stream().map(Call::request).toList();
    }

    /** Whether {@link #close} was called. */
    public boolean closed() {
        return closed.get();
    }
}
