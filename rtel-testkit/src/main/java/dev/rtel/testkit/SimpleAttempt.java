package dev.rtel.testkit;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.TrialKey;
import dev.rtel.spi.AttemptContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An attempt for tests; remembers the ids it was told. Thread-safe. */
public final class SimpleAttempt implements AttemptContext {
    private final TrialKey trial;
    private final int number;
    private final Instant deadline;
    private final List<String> ids = new CopyOnWriteArrayList<>();

    private SimpleAttempt(TrialKey trial, int number, Instant deadline) {
        this.trial = trial;
        this.number = number;
        this.deadline = deadline;
    }

    /** A first attempt of a contestant that must end within the given time from now. */
    public static SimpleAttempt within(Duration time) {
        return of(new TrialKey("model", "task", "sample", 1), 1, time);
    }

    /** An attempt of a contestant that must end within the given time from now. */
    public static SimpleAttempt of(TrialKey trial, int number, Duration time) {
        return new SimpleAttempt(trial, number, Instant.now().plus(time));
    }

    @Override
    public String attemptId() {
        return "attempt-" + number;
    }

    @Override
    public TrialKey trial() {
        return trial;
    }

    @Override
    public String role() {
        return Attempt.CONTESTANT;
    }

    @Override
    public int attempt() {
        return number;
    }

    @Override
    public Instant deadline() {
        return deadline;
    }

    @Override
    public void onGenerationId(String id) {
        ids.add(id);
    }

    /** Returns a snapshot of the ids told so far, in order. */
    public List<String> generationIds() {
        return List.copyOf(ids);
    }
}
