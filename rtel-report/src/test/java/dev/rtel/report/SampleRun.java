package dev.rtel.report;

import dev.rtel.analysis.LeaderboardCalculator;
import dev.rtel.eval.Attempt;
import dev.rtel.eval.Completion;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.Cost;
import dev.rtel.eval.Count;
import dev.rtel.eval.Failure;
import dev.rtel.eval.GradingDetail;
import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.Message;
import dev.rtel.eval.Origin;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.PlannedTask;
import dev.rtel.eval.RoleUsage;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.RunState;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Score;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.Target;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialKey;
import dev.rtel.eval.TrialRecord;
import dev.rtel.eval.UsageFlag;
import dev.rtel.eval.Waste;
import dev.rtel.spi.RunRecords;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run by hand of one model and six samples: full, failed, unscored by a judge, ungraded, and a pair of twins. */
final class SampleRun {
    static final Instant START = Instant.parse("2026-11-20T14:02:11Z");
    static final Instant GENERATED = Instant.parse("2026-11-20T15:00:00.5Z");
    static final String RAW = "{\"id\":\"gen-1\",\"usage\":{\"cost\":0.01234567890123456789}}";

    final String model;
    final boolean simulated;
    final RunPlan plan;
    final List<TrialRecord> records = new ArrayList<>();

    SampleRun() {
        this("google/gemini-2.5-pro", false);
    }

    SampleRun(String modelName, boolean fromSimulator) {
        model = modelName;
        simulated = fromSimulator;
        PlannedTask task =
                new PlannedTask("aime-math", "1", "math", "aime-math", "ab12", ComponentSpec.of("exact-numeric"), 1);
        List<Sample> samples = List.of(
                Sample.builder("full")
                        .input("2+2?")
                        .target(Target.of("4"))
                        .workload(12)
                        .tags(List.of("easy"))
                        .build(),
                Sample.of("failed", "?", Target.of("1")),
                Sample.of("unscored", "?", Target.of("1")),
                Sample.of("ungraded", "?", Target.of("1")),
                Sample.builder("twin-a")
                        .input("?")
                        .target(Target.of(true))
                        .twinOf("twin-b")
                        .build(),
                Sample.of("twin-b", "?", Target.of(false)));
        PlannedModel planned = planned(model);
        List<Trial> trials = new ArrayList<>();
        for (Sample sample : samples) {
            trials.add(new Trial(
                    new TrialKey(model, "aime-math", sample.id(), 1),
                    planned,
                    task,
                    sample,
                    List.of(Message.user(sample.input().get(0).content() + "\nFinal answer: …")),
                    "c1:" + sample.id(),
                    "g1:" + sample.id()));
        }
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("command", List.of("rtel", "run"));
        details.put("versions", Map.of("rtel", "0.1.0"));
        details.put("os", "Linux");
        details.put("environment", Map.of("OPENROUTER_API_KEY", "sk-planted-secret"));
        details.put("note", "nightly");
        plan = new RunPlan(
                "20261120T140211Z-test-7f3a",
                "test",
                START,
                simulated,
                1,
                List.of(planned),
                Map.of("judge", planned("mistralai/judge")),
                List.of(task),
                trials,
                details);
        add("full", full());
        add("failed", new Outcome.Failed(new Failure("timeout", "no reply within 600 s", true)));
        add("unscored", unscored());
        add("ungraded", new Outcome.Completed(Completion.builder().text("paid").build()));
        add("twin-a", plain(1));
        add("twin-b", plain(0));
    }

    private PlannedModel planned(String name) {
        return new PlannedModel(
                name,
                name,
                ComponentSpec.of("openrouter"),
                ComponentSpec.of("usage"),
                Map.of("reasoning", Map.of("effort", "high")),
                Map.of("only", List.of("google")),
                new Origin("openrouter", simulated),
                OptionalInt.empty(),
                false,
                false);
    }

    Trial trial(String sample) {
        return plan.trial(new TrialKey(model, "aime-math", sample, 1)).orElseThrow();
    }

