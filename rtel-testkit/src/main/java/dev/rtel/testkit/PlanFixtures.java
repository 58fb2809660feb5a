package dev.rtel.testkit;

import dev.rtel.config.Config;
import dev.rtel.eval.Attempt;
import dev.rtel.eval.BillingRecord;
import dev.rtel.eval.Completion;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.Cost;
import dev.rtel.eval.Count;
import dev.rtel.eval.Failure;
import dev.rtel.eval.GradingDetail;
import dev.rtel.eval.Message;
import dev.rtel.eval.Origin;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.PlannedTask;
import dev.rtel.eval.RoleUsage;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Score;
import dev.rtel.eval.Target;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialKey;
import dev.rtel.eval.TrialRecord;
import dev.rtel.eval.UsageFlag;
import dev.rtel.eval.Waste;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Small plans, trials and records for tests. Equal arguments give equal values; no network names, no real answers. */
public final class PlanFixtures {
    /** Launch time of plans that do not say otherwise; with nanoseconds, so that cut-off times show. */
    public static final Instant CREATED_AT = Instant.parse("2026-11-20T14:02:11.123456789Z");

    private PlanFixtures() {}

    /** A plan of one task, launched at {@link #CREATED_AT}; trials in the order model, sample, epoch. */
    public static RunPlan plan(String runId, int models, int samples, int epochs) {
        return plan(runId, CREATED_AT, models, samples, epochs);
    }

    /** A plan of one task {@code arithmetic}: models {@code model-1…}, samples {@code sample-1…}. */
    public static RunPlan plan(String runId, Instant createdAt, int models, int samples, int epochs) {
        PlannedTask task = task("arithmetic");
        List<PlannedModel> planned = new ArrayList<>();
        List<Trial> trials = new ArrayList<>();
        for (int m = 1; m <= models; m++) {
            PlannedModel model = model("model-" + m);
            planned.add(model);
            for (int s = 1; s <= samples; s++) {
                Sample sample = sample(s);
                for (int e = 1; e <= epochs; e++) {
                    trials.add(trial(model, task, sample, e));
                }
            }
        }
        return new RunPlan(
                runId,
                "test-roster",
                createdAt,
                true,
                epochs,
                planned,
                Map.of("judge", model("judge")),
                List.of(task),
                trials,
                details());
    }

    /** The same plan with other trials; their models and tasks must be the plan's. */
    public static RunPlan withTrials(RunPlan plan, List<Trial> trials) {
        return new RunPlan(
                plan.runId(),
                plan.roster(),
                plan.createdAt(),
                plan.simulated(),
                plan.epochs(),
                plan.models(),
                plan.roles(),
                plan.tasks(),
                trials,
                plan.details());
    }

    /** A simulated model with parameters and routing. */
    public static PlannedModel model(String name) {
        return new PlannedModel(
                name,
                "vendor/" + name,
                new ComponentSpec("scripted", Config.of("models[0].settings", Map.of("seed", 7))),
                ComponentSpec.of("usage"),
                Map.of("reasoning", Map.of("effort", "high"), "temperature", new BigDecimal("0.70")),
                Map.of("only", List.of("somewhere")),
                new Origin("scripted", true),
                OptionalInt.of(4),
                false,
                false);
    }

    /** A task graded by {@code exact-numeric}. */
    public static PlannedTask task(String name) {
        return new PlannedTask(name, "1", "math", name, "0".repeat(64), ComponentSpec.of("exact-numeric"), 1.0);
    }

    /** Sample {@code sample-n} whose answer is n + n. */
    public static Sample sample(int n) {
        return Sample.builder("sample-" + n)
                .input("What is " + n + " + " + n + "?")
                .target(Target.of(String.valueOf(n + n)))
                .workload(n)
                .tags(List.of("addition"))
                .metadata(Map.of("licence", "Apache-2.0"))
                .build();
    }

