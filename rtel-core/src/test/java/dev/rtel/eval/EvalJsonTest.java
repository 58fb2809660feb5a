package dev.rtel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.config.Config;
import java.io.StringWriter;
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
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvalJsonTest {
    private static final GradingDetail NONE = new GradingDetail.None();

    private static Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("z", null);
        plain.put("a", List.of(1, new BigDecimal("1.50"), true, Map.of("k", "v")));
        plain.put("big", new BigDecimal("0.0000000000000000001"));
        return plain;
    }

    private static Completion fullCompletion() {
        return Completion.builder()
                .text("line\r\n\u0000 \uD83D\uDE00 \"quoted\"")
                .reasoning("thinking")
                .finishReason("stop")
                .usage(plain())
                .latency(Duration.ofNanos(1_234_567_891L))
                .ttft(Duration.ofMillis(7))
                .provider("Lab")
                .servedModel("lab/m:1")
                .generationId("gen-1")
                .cacheHit(true)
                .billing(billing(Optional.empty()))
                .build();
    }

    private static BillingRecord billing(Optional<String> raw) {
        return new BillingRecord(
                Optional.of("gen-1"),
                OptionalLong.of(17),
                OptionalLong.empty(),
                OptionalLong.of(Long.MAX_VALUE),
                OptionalLong.of(0),
                Optional.of(new BigDecimal("0.00012340")),
                Optional.empty(),
                Optional.of("lab/m:1"),
                true,
                raw);
    }

    private static TokenUsage fullUsage() {
        return new TokenUsage(
                Count.of(1, Count.Source.USAGE),
                Count.of(0, Count.Source.GENERATION),
                Count.of(Long.MAX_VALUE, Count.Source.DERIVED),
                new Count(OptionalLong.empty(), Count.Source.NOT_APPLICABLE),
                OptionalLong.of(-5),
                Count.of(3, Count.Source.ESTIMATED),
                Cost.of(new BigDecimal("0.00012340"), Cost.Source.PRICED),
                EnumSet.allOf(UsageFlag.class));
    }

    private static RoleUsage roleCalls() {
        return RoleUsage.none()
                .plus(new RoleUsage.Call("judge", "lab/judge", fullCompletion(), fullUsage()))
                .plus(new RoleUsage.Call(
                        "judge-2", "lab/j", Completion.builder().build(), TokenUsage.unknown()));
    }

    static Stream<GradingDetail> details() {
        Map<String, Boolean> checkpoints = new LinkedHashMap<>();
        checkpoints.put("z", true);
        checkpoints.put("a", false);
        return Stream.of(
                NONE,
                new GradingDetail.Extraction("extracted", OptionalInt.of(1), OptionalInt.of(0), OptionalInt.of(9)),
                new GradingDetail.Extraction(
                        "no-answer", OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty()),
                new GradingDetail.CodeRun("PASS", Optional.of("r"), Optional.of("bwrap"), Optional.of("3.11"), 5, 5),
                new GradingDetail.CodeRun("NO_CODE", Optional.empty(), Optional.empty(), Optional.empty(), 0, 5),
                new GradingDetail.Judgement(
                        "lab/judge", checkpoints, List.of("f"), Optional.of("1 = 2"), true, true, List.of("pass")),
                new GradingDetail.Judgement("j", Map.of(), List.of(), Optional.empty(), false, false, List.of()),
                new GradingDetail.Judgement(
                        "lab/one",
                        checkpoints,
                        List.of("f1", "f2"),
                        Optional.of("so a is odd"),
                        false,
                        true,
                        List.of("fail", "unreadable"),
                        List.of("marker"),
                        List.of(
                                new GradingDetail.Vote(
                                        "judge-1",
                                        "lab/one",
                                        "fail",
                                        Optional.of("pass"),
                                        checkpoints,
                                        List.of("f1", "f2"),
                                        Optional.of("so a is odd"),
                                        false,
                                        true),
                                GradingDetail.Vote.without("judge-2", "lab/two", "unreadable"))),
                new GradingDetail.Custom(plain()),
                new GradingDetail.Custom(Map.of()));
    }

    @Test
    void aJudgementOfAnEarlierVersionHasNoPanel() {
        var judgement = new GradingDetail.Judgement(
                "j", Map.of("c1", true), List.of(), Optional.empty(), false, false, List.of("pass"));
        String json = EvalJson.write(new Outcome.Scored(
                Completion.builder().build(),
                TokenUsage.unknown(),
                new Score.Graded(1, Optional.of("pass"), "", judgement),
                RoleUsage.none()));
        String earlier = json.replace(",\"injectionSigns\":[],\"panel\":[]", "");
        assertThat(earlier).isNotEqualTo(json);
        assertThat(((Outcome.Scored) EvalJson.readOutcome(earlier)).score().detail())
                .isEqualTo(judgement);
    }

    static Stream<Outcome> outcomes() {
        List<Score> scores = new ArrayList<>();
        details().forEach(detail -> {
            scores.add(new Score.Graded(1.0 / 3, Optional.of("4"), "right", detail));
            scores.add(new Score.Graded(0, Optional.empty(), "", detail));
            scores.add(new Score.Unscored("judge-unreadable", "why", detail));
        });
        Completion empty = Completion.builder().build();
        return Stream.concat(
                Stream.of(
                        new Outcome.Completed(empty),
                        new Outcome.Completed(fullCompletion(), roleCalls()),
                        new Outcome.Failed(new Failure("timeout", "no reply", true)),
                        new Outcome.Failed(new Failure("", "", false))),
                scores.stream()
                        .flatMap(score -> Stream.of(
                                new Outcome.Scored(empty, TokenUsage.unknown(), score, RoleUsage.none()),
                                new Outcome.Scored(fullCompletion(), fullUsage(), score, roleCalls()))));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void everyOutcomeIsReadBackEqual(Outcome outcome) {
        String json = EvalJson.write(outcome);
        assertThat(EvalJson.readOutcome(json)).isEqualTo(outcome);
        assertThat(EvalJson.write(EvalJson.readOutcome(json))).isEqualTo(json);
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void figuresAreReadAsTheyWouldBeTakenFromTheWhole(Outcome outcome) {
        assertThat(EvalJson.readFigures(EvalJson.write(outcome))).isEqualTo(outcome.figures());
    }

    @Test
    void whatFiguresLeaveOutIsNotEvenLookedAt() {
        String json = EvalJson.write(new Outcome.Completed(fullCompletion()))
                .replace("\"thinking\"", "[1]")
                .replace("\"usage\":{", "\"usage\":{\"z\":1,");

        assertThat(EvalJson.readFigures(json)).isEqualTo(new Outcome.Completed(fullCompletion()).figures());
        assertThatThrownBy(() -> EvalJson.readOutcome(json)).isInstanceOf(EvalJson.UnreadableException.class);
    }

    @Test
    void verbatimTextsAreLeftToTheStoreThoseOfRolesToo() {
        Completion withRaw = fullCompletion().toBuilder()
                .raw("{\"secret-marker\":1}")
                .billing(billing(Optional.of("{\"secret-marker\":2}")))
                .build();
        RoleUsage roles = RoleUsage.none().plus(new RoleUsage.Call("judge", "lab/j", withRaw, fullUsage()));
        for (Outcome outcome : List.of(
                new Outcome.Completed(withRaw, roles),
                new Outcome.Scored(withRaw, fullUsage(), Score.correct("4"), roles))) {
            assertThat(EvalJson.write(outcome)).doesNotContain("secret-marker");
            assertThat(EvalJson.readOutcome(EvalJson.write(outcome))).isEqualTo(outcome.withoutVerbatim());
        }
    }

    @Test
    void everyEndOfAnAttemptIsReadBackEqual() {
        Instant at = Instant.parse("2026-11-20T14:02:11.123456789Z");
        for (Attempt.End end : List.of(
                Attempt.End.succeeded(at, Optional.empty(), Optional.of("gen-1")),
                new Attempt.End(
                        at,
                        Optional.of(new Failure("server", "oops", true)),
                        plain(),
                        Optional.of(new BigDecimal("0.010")),
                        Optional.empty()))) {
            assertThat(EvalJson.readEnd(EvalJson.write(end))).isEqualTo(end);
        }
    }

    private static PlannedModel model(String name, boolean full) {
        return new PlannedModel(
                name,
                "lab/" + name,
                full
                        ? new ComponentSpec(
                                "openrouter",
                                new Config("models[0].settings", plain(), Map.of("models[0].settings.z", "r.yaml:3")))
                        : ComponentSpec.of("replay"),
                ComponentSpec.of("usage"),
                full ? plain() : Map.of(),
                full ? plain() : Map.of(),
                new Origin("openrouter", full),
                full ? OptionalInt.of(3) : OptionalInt.empty(),
                full,
                full);
    }

    private static Sample sample(int n, SplittableRandom random) {
        Sample.Builder builder =
                Sample.builder("s" + n).input(List.of(new Message("system", "be brief"), Message.user("q" + n)));
        List<Supplier<Target>> targets = List.of(
                () -> Target.of("073"),
                () -> Target.of(random.nextBoolean()),
                () -> new Target.Claims(List.of(true, false)),
                () -> new Target.AnyOf(List.of("a", "b")),
                Target.None::new);
        builder.target(targets.get(random.nextInt(targets.size())).get());
        if (random.nextBoolean()) {
            builder.locale("de").choices(List.of("x", "y")).workload(0.5).twinOf("s0");
        }
        if (random.nextBoolean()) {
            builder.tags(List.of("t")).metadata(plain()).fields(plain());
        }
        return builder.build();
    }

    private static PlannedTask task(String name) {
        return new PlannedTask(
                name,
                "1",
                "math",
                "./" + name + ".yaml",
                "0".repeat(64),
                new ComponentSpec("exact", Config.of("grader", plain())),
                0.5);
    }

    static Stream<Long> seeds() {
        return IntStream.range(0, 50).mapToObj(i -> 3_000L + i);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyPlanIsReadBackEqual(long seed) {
        var random = new SplittableRandom(seed);
        List<PlannedModel> models = List.of(model("one", true), model("two", false));
        List<PlannedTask> tasks = List.of(task("a"), task("b"));
        int epochs = random.nextInt(1, 3);
        List<Trial> trials = new ArrayList<>();
        for (PlannedTask task : tasks) {
            for (int n = 0; n < random.nextInt(1, 4); n++) {
                Sample sample = sample(n, random);
                for (int epoch = 1; epoch <= epochs; epoch++) {
                    for (PlannedModel model : models) {
                        TrialKey key = new TrialKey(model.name(), task.name(), sample.id(), epoch);
                        trials.add(new Trial(key, model, task, sample, sample.input(), "c1:" + key, "g1:" + key));
                    }
                }
            }
        }
        RunPlan plan = new RunPlan(
                "20261120T140211Z-current-7f3a",
                "current",
                Instant.parse("2026-11-20T14:02:11.000000001Z"),
                random.nextBoolean(),
                epochs,
                models,
                random.nextBoolean() ? Map.of() : Map.of("judge", model("judge", true)),
                tasks,
                trials,
                random.nextBoolean() ? Map.of() : plain());
        assertThat(EvalJson.readPlan(written(plan))).isEqualTo(plan);
        assertThat(written(EvalJson.readPlan(written(plan)))).isEqualTo(written(plan));
    }

    private static String written(RunPlan plan) {
        StringBuilder text = new StringBuilder();
        EvalJson.write(plan, text);
        return text.toString();
    }

    @Test
    void aLargePlanIsWrittenInPieces() {
        PlannedModel model = model("one", false);
        PlannedTask task = task("a");
        List<Trial> trials = IntStream.range(0, 500)
                .mapToObj(n -> sample(n, new SplittableRandom(n)))
                .map(sample -> new Trial(
                        new TrialKey("one", "a", sample.id(), 1), model, task, sample, sample.input(), "c1", "g1"))
                .toList();
        RunPlan plan = new RunPlan(
                "20261120T140211Z-current-7f3a",
                "current",
                Instant.EPOCH,
                false,
                1,
                List.of(model),
                Map.of(),
                List.of(task),
                trials,
                Map.of());
        List<Integer> pieces = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        EvalJson.write(plan, new StringWriter() {
            @Override
            public StringWriter append(CharSequence piece) {
                pieces.add(piece.length());
                text.append(piece);
                return this;
            }
        });
        assertThat(pieces).hasSizeGreaterThan(3).allMatch(length -> length < 32 * 1024);
        assertThat(EvalJson.readPlan(text.toString())).isEqualTo(plan);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"kind\":\"other\"}", "{\"no\":1}", "null", "{}"})
    void textThatIsNoOutcomeIsRefusedInWords(String text) {
        assertThatThrownBy(() -> EvalJson.readOutcome(text))
                .isInstanceOf(EvalJson.UnreadableException.class)
                .hasMessageStartingWith("stored outcome cannot be read: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{}", "{\"trials\":[{\"model\":7}]}"})
    void textThatIsNoPlanIsRefusedInWords(String text) {
        assertThatThrownBy(() -> EvalJson.readPlan(text))
                .isInstanceOf(EvalJson.UnreadableException.class)
                .hasMessageStartingWith("stored plan cannot be read: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null"})
    void textThatIsNoAttemptIsRefusedInWords(String text) {
        assertThatThrownBy(() -> EvalJson.readEnd(text))
                .isInstanceOf(EvalJson.UnreadableException.class)
                .hasMessageStartingWith("stored attempt cannot be read: ");
    }
}
