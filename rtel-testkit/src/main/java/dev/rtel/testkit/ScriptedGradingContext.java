package dev.rtel.testkit;

import dev.rtel.config.ConfigException;
import dev.rtel.eval.Completion;
import dev.rtel.eval.CompletionRequest;
import dev.rtel.spi.GradingContext;
import dev.rtel.spi.RoleModel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A grading context whose roles answer by a script; keeps every request made of them. Thread-safe. */
public final class ScriptedGradingContext implements GradingContext {
    private final Function<CompletionRequest, Completion> script;
    private final boolean trusted;
    private final List<CompletionRequest> requests = new CopyOnWriteArrayList<>();

    private ScriptedGradingContext(Function<CompletionRequest, Completion> script, boolean trusted) {
        this.script = script;
        this.trusted = trusted;
    }

    /** A context without roles: asking for one is a {@link ConfigException}. */
    public static ScriptedGradingContext withoutRoles() {
        return new ScriptedGradingContext(
                request -> {
                    throw new ConfigException("this test binds no role");
                },
                false);
    }

    /** Every role answers as the script says; the script may throw a {@link dev.rtel.spi.ModelException}. */
    public static ScriptedGradingContext answering(Function<CompletionRequest, Completion> script) {
        return new ScriptedGradingContext(script, false);
    }

    /** Every role answers with the text the script makes of the request, finish reason {@code stop}. */
    public static ScriptedGradingContext answeringText(Function<CompletionRequest, String> script) {
        return answering(request -> Completion.builder()
                .text(script.apply(request))
                .finishReason("stop")
                .build());
    }

    /** The same context, but its answers are trusted as coming from a simulator of this process. */
    public ScriptedGradingContext asTrusted() {
        return new ScriptedGradingContext(script, true);
    }

    /** Returns the requests made so far, in order. */
    public List<CompletionRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public RoleModel model(String role) {
        return new RoleModel() {
            @Override
            public String id() {
                return "scripted/" + role;
            }

            @Override
            public Completion complete(CompletionRequest request) {
                requests.add(request);
                return script.apply(request);
            }
        };
    }

    @Override
    public Duration remaining() {
        return Duration.ofMinutes(10);
    }

    @Override
    public boolean trusted() {
        return trusted;
    }
}