    /** A trial whose fingerprints follow from its key. */
    public static Trial trial(PlannedModel model, PlannedTask task, Sample sample, int epoch) {
        TrialKey key = new TrialKey(model.name(), task.name(), sample.id(), epoch);
        List<Message> messages = new ArrayList<>(sample.input());
        messages.add(Message.user("End with: Final answer: <number>"));
        return new Trial(key, model, task, sample, messages, "c1:" + key, "g1:" + key);
    }

    /** A correct answer with everything known. */
    public static TrialRecord scored(RunPlan plan, Trial trial) {
        return record(plan, trial, fullOutcome(trial));
    }

    /** A paid completion, not yet graded, nothing but its text known. */
    public static TrialRecord completed(RunPlan plan, Trial trial) {
        return record(
                plan,
                trial,
                new Outcome.Completed(
                        Completion.builder().text("Final answer: 4").build()));
    }

    /** A trial without a completion. */
    public static TrialRecord failed(RunPlan plan, Trial trial) {
        return record(plan, trial, new Outcome.Failed(new Failure("timeout", "no reply within 10m", true)));
    }

    /** A record of any outcome after one attempt. */
    public static TrialRecord record(RunPlan plan, Trial trial, Outcome outcome) {
        return new TrialRecord(
                plan.runId(),
                trial,
                outcome,
                1,
                Waste.none(),
                plan.createdAt().plusNanos(1),
                plan.createdAt().plusMillis(1500),
                Optional.empty());
    }

    /** Records that differ in what is known: nothing, everything, and every kind of outcome and grading detail. */
    public static Map<String, TrialRecord> variety(RunPlan plan, Trial trial) {
        Map<String, TrialRecord> records = new LinkedHashMap<>();
        Completion empty = Completion.builder().build();
        records.put("empty completion", record(plan, trial, new Outcome.Completed(empty)));
        records.put(
                "completed with judge calls",
                record(plan, trial, new Outcome.Completed(fullCompletion(trial), judgeCalls())));
        records.put(
                "nothing known",
                record(
                        plan,
                        trial,
                        new Outcome.Scored(
                                empty,
                                TokenUsage.unknown(),
                                Score.unscored("judge-unreadable", "no verdict"),
                                RoleUsage.none())));
        records.put("everything known", full(plan, trial));
        records.put("failed", failed(plan, trial));
        records.put(
                "failed, waste unknown",
                new TrialRecord(
                        plan.runId(),
                        trial,
                        new Outcome.Failed(new Failure("server", "", false)),
                        3,
                        Waste.unknown(),
                        plan.createdAt(),
                        plan.createdAt(),
                        Optional.empty()));
        details(trial)
                .forEach((name, detail) -> records.put(
                        "graded by " + name,
                        record(
                                plan,
                                trial,
                                new Outcome.Scored(
                                        fullCompletion(trial),
                                        fullUsage(),
                                        new Score.Graded(1.0 / 3, Optional.empty(), "partly \"right\"\n✓", detail),
                                        judgeCalls()))));
        return records;
    }

    /** Attempt {@code number} of a trial by the contestant, without an end. */
    public static Attempt attempt(RunPlan plan, Trial trial, int number) {
        return new Attempt(
                plan.runId() + "/" + trial.key() + "/" + number,
                plan.runId(),
                trial.key(),
                Attempt.CONTESTANT,
                number,
                plan.createdAt().plusSeconds(number),
                Optional.empty(),
                Optional.empty());
    }

    private static TrialRecord full(RunPlan plan, Trial trial) {
        return new TrialRecord(
                plan.runId(),
                trial,
                fullOutcome(trial),
                3,
                new Waste(OptionalLong.of(12_345_678_901L), Optional.of(new BigDecimal("0.0000012300"))),
                plan.createdAt(),
                plan.createdAt().plusNanos(999_999_999),
                Optional.of("cache hit: 'x' … ☕"));
    }

    private static Outcome fullOutcome(Trial trial) {
        return new Outcome.Scored(fullCompletion(trial), fullUsage(), Score.correct("4"), judgeCalls());
    }

