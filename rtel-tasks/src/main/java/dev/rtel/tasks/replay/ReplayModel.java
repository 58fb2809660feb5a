package dev.rtel.tasks.replay;

import dev.rtel.config.ConfigException;
import dev.rtel.eval.Attempt;
import dev.rtel.eval.Completion;
import dev.rtel.eval.CompletionRequest;
import dev.rtel.eval.Origin;
import dev.rtel.eval.TrialKey;
import dev.rtel.spi.AttemptContext;
import dev.rtel.spi.Model;
import dev.rtel.spi.ModelException;
import dev.rtel.tasks.replay.CompletionLine.RoleCall;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Answers with what was recorded for the trial. Times are those of the record: unknown when it has none. */
final class ReplayModel implements Model {
    private final String id;
    private final String name;
    private final CompletionsFile file;

    ReplayModel(String id, String name, CompletionsFile file) {
        this.id = id;
        this.name = name;
        this.file = file;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Completion complete(CompletionRequest request, AttemptContext context) {
        boolean contestant = context.role().equals(Attempt.CONTESTANT);
        TrialKey trial = context.trial();
        TrialKey key = contestant ? new TrialKey(name, trial.task(), trial.sample(), trial.epoch()) : trial;
        CompletionLine line = line(key);
        Completion completion = recorded(contestant ? line.reply() : call(line, context.role(), context.call()));
        completion.generationId().ifPresent(context::onGenerationId);
        return completion;
    }

    /** What failed when it was recorded fails again, for good: asking a file once more changes nothing. */
    private static Completion recorded(RecordedReply reply) {
        try {
            return reply.completion();
        } catch (ModelException.Permanent e) {
            throw e;
        } catch (ModelException e) {
            throw new ModelException.Permanent(String.valueOf(e.getMessage()), e.details(), e);
        }
    }

    @Override
    public Optional<Origin> origin() {
        return Optional.of(file.origin(name));
    }

    @Override
    public boolean playback() {
        return true;
    }

    private CompletionLine line(TrialKey key) {
        try {
            return file.find(key)
                    .orElseThrow(() -> new ModelException.Permanent("not_found", "no recorded completion for " + key));
        } catch (IOException | ConfigException e) {
            throw new ModelException.Permanent(
                    "the recorded completion for " + key + " cannot be read: " + e.getMessage(),
                    ModelException.Details.of("unreadable"),
                    e);
        }
    }

    private static RecordedReply call(CompletionLine line, String role, int number) {
        List<RoleCall> calls =
                line.calls().stream().filter(c -> c.role().equals(role)).toList();
        if (number < 0 || number >= calls.size()) {
            throw new ModelException.Permanent(
                    "not_found",
                    "no recorded completion for call " + (number + 1) + " of the role '" + role + "' in grading "
                            + line.key() + "; recorded: " + calls.size());
        }
        return calls.get(number).reply();
    }
}
