package dev.rtel.report;

import dev.rtel.common.PlainJson;
import dev.rtel.eval.Attempt;
import dev.rtel.eval.Failure;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.PlannedTask;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.TrialRecord;
import dev.rtel.spi.RunRecords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What was run, as {@code run.json}, schema {@value #SCHEMA}: identity, conditions and state of a run, and the attempts
 * whose outcome nobody knows. Holds names of environment variables, never their values, and no provider settings.
 * Thread-safe.
 */
public final class RunJson {
    /** Name and version of the format. */
    public static final String SCHEMA = "rtel.run/1";

    /** Name of the file in a result folder. */
    public static final String FILE_NAME = "run.json";

    private static final String ENVIRONMENT = "environment";
    private static final List<String> CONDITIONS = List.of("command", "versions", "os", ENVIRONMENT, "limits");

    private RunJson() {}

    /** Returns the document as indented text with a final line feed. */
    public static String text(RunRecords records) {
        return PlainJson.writePretty(toMap(records)) + "\n";
    }

    /** Returns the document as plain data; conditions are taken from {@link RunPlan#details()}, null where absent. */
    public static Map<String, @Nullable Object> toMap(RunRecords records) {
        StoredRun run = records.run();
        RunPlan plan = run.plan();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("schema", SCHEMA);
        map.put("run_id", plan.runId());
        map.put("state", run.state().word());
        map.put("roster", plan.roster());
        map.put("simulated", plan.simulated());
        for (String key : CONDITIONS) {
            Object value = plan.details().get(key);
            map.put(key, key.equals(ENVIRONMENT) ? namesOnly(value) : value);
        }
        map.put("epochs", plan.epochs());
        List<Object> tasks = new ArrayList<>();
        plan.tasks().forEach(task -> tasks.add(task(task, plan)));
        map.put("tasks", tasks);
        List<Object> models = new ArrayList<>();
        plan.models().forEach(model -> models.add(model(model)));
        map.put("models", models);
        Map<String, @Nullable Object> roles = new LinkedHashMap<>();
        plan.roles().forEach((role, model) -> roles.put(role, model(model)));
        map.put("roles", roles);
        map.put("start", JsonNumbers.time(plan.createdAt()));
        map.put("end", run.finishedAt().map(JsonNumbers::time).orElse(null));
        map.put("counts", counts(plan, records.figures(), records.attempts()));
        map.put("unknown_attempts", unknown(records.unknown()));
        plan.details().forEach((key, value) -> {
            if (!map.containsKey(key)) {
                map.put(key, key.startsWith("env") ? namesOnly(value) : value);
            }
        });
        return map;
    }

    /** Names are kept; values, should someone have handed them over, are not. */
    private static @Nullable Object namesOnly(@Nullable Object environment) {
        return environment instanceof Map<?, ?> map ? new ArrayList<Object>(new TreeSet<>(map.keySet())) : environment;
    }

    private static Map<String, @Nullable Object> task(PlannedTask task, RunPlan plan) {
        long samples = plan.trials().stream()
                .filter(t -> t.key().task().equals(task.name()))
                .map(t -> t.key().sample())
                .distinct()
                .count();
        return LeaderboardJson.object(
                "name", task.name(),
                "version", task.version(),
                "category", task.category(),
                "source", task.source(),
                "sha256", task.sha256(),
                "grader", task.grader().provider(),
                "pass_at", JsonNumbers.of(task.passAt()),
                "samples", samples);
    }

    private static Map<String, @Nullable Object> model(PlannedModel model) {
        return LeaderboardJson.object(
                "name", model.name(),
                "id", model.id(),
                "client", model.identity().client(),
                "simulated", model.identity().simulated(),
                "extractor", model.extractor().provider(),
                "params", model.params(),
                "routing", model.routing(),
                "max_concurrency", JsonNumbers.of(model.maxConcurrency()),
                "reasoning_locked", model.locked(),
                "baseline", model.baseline());
    }

    private static Map<String, @Nullable Object> counts(RunPlan plan, List<TrialRecord> records, int attempts) {
        long graded = count(records, r -> r.graded().isPresent());
        long scored = count(records, r -> r.outcome() instanceof Outcome.Scored);
        return LeaderboardJson.object(
                "trials", plan.trials().size(),
                "scored", graded,
                "unscored", scored - graded,
                "failed", count(records, r -> r.outcome() instanceof Outcome.Failed),
                "ungraded", count(records, r -> r.outcome() instanceof Outcome.Completed),
                "open", Math.max(0, plan.trials().size() - records.size()),
                "quarantined", count(records, r -> r.quarantined().isPresent()),
                "attempts", attempts);
    }

    private static long count(List<TrialRecord> records, Predicate<TrialRecord> which) {
        return records.stream().filter(which).count();
    }

    private static List<Object> unknown(List<Attempt> attempts) {
        List<Object> unknown = new ArrayList<>();
        for (Attempt attempt : attempts) {
            unknown.add(LeaderboardJson.object(
                    "attempt_id", attempt.id(),
                    "trial",
                            LeaderboardJson.object(
                                    "model", attempt.trial().model(),
                                    "task", attempt.trial().task(),
                                    "sample", attempt.trial().sample(),
                                    "epoch", attempt.trial().epoch()),
                    "role", attempt.role(),
                    "sent_at", JsonNumbers.time(attempt.sentAt()),
                    "generation_id", attempt.generationId().orElse(null),
                    "what", what(attempt),
                    "failure",
                            attempt.end()
                                    .flatMap(Attempt.End::failure)
                                    .map(Failure::type)
                                    .orElse(null)));
        }
        return unknown;
    }

    /** What of it is not known. */
    private static String what(Attempt attempt) {
        return attempt.outcomeUnknown() ? "sent, outcome unknown" : "answered, cost unknown";
    }
}