    private static Completion fullCompletion(Trial trial) {
        Map<String, @Nullable Object> usage = new LinkedHashMap<>();
        usage.put("prompt_tokens", 17);
        usage.put("cost", new BigDecimal("0.00012340"));
        usage.put("cost_details", null);
        usage.put("nested", Map.of("list", List.of(1, "two", true)));
        return Completion.builder()
                .text("4 \uD83D\uDE00 \u0000 é\r\nFinal answer: 4")
                .reasoning("2 + 2")
                .finishReason("stop")
                .usage(usage)
                .latency(Duration.ofNanos(1_234_567_891L))
                .ttft(Duration.ofMillis(250))
                .provider("Somewhere")
                .servedModel(trial.model().id() + ":2026-01-01")
                .generationId("gen-" + trial.key())
                .raw("{\"id\": \"gen-" + trial.key() + "\",  \"text\":\"\uD83D\uDE00\"}")
                .cacheHit(true)
                .billing(billing("gen-" + trial.key()))
                .build();
    }

    private static BillingRecord billing(String id) {
        return new BillingRecord(
                Optional.of(id),
                OptionalLong.of(17),
                OptionalLong.of(0),
                OptionalLong.of(3_000_000_000L),
                OptionalLong.empty(),
                Optional.of(new BigDecimal("0.00012340")),
                Optional.of("Somewhere"),
                Optional.of("vendor/model:2026-01-01"),
                false,
                Optional.of("{ \"data\": {\"id\":\"" + id + "\", \"router\": null } }"));
    }

    private static TokenUsage fullUsage() {
        return new TokenUsage(
                Count.of(17, Count.Source.USAGE),
                Count.of(0, Count.Source.GENERATION),
                Count.of(5, Count.Source.DERIVED),
                new Count(OptionalLong.empty(), Count.Source.NOT_APPLICABLE),
                OptionalLong.of(-3),
                Count.of(3_000_000_000L, Count.Source.ESTIMATED),
                Cost.of(new BigDecimal("1.2300000000000000000000000001"), Cost.Source.PRICED),
                EnumSet.allOf(UsageFlag.class));
    }

    private static RoleUsage judgeCalls() {
        Completion verdict = Completion.builder()
                .text("{\"verdict\": \"pass\"}")
                .generationId("gen-judge")
                .raw("{ \"verdict\":\"pass\" }")
                .billing(billing("gen-judge"))
                .build();
        return RoleUsage.none()
                .plus(new RoleUsage.Call("judge", "vendor/judge", verdict, fullUsage()))
                .plus(new RoleUsage.Call(
                        "judge", "vendor/judge", Completion.builder().build(), TokenUsage.unknown()));
    }

    private static Map<String, GradingDetail> details(Trial trial) {
        Map<String, Boolean> checkpoints = new LinkedHashMap<>();
        checkpoints.put("z-first", true);
        checkpoints.put("a-second", false);
        Map<String, @Nullable Object> custom = new LinkedHashMap<>();
        custom.put("ratio", new BigDecimal("0.50"));
        custom.put("missing", null);
        custom.put("sample", trial.sample().id());
        Map<String, GradingDetail> details = new LinkedHashMap<>();
        details.put("nothing", new GradingDetail.None());
        details.put(
                "extraction",
                new GradingDetail.Extraction("extracted", OptionalInt.of(1), OptionalInt.of(0), OptionalInt.of(9)));
        details.put(
                "extraction without answer",
                new GradingDetail.Extraction(
                        "no-answer", OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty()));
        details.put(
                "code",
                new GradingDetail.CodeRun(
                        "WRONG", Optional.empty(), Optional.of("bwrap"), Optional.of("3.11.2"), 2, 5));
        details.put(
                "judge",
                new GradingDetail.Judgement(
                        "vendor/judge",
                        checkpoints,
                        List.of("circular"),
                        Optional.of("1 = 2"),
                        true,
                        false,
                        List.of("pass", "fail", "pass")));
        details.put("custom code", new GradingDetail.Custom(custom));
        return details;
    }

    private static Map<String, @Nullable Object> details() {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("command", List.of("rtel", "run"));
        details.put("max_cost", new BigDecimal("5.00"));
        details.put("note", null);
        return details;
    }
}
