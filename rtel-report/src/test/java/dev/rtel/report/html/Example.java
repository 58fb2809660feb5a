package dev.rtel.report.html;

import dev.rtel.config.Config;
import dev.rtel.eval.Completion;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.Cost;
import dev.rtel.eval.Count;
import dev.rtel.eval.Failure;
import dev.rtel.eval.GradingDetail;
import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.Leaderboard.CostSummary;
import dev.rtel.eval.Leaderboard.Decomposition;
import dev.rtel.eval.Leaderboard.Interval;
import dev.rtel.eval.Leaderboard.Latency;
import dev.rtel.eval.Leaderboard.Pareto;
import dev.rtel.eval.Leaderboard.Policy;
import dev.rtel.eval.Leaderboard.Rank;
import dev.rtel.eval.Leaderboard.ReasoningTokens;
import dev.rtel.eval.Leaderboard.Row;
import dev.rtel.eval.Leaderboard.Status;
import dev.rtel.eval.Leaderboard.TaskRow;
import dev.rtel.eval.Leaderboard.Warning;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;

/** A run made up for the page's tests: models of every token status, samples of every outcome. */
final class Example {
    static final Instant START = Instant.parse("2026-11-20T14:02:11Z");

    /** How a model of the example behaves. */
    record Contestant(
            String name, String id, Status status, double skill, int reasoning, boolean locked, boolean baseline) {}

    static final List<Contestant> SIX = List.of(
            new Contestant("openai/gpt-5.2@high", "openai/gpt-5.2", Status.REPORTED, 0.92, 3900, false, false),
            new Contestant("google/gemini-3-pro", "google/gemini-3-pro", Status.REPORTED, 0.85, 1700, true, false),
            new Contestant("x-ai/grok-4.3@low", "x-ai/grok-4.3", Status.REPORTED, 0.6, 260, false, false),
            new Contestant("qwen/qwen3-max", "qwen/qwen3-max", Status.PARTLY_REPORTED, 0.75, 5200, false, false),
            new Contestant(
                    "anthropic/claude-opus-5", "anthropic/claude-opus-5", Status.NOT_REPORTED, 0.8, 0, false, false),
            new Contestant("mistralai/mistral-small", "mistralai/mistral-small", Status.OFF, 0.4, 0, false, true));

    final boolean simulated;
    final int epochs;
    final RunPlan plan;
    final List<TrialRecord> records = new ArrayList<>();
    Leaderboard leaderboard;

    Example(boolean simulated, List<Contestant> contestants, int epochs) {
        this(simulated, contestants, epochs, Texts.ORDINARY);
    }

    /** Which texts the made-up models reply with. */
    enum Texts {
        ORDINARY,
        HOSTILE,
        HUGE
    }