    void add(String sample, Outcome outcome) {
        records.add(new TrialRecord(
                plan.runId(),
                trial(sample),
                outcome,
                2,
                sample.equals("failed") ? Waste.unknown() : Waste.none(),
                START,
                START.plusMillis(31_007),
                Optional.empty()));
    }

    TrialRecord record(String sample) {
        return records.stream()
                .filter(r -> r.key().sample().equals(sample))
                .findFirst()
                .orElseThrow();
    }

    void replace(String sample, Outcome outcome) {
        records.replaceAll(r -> r.key().sample().equals(sample) ? r.withOutcome(outcome) : r);
    }

    static Outcome full() {
        return new Outcome.Scored(
                Completion.builder()
                        .text("Final answer: 4")
                        .reasoning("two and two")
                        .finishReason("stop")
                        .usage(Map.of(
                                "prompt_tokens", 10,
                                "completion_tokens", 2000,
                                "total_tokens", 2010,
                                "cost", new BigDecimal("0.02176"),
                                "completion_tokens_details", Map.of("reasoning_tokens", 1900)))
                        .latency(Duration.ofNanos(31_000_250_000L))
                        .ttft(Duration.ofMillis(400))
                        .provider("Google")
                        .servedModel("google/gemini-2.5-pro-0605")
                        .generationId("gen-1")
                        .raw(RAW)
                        .build(),
                new TokenUsage(
                        Count.of(10, Count.Source.USAGE),
                        Count.of(0, Count.Source.USAGE),
                        Count.of(100, Count.Source.DERIVED),
                        Count.of(1900, Count.Source.USAGE),
                        OptionalLong.empty(),
                        Count.of(2000, Count.Source.USAGE),
                        Cost.of(new BigDecimal("0.02176"), Cost.Source.BILLED),
                        Set.of(UsageFlag.RELATION_ASSUMED)),
                new Score.Graded(
                        1,
                        Optional.of("4"),
                        "equal to the target",
                        new GradingDetail.Extraction(
                                "extracted", OptionalInt.of(1), OptionalInt.of(14), OptionalInt.of(15))),
                RoleUsage.none());
    }

    private static Outcome unscored() {
        RoleUsage judge = RoleUsage.none()
                .plus(new RoleUsage.Call(
                        "judge",
                        "mistralai/judge",
                        Completion.builder()
                                .text("I cannot say")
                                .usage(Map.of("prompt_tokens", 7))
                                .raw("not json")
                                .build(),
                        TokenUsage.unknown().withCost(Cost.of(new BigDecimal("1E-4"), Cost.Source.BILLED))));
        return new Outcome.Scored(
                Completion.builder().text("a proof").build(),
                TokenUsage.unknown(UsageFlag.REASONING_MISSING),
                new Score.Unscored(
                        "judge-unreadable",
                        "the judge gave no verdict",
                        new GradingDetail.Judgement(
                                "mistralai/judge",
                                Map.of(),
                                List.of(),
                                Optional.empty(),
                                false,
                                false,
                                List.of("pass", "fail", "pass"))),
                judge);
    }

    static Outcome plain(double score) {
        return new Outcome.Scored(
                Completion.builder().build(),
                TokenUsage.unknown(),
                new Score.Graded(score, Optional.empty(), "no answer found", new GradingDetail.None()),
                RoleUsage.none());
    }

    StoredRun run() {
        return new StoredRun(plan, RunState.FINISHED, Optional.of(START.plusSeconds(60)));
    }

    RunRecords source() {
        return RunRecords.of(run(), records, attempts());
    }

    Leaderboard board() {
        return LeaderboardCalculator.of(plan, records, Leaderboard.Policy.standard(), GENERATED);
    }

    List<Attempt> attempts() {
        return List.of(
                new Attempt(
                        "a-1",
                        plan.runId(),
                        trial("full").key(),
                        Attempt.CONTESTANT,
                        1,
                        START,
                        Optional.of("gen-1"),
                        Optional.of(Attempt.End.succeeded(START, Optional.empty(), Optional.empty()))),
                new Attempt(
                        "a-2",
                        plan.runId(),
                        trial("failed").key(),
                        Attempt.CONTESTANT,
                        1,
                        START,
                        Optional.of("gen-2"),
                        Optional.empty()));
    }
}
