package dev.rtel.internal;

import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.Trial;
import dev.rtel.plan.PreparedPlan;
import dev.rtel.spi.Lane;
import dev.rtel.spi.Model;
import dev.rtel.spi.TokenExtractor;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whom to call, with all that the plan knows of it: a contestant, or a model in a role. */
record Callee(PlannedModel planned, Model model, TokenExtractor extractor, Lane lane, Duration timeout) {
    static Callee contestant(PreparedPlan prepared, Trial trial) {
        String name = trial.key().model();
        return of(prepared, trial.model(), prepared.models().get(name), name);
    }

    static Callee role(PreparedPlan prepared, String role) {
        PlannedModel planned = of(prepared.plan().roles(), role);
        return of(prepared, planned, prepared.roles().get(role), "role:" + role);
    }

    private static Callee of(PreparedPlan prepared, PlannedModel planned, @Nullable Model model, String key) {
        return new Callee(
                planned,
                Objects.requireNonNull(model, key),
                of(prepared.extractors(), key),
                of(prepared.lanes(), key),
                of(prepared.timeouts(), key));
    }

    private static <T> T of(Map<String, T> parts, String key) {
        return Objects.requireNonNull(parts.get(key), key);
    }
}