    Example(boolean simulated, List<Contestant> contestants, int epochs, Texts texts) {
        this.simulated = simulated;
        this.epochs = epochs;
        List<PlannedTask> tasks = tasks();
        List<PlannedModel> models = contestants.stream().map(this::model).toList();
        List<Trial> trials = new ArrayList<>();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            for (PlannedTask task : tasks) {
                for (int i = 1; i <= 5; i++) {
                    Sample sample = sample(task.name(), i, texts);
                    for (PlannedModel model : models) {
                        trials.add(new Trial(
                                new TrialKey(model.name(), task.name(), sample.id(), epoch),
                                model,
                                task,
                                sample,
                                sample.input(),
                                "c1:" + trials.size(),
                                "g1:" + trials.size()));
                    }
                }
            }
        }
        plan = new RunPlan(
                "20261120T140211Z-current-7f3a",
                "current",
                START,
                simulated,
                epochs,
                models,
                Map.of(
                        "judge",
                        new PlannedModel(
                                "judge",
                                "mistralai/mistral-medium-3-5",
                                ComponentSpec.of("openrouter"),
                                ComponentSpec.of("usage"),
                                Map.of("reasoning", Map.of("effort", "high")),
                                Map.of(),
                                new Origin("openrouter", simulated),
                                OptionalInt.empty(),
                                false,
                                false)),
                tasks,
                trials,
                details());
        SplittableRandom random = new SplittableRandom(7);
        Map<String, Contestant> byName = new LinkedHashMap<>();
        contestants.forEach(c -> byName.put(c.name(), c));
        for (Trial trial : trials) {
            records.add(record(trial, records.size(), byName.get(trial.key().model()), random, texts));
        }
        leaderboard = leaderboard(contestants);
    }

    /** The six with names that try to become markup, links or layout. */
    static List<Contestant> hostileNames() {
        List<String> names = List.of(
                "<svg onload=alert(1)>",
                "javascript:alert(1)//\u202e\"' onmouseover='x",
                "{{#simulated}}x{{/simulated}}",
                "a".repeat(5000),
                "https://example.org/</title><script>1</script>",
                "</text></svg><style>*{display:none}</style>\u0000");
        List<Contestant> hostile = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Contestant c = SIX.get(i);
            hostile.add(new Contestant(
                    names.get(i), names.get(i), c.status(), c.skill(), c.reasoning(), c.locked(), c.baseline()));
        }
        return hostile;
    }

    /** Twelve models, most of them close together. */
    static List<Contestant> twelve() {
        List<Contestant> all = new ArrayList<>(SIX);
        for (int i = 0; i < 6; i++) {
            String name = "vendor/close-neighbour-" + (char) ('a' + i);
            Status status = i == 5 ? Status.NOT_REPORTED : Status.REPORTED;
            all.add(new Contestant(name, name, status, 0.82, 1500 + 120 * i, i == 0, false));
        }
        return all;
    }

    static Example six() {
        return new Example(false, SIX, 1);
    }

    StoredRun run() {
        return new StoredRun(plan, RunState.FINISHED, Optional.of(START.plusSeconds(1490)));
    }

    RunRecords source() {
        return RunRecords.of(run(), records, List.of());
    }

    String html() {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new HtmlReporter().write(leaderboard, source(), out);
            return out.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put(
                "command",
                List.of(
                        "rtel",
                        "run",
                        "--roster",
                        "current",
                        "--max-cost",
                        "5",
                        "--judge",
                        "mistralai/mistral-medium-3-5"));
        details.put("versions", Map.of("rtel", "0.1.0"));
        details.put("java", "17.0.15");
        details.put("python", "3.11.2");
        details.put("os", "Linux 6.1 amd64");
        details.put("environment", List.of("OPENROUTER_API_KEY", "RTEL_STORE"));
        Map<String, Object> limits = new LinkedHashMap<>();
        limits.put("max_cost", new BigDecimal("5"));
        limits.put("concurrency", 8L);
        limits.put("timeout", "10m");
        details.put("limits", limits);
        return details;
    }

    private static List<PlannedTask> tasks() {
        return List.of(
                task("aime-math", "math", "exact-numeric"),
                task("logic-claims", "logic", "boolean"),
                task("python-debugging", "code", "code-execution"),
                task("proof-review", "proof", "judge"));
    }

    private static PlannedTask task(String name, String category, String grader) {
        return new PlannedTask(
                name,
                "1",
                category,
                name,
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                new ComponentSpec(grader, Config.empty()),
                1.0);
    }

    private PlannedModel model(Contestant contestant) {
        return new PlannedModel(
                contestant.name(),
                contestant.id(),
                ComponentSpec.of("openrouter"),
                ComponentSpec.of("usage"),
                Map.of("max_tokens", 16000L, "reasoning", Map.of("effort", "high")),
                Map.of("allow_fallbacks", false),
                new Origin("openrouter", simulated),
                OptionalInt.empty(),
                contestant.locked(),
                contestant.baseline());
    }

    private static Sample sample(String task, int i, Texts texts) {
        String text = texts == Texts.HUGE
                ? "<&'\u202e".repeat(50_000)
                : "Problem " + i + " of " + task + ".\n\nHow many ordered pairs (a, b) of positive integers satisfy"
                        + " a + b < " + (40 + i) + " and gcd(a, b) = 1?\n\nEnd with a line: Final answer: <number>";
        return Sample.of(task.substring(0, task.indexOf('-')) + "-0" + i, text, Target.of(String.valueOf(500 + i)));
    }

    private TrialRecord record(Trial trial, int number, Contestant who, SplittableRandom random, Texts texts) {
        boolean right = random.nextDouble() < who.skill();
        Outcome outcome;
        if (number == 17 || number == 44) {
            outcome = new Outcome.Failed(
                    new Failure("provider_overloaded", "HTTP 529 after 3 attempts: upstream is overloaded", true));
        } else {
            outcome = scored(trial, who, random, texts, right, number);
        }
        return new TrialRecord(
                plan.runId(),
                trial,
                outcome,
                number % 23 == 0 ? 2 : 1,
                number % 23 == 0 ? Waste.unknown() : Waste.none(),
                START.plusSeconds(number),
                START.plusSeconds(number + 20),
                number == 62 ? Optional.of("cache hit") : Optional.empty());
    }

    private Outcome scored(
            Trial trial, Contestant who, SplittableRandom random, Texts texts, boolean right, int number) {
        boolean cut = number % 41 == 5;
        String gold = trial.sample().target().display();
        String answer = right ? gold : "" + random.nextInt(100, 499);
        Completion completion = Completion.builder()
                .text(reply(answer, texts, cut))
                .reasoning(who.status() == Status.REPORTED ? thinking(random, texts) : null)
                .finishReason(cut ? "length" : "stop")
                .latency(Duration.ofMillis(3000 + random.nextInt(60_000)))
                .ttft(Duration.ofMillis(400 + random.nextInt(900)))
                .provider(who.id().substring(0, Math.max(1, who.id().indexOf('/'))))
                .servedModel(who.id() + "-20260901")
                .generationId("gen-17639-" + (10_000 + number))
                .build();
        Score score = number == 75
                ? new Score.Unscored(
                        "judge-unreadable", "the judge gave no verdict in 2 calls", new GradingDetail.None())
                : new Score.Graded(
                        right ? 1 : 0,
                        cut ? Optional.empty() : Optional.of(answer),
                        right ? "equals the target" : "expected " + gold,
                        detail(trial, right));
        return new Outcome.Scored(completion, usage(who, random), score, RoleUsage.none());
    }

    private static GradingDetail detail(Trial trial, boolean right) {
        return switch (trial.task().category()) {
            case "code" ->
                new GradingDetail.CodeRun(
                        right ? "PASS" : "WRONG",
                        Optional.empty(),
                        Optional.of("bwrap"),
                        Optional.of("3.11.2"),
                        right ? 9 : 6,
                        9);
            case "proof" -> {
                Map<String, Boolean> checkpoints = new LinkedHashMap<>();
                checkpoints.put("finds-the-gap", right);
                checkpoints.put("names-the-lemma", true);
                yield new GradingDetail.Judgement(
                        "mistralai/mistral-medium-3-5",
                        checkpoints,
                        right ? List.of() : List.of("asserts-converse"),
                        right ? Optional.empty() : Optional.of("hence n is prime"),
                        !right,
                        false,
                        right ? List.of("pass", "pass", "pass") : List.of("fail", "pass", "fail"));
            }
            default ->
                new GradingDetail.Extraction("extracted", OptionalInt.of(1), OptionalInt.of(100), OptionalInt.of(103));
        };
    }

    private static TokenUsage usage(Contestant who, SplittableRandom random) {
        long response = 180 + random.nextInt(700);
        long reasoning = Math.round(who.reasoning() * (0.3 + 1.4 * random.nextDouble()));
        boolean known = who.status() == Status.REPORTED
                || who.status() == Status.OFF
                || who.status() == Status.PARTLY_REPORTED && random.nextInt(4) > 0;
        return new TokenUsage(
                Count.of(120 + random.nextInt(60), Count.Source.USAGE),
                Count.missing(),
                known ? Count.of(response, Count.Source.DERIVED) : Count.missing(),
                known ? Count.of(reasoning, Count.Source.USAGE) : Count.missing(),
                OptionalLong.empty(),
                Count.of(response + reasoning, Count.Source.USAGE),
                Cost.of(new BigDecimal(response + reasoning).multiply(new BigDecimal("0.0000062")), Cost.Source.BILLED),
                known ? Set.of() : EnumSet.of(UsageFlag.REASONING_MISSING));
    }

    private static String reply(String answer, Texts texts, boolean cut) {
        return switch (texts) {
            case ORDINARY ->
                "We count coprime pairs by summing Euler's totient over s = a + b.\n\nFor each s ≥ 2 the number of pairs"
                        + " with gcd(a, b) = 1 is φ(s), so the total is Σ φ(s).\n\nAdding the values term by term"
                        + " gives the result below.\n"
                        + (cut ? "Adding φ(2) + φ(3) + φ(4) + φ(5) +" : "\nFinal answer: " + answer);
            case HOSTILE -> HOSTILE;
            case HUGE -> "x\u0000<\u202e\"".repeat(200_000) + "\nFinal answer: " + answer;
        };
    }

    static final String HOSTILE = "</pre></details><script>alert(1)</script><img src=x onerror=alert(2)>"
            + "<a href=\"javascript:alert(3)\">x</a> {{title}} {{{title}}} &lt;b&gt; \u0000\u0007\u001b[31m \u202eesrever\u202c"
            + " \u200bzero\ufeff \ud800 lone \ufffe ]]> <!-- \r\n </style><style>*{display:none}</style> ";

    private static String thinking(SplittableRandom random, Texts texts) {
        return switch (texts) {
            case ORDINARY ->
                "Let me set up the count. Pairs with a + b = s and gcd 1 correspond to residues coprime to s. "
                        .repeat(2 + random.nextInt(40));
            case HOSTILE -> HOSTILE;
            case HUGE -> "é€𝄞".repeat(100_000);
        };
    }

    Leaderboard leaderboard(List<Contestant> contestants) {
        Trials trials = new Trials(plan, records);
        List<Row> rows = new ArrayList<>();
        for (Contestant c : contestants) {
            rows.add(row(c, trials));
        }
        List<Row> ranked = new ArrayList<>();
        rows.stream()
                .sorted(Comparator.comparingDouble((Row r) ->
                                r.efficiency().map(Interval::estimate).orElse(-1.0))
                        .reversed())
                .forEach(ranked::add);
        int efficiencyRank = 0;
        List<Row> done = new ArrayList<>();
        for (Row r : ranked) {
            boolean reported = r.reasoningTokens().status() == Status.REPORTED;
            efficiencyRank += reported ? 1 : 0;
            done.add(withRank(r, rows, reported ? OptionalInt.of(efficiencyRank) : OptionalInt.empty()));
        }
        return new Leaderboard(
                simulated,
                List.of(plan.runId()),
                START.plusSeconds(1500),
                new Policy("efficiency", 0, 0.95, 2000, 17),
                done,
                List.of(new Warning(
                        "small-sample", "20 samples per model: only large differences can be told from chance.")));
    }

    private static Row withRank(Row r, List<Row> all, OptionalInt efficiency) {
        double lower = r.accuracy().orElseThrow().lower().orElseThrow();
        double upper = r.accuracy().orElseThrow().upper().orElseThrow();
        int low = 1
                + (int) all.stream()
                        .filter(o -> o.accuracy().orElseThrow().lower().orElseThrow() > upper)
                        .count();
        int high = all.size()
                - (int) all.stream()
                        .filter(o -> o.accuracy().orElseThrow().upper().orElseThrow() < lower)
                        .count();
        boolean best = r.reasoningTokens().mean().isPresent()
                && all.stream()
                        .noneMatch(o -> o != r
                                && o.reasoningTokens().status() == Status.REPORTED
                                && o.reasoningTokens().mean().orElse(1e9)
                                        <= r.reasoningTokens().mean().getAsDouble()
                                && o.accuracy().orElseThrow().estimate()
                                        >= r.accuracy().orElseThrow().estimate());
        return new Row(
                r.model(),
                r.modelId(),
                r.n(),
                r.scored(),
                r.unscored(),
                r.failed(),
                r.quarantined(),
                r.truncated(),
                r.passed(),
                r.accuracy(),
                r.reasoningTokens(),
                r.responseTokens(),
                r.promptTokens(),
                r.completionTokens(),
                r.efficiency(),
                r.e0(),
                r.decomposition(),
                r.costUsd(),
                r.latencyMs(),
                r.speed(),
                new Rank(OptionalInt.of(low), OptionalInt.of(high), efficiency),
                new Pareto(best, false, false),
                r.reasoningLocked(),
                r.baseline(),
                r.byTask());
    }

    private Row row(Contestant c, Trials trials) {
        List<TrialRecord> own = trials.of(c.name());
        int passed = marks(own, trials, Trials.Mark.PASS);
        int failed = marks(own, trials, Trials.Mark.FAILED);
        int unscored = marks(own, trials, Trials.Mark.UNSCORED);
        int scored = passed + marks(own, trials, Trials.Mark.WRONG);
        int n = scored + failed;
        Map<String, TaskRow> byTask = new LinkedHashMap<>();
        for (PlannedTask task : plan.tasks()) {
            List<TrialRecord> part =
                    own.stream().filter(r -> r.key().task().equals(task.name())).toList();
            int k = marks(part, trials, Trials.Mark.PASS);
            int m = k + marks(part, trials, Trials.Mark.WRONG) + marks(part, trials, Trials.Mark.FAILED);
            byTask.put(
                    task.name(),
                    new TaskRow(
                            task.category(),
                            m,
                            m,
                            0,
                            0,
                            k,
                            wilson(k, m),
                            tokens(c, part),
                            Optional.empty(),
                            new CostSummary(Optional.empty(), OptionalDouble.empty(), 0)));
        }
        ReasoningTokens tokens = tokens(c, own);
        double accuracy = n == 0 ? 0 : (double) passed / n;
        Optional<Interval> efficiency =
                tokens.mean().isPresent() && tokens.mean().getAsDouble() > 0
                        ? Optional.of(ratio(1000 * accuracy / tokens.mean().getAsDouble()))
                        : Optional.empty();
        double completion = mean(own, TokenUsage::completion);
        BigDecimal cost = own.stream()
                .flatMap(r -> r.usage().flatMap(u -> u.cost().usd()).stream())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Row(
                c.name(),
                c.id(),
                n,
                scored,
                unscored,
                failed,
                marks(own, trials, Trials.Mark.QUARANTINED),
                (int) own.stream()
                        .filter(r ->
                                r.completion().filter(Completion::truncated).isPresent())
                        .count(),
                passed,
                wilson(passed, n),
                tokens,
                c.status() == Status.NOT_REPORTED
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(mean(own, TokenUsage::response)),
                OptionalDouble.of(mean(own, TokenUsage::prompt)),
                OptionalDouble.of(completion),
                efficiency,
                Optional.of(ratio(1000 * accuracy / completion)),
                new Decomposition(OptionalDouble.of(0.95), OptionalDouble.of(accuracy), OptionalDouble.of(completion)),
                new CostSummary(
                        Optional.of(cost),
                        OptionalDouble.of(cost.doubleValue() / Math.max(1, passed)),
                        failed > 0 ? 0.95 : 1),
                new Latency(OptionalDouble.of(18_000 + c.reasoning() * 3.0), OptionalDouble.of(57_000), own.size()),
                Optional.empty(),
                new Rank(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty()),
                new Pareto(false, false, false),
                c.locked(),
                c.baseline(),
                byTask);
    }

    private static Interval ratio(double value) {
        return new Interval(value, OptionalDouble.of(value * 0.7), OptionalDouble.of(value * 1.35), "bootstrap");
    }

    private static int marks(List<TrialRecord> own, Trials trials, Trials.Mark mark) {
        return (int) own.stream().filter(r -> trials.mark(r) == mark).count();
    }

    private static ReasoningTokens tokens(Contestant c, List<TrialRecord> own) {
        List<TrialRecord> valid = own.stream()
                .filter(r -> r.usage().filter(TokenUsage::reasoningValid).isPresent())
                .toList();
        boolean has = (c.status() == Status.REPORTED || c.status() == Status.PARTLY_REPORTED) && !valid.isEmpty();
        return new ReasoningTokens(
                c.status(),
                has ? OptionalDouble.of(mean(valid, TokenUsage::reasoning)) : OptionalDouble.empty(),
                own.isEmpty() ? 0 : (double) valid.size() / own.size());
    }

    private static double mean(List<TrialRecord> own, java.util.function.Function<TokenUsage, Count> part) {
        return own.stream()
                .flatMap(r -> r.usage().stream())
                .map(part)
                .filter(Count::known)
                .mapToLong(k -> k.value().getAsLong())
                .average()
                .orElse(1);
    }

    static Optional<Interval> wilson(int k, int n) {
        if (n == 0) {
            return Optional.empty();
        }
        double z = 1.959964;
        double p = (double) k / n;
        double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
        double half = z / (1 + z * z / n) * Math.sqrt(p * (1 - p) / n + z * z / (4.0 * n * n));
        return Optional.of(new Interval(
                p,
                OptionalDouble.of(Math.max(0, centre - half)),
                OptionalDouble.of(Math.min(1, centre + half)),
                "wilson"));
    }
}
