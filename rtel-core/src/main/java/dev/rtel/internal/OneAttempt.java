package dev.rtel.internal;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.TrialKey;
import dev.rtel.spi.AttemptContext;
import java.time.Instant;
import java.util.function.Consumer;

/** An attempt as the model under call sees it. */
record OneAttempt(Attempt intent, int call, Instant deadline, Consumer<String> identified) implements AttemptContext {
    @Override
    public String attemptId() {
        return intent.id();
    }

    @Override
    public TrialKey trial() {
        return intent.trial();
    }

    @Override
    public String role() {
        return intent.role();
    }

    @Override
    public int attempt() {
        return intent.number();
    }

    @Override
    public void onGenerationId(String id) {
        identified.accept(id);
    }
}
