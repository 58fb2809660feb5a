package dev.rtel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.Fixture.Scripted;
import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.eval.Completion;
import dev.rtel.eval.CompletionRequest;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.Message;
import dev.rtel.eval.Origin;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Score;
import dev.rtel.eval.Submission;
import dev.rtel.eval.Target;
import dev.rtel.eval.Trial;
import dev.rtel.plan.Limits;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.NothingSelectedException;
import dev.rtel.plan.Roster;
import dev.rtel.plan.RunSpec;
import dev.rtel.plan.TaskSource;
import dev.rtel.spi.AttemptContext;
import dev.rtel.spi.Grader;
import dev.rtel.spi.GradingContext;
import dev.rtel.spi.Model;
import dev.rtel.spi.Task;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlanningTest {
    private final Scripted model = Scripted.saying("right");
    private final Rtel.Builder builder = Fixture.rtel(model).grader("lined", context -> new Lined());

    /** Wants a line of its own, and a judge when told so. */
    private static final class Lined implements Grader {
        @Override
        public Score grade(Submission submission, GradingContext context) {
            return Score.correct("x");
        }

        @Override
        public Optional<String> answerFormat(Sample sample) {
            return sample.id().equals("s2") ? Optional.empty() : Optional.of("Final answer: <number>");
        }
    }

    private record Judged(String role) implements Grader {
        @Override
        public Score grade(Submission submission, GradingContext context) {
            return Score.correct("x");
        }

        @Override
        public Set<String> requiredRoles() {
            return Set.of(role);
        }
    }

    private record AnyTask(String name, List<Sample> samples, ComponentSpec grader, String answerFormat, double passAt)
            implements Task {
        @Override
        public String version() {
            return "1";
        }
    }

    private static Task task(String name, String grader, int samples) {
        return new Fixture.SimpleTask(name, Fixture.task(samples, grader).samples(), ComponentSpec.of(grader));
    }

    private static Task formatted(String format) {
        return new AnyTask("demo", Fixture.task(2, "lined").samples(), ComponentSpec.of("lined"), format, 1);
    }

    private RunPlan plan(RunSpec.Builder spec) {
        return builder.build().plan(spec.build());
    }

    private static RunSpec.Builder spec(Task task) {
        return RunSpec.builder().roster(Fixture.roster()).task(task);
    }

    @AfterEach
    void planningNeverCallsAModel() {
        assertThat(model.calls).isEmpty();
    }

    @Test
    void theSummaryCountsModelsSamplesTasksEpochsAndTrials() {
        List<ModelEntry> six = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            six.add(Fixture.entry("model-" + i));
        }
        RunSpec.Builder spec = RunSpec.builder().roster(new Roster("current", six, Map.of()));
        for (String name : List.of("a", "b", "c", "d")) {
            spec.task(task(name, "exact", 5));
        }
        assertThat(plan(spec).summary()).isEqualTo("6 models x 20 samples (4 tasks) x 1 epoch = 120 trials");
        assertThat(plan(Fixture.spec(1)).summary()).isEqualTo("1 model x 1 sample (1 task) x 1 epoch = 1 trial");
        assertThat(plan(Fixture.spec(2).epochs(3)).summary())
                .isEqualTo("1 model x 2 samples (1 task) x 3 epochs = 6 trials");
    }

    @Test
    void trialsGoRoundTheModelsSampleBySampleEpochByEpoch() {
        RunSpec.Builder spec = RunSpec.builder()
                .roster(Roster.of("r", Fixture.entry("one"), Fixture.entry("two")))
                .task(task("b", "exact", 2))
                .task(task("a", "exact", 1))
                .epochs(2);
        assertThat(plan(spec).trials())
                .extracting(t -> t.key().toString())
                .containsExactly(
                        "one b/s1 #1",
                        "two b/s1 #1",
                        "one b/s2 #1",
                        "two b/s2 #1",
                        "one a/s1 #1",
                        "two a/s1 #1",
                        "one b/s1 #2",
                        "two b/s1 #2",
                        "one b/s2 #2",
                        "two b/s2 #2",
                        "one a/s1 #2",
                        "two a/s1 #2");
    }

    @Test
    void epochsOfASampleDifferInTheirCompletionOnly() {
        List<Trial> trials = plan(Fixture.spec(1).epochs(2)).trials();
        assertThat(trials.get(0).completionFingerprint())
                .isNotEqualTo(trials.get(1).completionFingerprint());
        assertThat(trials.get(0).gradeFingerprint()).isEqualTo(trials.get(1).gradeFingerprint());
    }

    @Test
    void theGradersLineIsAppendedToTheLastMessageByDefault() {
        List<Trial> trials = plan(spec(task("demo", "lined", 2))).trials();
        assertThat(trials.get(0).messages()).containsExactly(Message.user("question 1\n\nFinal answer: <number>"));
        assertThat(trials.get(1).messages()).containsExactly(Message.user("question 2"));
        assertThat(trials.get(0).sample().input()).containsExactly(Message.user("question 1"));
    }

    @Test
    void theAnswerFormatIsOwnTextOrNothingWhereTheTaskSaysSo() {
        assertThat(plan(spec(formatted("none"))).trials())
                .allSatisfy(t -> assertThat(t.messages()).isEqualTo(t.sample().input()));
        assertThat(plan(spec(formatted("Answer in one word."))).trials())
                .allSatisfy(t -> assertThat(t.messages().get(0).content()).endsWith("\n\nAnswer in one word."));
        assertThat(plan(spec(formatted("none"))).trials().get(0).completionFingerprint())
                .isNotEqualTo(plan(spec(formatted("auto"))).trials().get(0).completionFingerprint());
    }

    @Test
    void onlyTheLastMessageOfAConversationGetsTheLine() {
        Sample sample = Sample.builder("s1")
                .input(List.of(new Message("system", "be brief"), Message.user("question \n\n")))
                .target(Target.of("1"))
                .build();
        Task talk = new Fixture.SimpleTask("demo", List.of(sample), ComponentSpec.of("lined"));
        assertThat(plan(spec(talk)).trials().get(0).messages())
                .containsExactly(new Message("system", "be brief"), Message.user("question\n\nFinal answer: <number>"));
    }

    @Test
    void misspeltNamesAreRefusedNamingWhatExists() {
        assertThatThrownBy(() -> plan(spec(Fixture.task(1, "exat"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "no GraderProvider named 'exat' (did you mean 'exact'?); available: [exact, lined]");
        assertThatThrownBy(() -> plan(Fixture.spec(1)
                        .roster(Roster.of("r", Fixture.entry("m").withClient("scriptd", Config.empty())))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "no ModelProvider named 'scriptd' (did you mean 'scripted'?); available: [scripted]");
        assertThatThrownBy(() -> plan(Fixture.spec(1).roster(Roster.of("r", extracting("usge", Config.empty())))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "no TokenExtractorProvider named 'usge' (did you mean 'usage'?); available: [usage]");
        assertThatThrownBy(() -> plan(Fixture.spec(1).runner(ComponentSpec.of("concurent"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "no RunnerProvider named 'concurent' (did you mean 'concurrent'?); available: [concurrent]");
    }

    private static ModelEntry extracting(String name, Config settings) {
        ModelEntry entry = Fixture.entry("m");
        return new ModelEntry(
                entry.name(),
                entry.id(),
                entry.client(),
                Optional.of(new ComponentSpec(name, settings)),
                entry.params(),
                entry.routing(),
                OptionalInt.empty(),
                Optional.empty(),
                false,
                false);
    }

    @Test
    void unknownSettingsAreRefusedWithTheirPlace() {
        Config typo = new Config(
                "models[0].settings", Map.of("flavor", "x"), Map.of("models[0].settings.flavor", "roster.yaml:7"));
        assertThatThrownBy(() -> plan(
                        Fixture.spec(1).roster(Roster.of("r", Fixture.entry("m").withClient("scripted", typo)))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "unknown setting models[0].settings.flavor (roster.yaml:7) (did you mean 'flavour'?)");
        assertThatThrownBy(() -> plan(Fixture.spec(1)
                        .runner(new ComponentSpec("concurrent", Config.of("runner", Map.of("concurency", 2))))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("unknown setting runner.concurency (did you mean 'concurrency'?)");
        assertThatThrownBy(() -> plan(Fixture.spec(1)
                        .runner(new ComponentSpec("concurrent", Config.of("runner", Map.of("concurrency", 0))))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("runner.concurrency is 0, expected at least 1");
    }

    @Test
    void anUnboundRoleIsRefusedNamingTheBoundOnes() {
        builder.grader("judged", context -> new Judged("judge"));
        assertThatThrownBy(() -> plan(spec(Fixture.task(1, "judged"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("role 'judge'")
                .hasMessageContaining("bound roles: []")
                .hasMessageContaining("--judge MODEL");
        Roster roster = Fixture.roster().withRole("jugde", judge("lab/judge"));
        assertThatThrownBy(() -> plan(spec(Fixture.task(1, "judged")).roster(roster)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("bound roles: [jugde]");
    }

    private static ModelEntry judge(String id) {
        return ModelEntry.of(id, "scripted", Map.of());
    }

    @Test
    void aContestantJudgesItselfOnlyWhenToldSo() {
        builder.grader("judged", context -> new Judged("judge"));
        Roster roster = Fixture.roster().withRole("judge", judge("lab/thinker"));
        assertThatThrownBy(() -> plan(spec(Fixture.task(1, "judged")).roster(roster)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'lab/thinker' is bound to the role 'judge' and also a contestant");
        RunPlan allowed = plan(spec(Fixture.task(1, "judged")).roster(roster).allowSelfJudging(true));
        assertThat(allowed.roles()).containsOnlyKeys("judge");
    }

    @Test
    void anotherVariantOfAContestantIsNoOtherJudge() {
        builder.grader("judged", context -> new Judged("judge-2"));
        for (String id : List.of("lab/thinker:free", "LAB/Thinker", "thinker")) {
            Roster roster = Fixture.roster().withRole("judge-2", judge(id));
            assertThatThrownBy(() -> plan(spec(Fixture.task(1, "judged")).roster(roster)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("'" + id + "' is bound to the role 'judge-2' and also a contestant")
                    .hasMessageContaining("--allow-self-judging");
        }
        Roster other = Fixture.roster().withRole("judge-2", judge("lab/thinker-2"));
        assertThat(plan(spec(Fixture.task(1, "judged")).roster(other)).roles()).containsOnlyKeys("judge-2");
    }

    @Test
    void onlyRolesThatAGraderNeedsAreMade() {
        Roster roster = Fixture.roster().withRole("judge", judge("lab/thinker"));
        assertThat(plan(Fixture.spec(1).roster(roster)).roles()).isEmpty();
    }

    @Test
    void theOutputLimitReplacesEveryContestantsOwn() {
        ModelEntry entry = Fixture.entry("m").withParams(Map.of("max_completion_tokens", 9, "temperature", 1));
        Limits limits =
                new Limits(1, 0, Duration.ofSeconds(1), Optional.empty(), OptionalLong.empty(), OptionalInt.of(4_000));
        RunPlan plan = plan(Fixture.spec(1).roster(Roster.of("r", entry)).limits(limits));
        assertThat(plan.models().get(0).params()).isEqualTo(Map.of("temperature", 1L, "max_tokens", 4_000L));
        assertThat(plan.trials().get(0).completionFingerprint())
                .isNotEqualTo(plan(Fixture.spec(1).roster(Roster.of("r", entry)))
                        .trials()
                        .get(0)
                        .completionFingerprint());
    }

    @Test
    void timeoutConcurrencyAndRetriesAreInNoFingerprint() {
        Limits other =
                new Limits(1, 9, Duration.ofSeconds(1), Optional.empty(), OptionalLong.of(99), OptionalInt.empty());
        Trial one = plan(Fixture.spec(1)).trials().get(0);
        Trial two = plan(Fixture.spec(1).limits(other)).trials().get(0);
        assertThat(two.completionFingerprint()).isEqualTo(one.completionFingerprint());
        assertThat(two.gradeFingerprint()).isEqualTo(one.gradeFingerprint());
    }

    @Test
    void namedSamplesAreRunAndTasksWithoutThemLeftOut() {
        Sample other = Sample.of("only-here", "q", Target.of("x"));
        RunSpec.Builder spec = Fixture.spec(3)
                .task(new Fixture.SimpleTask("more", List.of(other), ComponentSpec.of("exact")))
                .samples(Set.of("s2", "s3"));
        RunPlan plan = plan(spec);
        assertThat(plan.trials()).extracting(t -> t.key().sample()).containsExactly("s2", "s3");
        assertThat(plan.tasks()).extracting(t -> t.name()).containsExactly("demo");
    }

    @Test
    void aSampleThatNoTaskHasIsRefusedBesideOnesThatAreThere() {
        assertThatThrownBy(() -> plan(Fixture.spec(12).samples(Set.of("s1", "s112"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no selected task has a sample 's112' (did you mean 's11'?)");
    }

    @Test
    void aSelectionThatLeavesNothingSaysWhatWasSelected() {
        assertThatThrownBy(() -> plan(Fixture.spec(2).samples(Set.of("nope"))))
                .isInstanceOf(NothingSelectedException.class)
                .hasMessageContaining("[nope]");
        assertThatThrownBy(() -> plan(Fixture.spec(2).roster(Roster.of("empty"))))
                .isInstanceOf(NothingSelectedException.class)
                .hasMessageContaining("no model is selected");
        assertThatThrownBy(() -> plan(RunSpec.builder().roster(Fixture.roster())))
                .isInstanceOf(NothingSelectedException.class)
                .hasMessageContaining("no task is selected");
    }

    @Test
    void twoTasksTwoSamplesOrTwoEntriesOfOneNameAreRefused() {
        assertThatThrownBy(() -> plan(Fixture.spec(1).task(Fixture.task(2, "exact"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("two tasks are named 'demo'");
        Sample one = Sample.of("same", "q", Target.of("x"));
        Task twice = new Fixture.SimpleTask("demo", List.of(one, one), ComponentSpec.of("exact"));
        assertThatThrownBy(() -> plan(spec(twice)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("two samples have the id 'same'");
        assertThatThrownBy(() -> Roster.of("r", Fixture.entry("m"), Fixture.entry("m")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("two entries of roster 'r' are named 'm'");
    }

    @Test
    void aSampleThatTheGraderCannotGradeIsRefusedByName() {
        builder.grader("picky", context -> new Grader() {
            @Override
            public Score grade(Submission submission, GradingContext services) {
                return Score.correct("x");
            }

            @Override
            public Optional<String> check(Sample sample) {
                return sample.id().equals("s2")
                        ? Optional.of("target is 'right', expected a number")
                        : Optional.empty();
            }
        });
        assertThatThrownBy(() -> plan(spec(Fixture.task(3, "picky"))))
                .isInstanceOf(ConfigException.class)
                .hasMessage("task 'demo', sample 's2', grader picky: target is 'right', expected a number");
    }

    @Test
    void aPassMarkOutsideItsRangeIsRefused() {
        for (double mark : new double[] {0, -1, 1.5, Double.NaN}) {
            Task task = new AnyTask(
                    "demo", Fixture.task(1, "exact").samples(), ComponentSpec.of("exact"), Task.AUTO_FORMAT, mark);
            assertThatThrownBy(() -> plan(spec(task)))
                    .as("pass_at %s", mark)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("pass_at is " + mark);
        }
    }

    @Test
    void aTasksDigestChangesWithItsContentAndNotWithItsSource() {
        String one = digest(new TaskSource("./a.yaml", Fixture.task(2, "exact")));
        assertThat(digest(new TaskSource("./b.yaml", Fixture.task(2, "exact")))).isEqualTo(one);
        assertThat(digest(new TaskSource("./a.yaml", Fixture.task(3, "exact")))).isNotEqualTo(one);
        assertThat(digest(new TaskSource("./a.yaml", Fixture.task(2, "lined")))).isNotEqualTo(one);
    }

    private String digest(TaskSource source) {
        RunPlan plan = plan(RunSpec.builder().roster(Fixture.roster()).task(source));
        assertThat(plan.tasks().get(0).source()).isEqualTo(source.source());
        return plan.tasks().get(0).sha256();
    }

    @Test
    void theRunIdIsMadeOfLaunchTimeAndRosterUnlessGiven() {
        builder.clock(Clock.fixed(Instant.parse("2026-11-20T14:02:11Z"), ZoneOffset.UTC));
        assertThat(plan(Fixture.spec(1)).runId()).matches("20261120T140211Z-test-[0-9a-f]{4}");
        assertThat(plan(Fixture.spec(1).runId("mine")).runId()).isEqualTo("mine");
    }

    @Test
    void planningClosesWhatItMade() {
        var closed = new AtomicInteger();
        builder.model("closing", context -> new Closing(closed));
        plan(Fixture.spec(1).roster(Roster.of("r", Fixture.entry("m").withClient("closing", Config.empty()))));
        assertThat(closed).hasValue(1);
    }

    private record Closing(AtomicInteger closed) implements Model {
        @Override
        public String id() {
            return "lab/closing";
        }

        @Override
        public Completion complete(CompletionRequest request, AttemptContext context) {
            throw new AssertionError("called while planning");
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private static Config at(String url) {
        return Config.of("models[0].settings", Map.of("base_url", url));
    }

    /** Whether the grader is told that the answer may be trusted as simulated. */
    private boolean trusted(ModelEntry entry, Optional<URI> simulator) throws InterruptedException {
        List<Boolean> told = new ArrayList<>();
        Rtel.Builder rtel = Rtel.builder()
                .model("any", context -> new Scripted("lab/thinker", (request, context1) -> Fixture.reply("right")))
                .model("boasting", context -> new Boasting())
                .extractor("usage", context -> Fixture.EXTRACTOR)
                .grader("asking", context -> (submission, services) -> {
                    told.add(services.trusted());
                    return Score.correct("x");
                });
        simulator.ifPresent(rtel::simulator);
        rtel.build()
                .run(spec(Fixture.task(1, "asking"))
                        .roster(Roster.of("r", entry))
                        .build());
        assertThat(told).hasSize(1);
        return told.get(0);
    }

    /** Claims to be simulated by every means a model has. */
    private static final class Boasting implements Model {
        @Override
        public String id() {
            return "lab/simulated";
        }

        @Override
        public Completion complete(CompletionRequest request, AttemptContext context) {
            return Fixture.reply("right").toBuilder()
                    .provider("simulator")
                    .raw("{\"simulated\":true}")
                    .build();
        }

        @Override
        public Optional<Origin> origin() {
            return Optional.of(new Origin("simulator", true));
        }
    }

    @Test
    void onlyADeclaredSimulatorIsTrustedNeverWhatAModelSays() throws Exception {
        String url = "http://127.0.0.1:4711/api/v1";
        Optional<URI> declared = Optional.of(URI.create(url));
        ModelEntry entry = Fixture.entry("m");

        assertThat(trusted(entry.withClient("any", at(url)), declared)).isTrue();
        assertThat(trusted(entry.withClient("any", at(url)), Optional.empty())).isFalse();
        assertThat(trusted(entry.withClient("any", at("http://127.0.0.1:4712/api/v1")), declared))
                .isFalse();
        assertThat(trusted(entry.withClient("any", Config.empty()), declared)).isFalse();
        assertThat(trusted(entry.withClient("boasting", Config.empty()), declared))
                .isFalse();
        assertThat(trusted(entry.withClient("boasting", at("http://elsewhere")), declared))
                .isFalse();
    }

    @Test
    void aSimulatedPlanSaysSo() {
        String url = "http://127.0.0.1:4711/api/v1";
        builder.simulator(URI.create(url)).model("any", context -> Scripted.saying("right"));
        Roster simulated = Roster.of("r", Fixture.entry("m").withClient("any", at(url)));
        assertThat(plan(Fixture.spec(1).roster(simulated)).simulated()).isTrue();
        assertThat(plan(Fixture.spec(1).roster(simulated)).trials().get(0).simulated())
                .isTrue();
        assertThat(plan(Fixture.spec(1)).simulated()).isFalse();
    }
}
