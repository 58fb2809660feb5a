package dev.rtel.analysis;

import dev.rtel.eval.BillingRecord;
import dev.rtel.eval.Completion;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.Cost;
import dev.rtel.eval.Count;
import dev.rtel.eval.Failure;
import dev.rtel.eval.GradingDetail;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run by hand: models by name, samples of tasks, and the records that a test adds. */
final class TestRun {
    static final Instant START = Instant.parse("2026-11-20T14:02:11Z");

    final List<PlannedModel> models = new ArrayList<>();
    final Map<String, PlannedModel> roles = new LinkedHashMap<>();
    final List<PlannedTask> tasks = new ArrayList<>();
    final List<TrialRecord> records = new ArrayList<>();
    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();
    int epochs = 1;
    boolean simulated;
    String runId = "run-1";

    TestRun model(String name) {
        models.add(planned(name, name));
        return this;
    }

    PlannedModel planned(String name, String id) {
        return new PlannedModel(
                name,
                id,
                ComponentSpec.of("openrouter"),
                ComponentSpec.of("usage"),
                Map.of(),
                Map.of(),
                new Origin("openrouter", simulated),
                OptionalInt.empty(),
                false,
                false);
    }

    TestRun task(String name, int count) {
        List<Sample> own = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            own.add(Sample.of("s" + i, "?", Target.of("1")));
        }
        return task(name, own);
    }

    TestRun task(String name, List<Sample> own) {
        tasks.add(new PlannedTask(name, "1", "math", name, "00", ComponentSpec.of("exact-numeric"), 1));
        samples.put(name, own);
        return this;
    }

    static Sample twin(String id, String of) {
        return Sample.builder(id).input("?").target(Target.of(true)).twinOf(of).build();
    }

    RunPlan plan() {
        List<Trial> trials = new ArrayList<>();
        for (PlannedTask task : tasks) {
            for (Sample sample : samples.getOrDefault(task.name(), List.of())) {
                for (PlannedModel model : models) {
                    for (int epoch = 1; epoch <= epochs; epoch++) {
                        trials.add(new Trial(
                                new TrialKey(model.name(), task.name(), sample.id(), epoch),
                                model,
                                task,
                                sample,
                                sample.input(),
                                "c1:" + model.name() + sample.id() + epoch,
                                "g1:" + sample.id()));
                    }
                }
            }
        }
        return new RunPlan(runId, "test", START, simulated, epochs, models, roles, tasks, trials, Map.of());
    }

    Trial trial(String model, String task, String sample, int epoch) {
        return plan().trial(new TrialKey(model, task, sample, epoch)).orElseThrow();
    }

    /** Starts an answer of the first task's sample {@code s<number>}. */
    Answer answer(String model, int number) {
        return new Answer(trial(model, tasks.get(0).name(), "s" + number, 1));
    }

    Answer answer(Trial trial) {
        return new Answer(trial);
    }

    /** Answers all samples of the first task: the first {@code right} ones rightly, with equal tokens and cost. */
    TestRun answers(String model, int right, int of, long reasoning, String cost) {
        for (int i = 1; i <= of; i++) {
            answer(model, i).right(i <= right).reasoning(reasoning).cost(cost).add();
        }
        return this;
    }

    final class Answer {
        private final Trial trial;
        private double score = 1;
        private OptionalLong reasoning = OptionalLong.empty();
        private long response = 100;
        private boolean noCompletionCount;
        private Cost cost = Cost.missing();
        private String finish = "stop";
        private long latency = 1000;
        private UsageFlag[] flags = {};
        private @Nullable BillingRecord billing;
        private @Nullable Duration ttft;
        private @Nullable String provider;
        private Waste waste = Waste.none();
        private GradingDetail detail = new GradingDetail.None();
        private RoleUsage roles = RoleUsage.none();
        private Optional<String> quarantined = Optional.empty();

        private Answer(Trial trial) {
            this.trial = trial;
        }

        Answer right(boolean value) {
            score = value ? 1 : 0;
            return this;
        }

        Answer reasoning(long tokens) {
            reasoning = OptionalLong.of(tokens);
            return this;
        }

        Answer noCompletionCount() {
            noCompletionCount = true;
            return this;
        }

        Answer response(long tokens) {
            response = tokens;
            return this;
        }

        Answer cost(String usd) {
            cost = Cost.of(new BigDecimal(usd), Cost.Source.BILLED);
            return this;
        }

        Answer truncated() {
            finish = "length";
            return this;
        }

        Answer latency(long millis) {
            latency = millis;
            return this;
        }

        Answer flags(UsageFlag... values) {
            flags = values;
            return this;
        }

        /** How the answer was found in the reply: extracted, no-answer or ambiguous. */
        Answer extraction(String status) {
            detail =
                    new GradingDetail.Extraction(status, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
            return this;
        }

        Answer quarantined(String reason) {
            quarantined = Optional.of(reason);
            return this;
        }

        /** The billing record says this. */
        Answer billed(String usd) {
            billing = new BillingRecord(
                    Optional.of("gen-1"),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    Optional.of(new BigDecimal(usd)),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Optional.empty());
            return this;
        }

        Answer roles(RoleUsage usage) {
            roles = usage;
            return this;
        }

        Answer provider(String name) {
            provider = name;
            return this;
        }

        Answer detail(GradingDetail how) {
            detail = how;
            return this;
        }

        Answer wasted(Waste used) {
            waste = used;
            return this;
        }

        Answer priced(String usd) {
            cost = Cost.of(new BigDecimal(usd), Cost.Source.PRICED);
            return this;
        }

        Answer ttft(long millis) {
            ttft = Duration.ofMillis(millis);
            return this;
        }

        private Completion completion() {
            return Completion.builder()
                    .text("1")
                    .finishReason(finish)
                    .latency(Duration.ofMillis(latency))
                    .ttft(ttft)
                    .provider(provider)
                    .generationId("gen-1")
                    .billing(billing)
                    .build();
        }

        private TokenUsage usage() {
            TokenUsage usage = new TokenUsage(
                    Count.of(50, Count.Source.USAGE),
                    Count.missing(),
                    Count.of(response, Count.Source.DERIVED),
                    new Count(reasoning, reasoning.isPresent() ? Count.Source.USAGE : Count.Source.MISSING),
                    OptionalLong.empty(),
                    noCompletionCount ? Count.missing() : Count.of(response + reasoning.orElse(0), Count.Source.USAGE),
                    cost,
                    Set.of());
            for (UsageFlag flag : flags) {
                usage = usage.withFlag(flag);
            }
            return usage;
        }

        TestRun add() {
            return keep(new Outcome.Scored(
                    completion(), usage(), new Score.Graded(score, Optional.of("1"), "compared", detail), roles));
        }

        TestRun addUnscored(String reason) {
            return keep(
                    new Outcome.Scored(completion(), usage(), Score.unscored(reason, "no verdict"), RoleUsage.none()));
        }

        TestRun addFailed(String type) {
            return keep(new Outcome.Failed(new Failure(type, "it broke", true)));
        }

        TestRun addCompleted() {
            return keep(new Outcome.Completed(completion()));
        }

        private TestRun keep(Outcome outcome) {
            records.add(new TrialRecord(runId, trial, outcome, 1, waste, START, START.plusSeconds(1), quarantined));
            return TestRun.this;
        }
    }
}
