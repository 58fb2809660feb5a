package dev.rtel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.Fixture.Scripted;
import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.eval.Attempt;
import dev.rtel.eval.Completion;
import dev.rtel.eval.CompletionRequest;
import dev.rtel.eval.Message;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RoleUsage;
import dev.rtel.eval.RunState;
import dev.rtel.eval.Score;
import dev.rtel.eval.Submission;
import dev.rtel.eval.TrialRecord;
import dev.rtel.plan.Limits;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.Roster;
import dev.rtel.plan.RunSpec;
import dev.rtel.run.InMemoryResultStore;
import dev.rtel.run.RunSummary;
import dev.rtel.spi.Grader;
import dev.rtel.spi.GradingContext;
import dev.rtel.spi.ModelException;
import dev.rtel.spi.ResultStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JudgeTest {
    private final InMemoryResultStore store = new InMemoryResultStore();
    private final Scripted contestant = Scripted.saying("right");
    private final List<CompletionRequest> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger judgeFailures = new AtomicInteger();
    private RuntimeException failure = new ModelException.Transient("provider_overloaded", "busy");
    private int failFromCall = 1;
    private final Scripted judge = new Scripted("lab/judge", (request, context) -> {
        asked.add(request);
        if (asked.size() >= failFromCall && judgeFailures.getAndDecrement() > 0) {
            throw failure;
        }
        return Fixture.reply("pass");
    });

    /** Asks its roles one after the other, so many times each, and passes when all say so. */
    private record Panel(List<String> roles, int votes) implements Grader {
        @Override
        public Score grade(Submission submission, GradingContext context) throws InterruptedException {
            for (String role : roles) {
                for (int vote = 0; vote < votes; vote++) {
                    Completion verdict;
                    try {
                        verdict = context.model(role)
                                .complete(new CompletionRequest(
                                        List.of(Message.user("Is this right? " + submission.text())),
                                        Map.of("temperature", 1, "top_p", new BigDecimal("0.5")),
                                        Map.of(),
                                        Duration.ofHours(9)));
                    } catch (ModelException e) {
                        return Score.unscored("judge-failed", String.valueOf(e.getMessage()));
                    }
                    if (!verdict.text().orElse("").equals("pass")) {
                        return Score.incorrect(submission.text(), "the judge says no");
                    }
                }
            }
            return Score.correct(submission.text());
        }

        @Override
        public Set<String> requiredRoles() {
            return Set.copyOf(roles);
        }
    }

    private Rtel.Builder builder() {
        return Fixture.rtel(contestant)
                .store(store)
                .model("judging", context -> judge)
                .grader("judged", context -> new Panel(List.of("judge"), 1))
                .grader("twice", context -> new Panel(List.of("judge"), 2))
                .grader("panel", context -> new Panel(List.of("judge-1", "judge-2"), 1))
                .grader("sly", context -> (submission, services) -> {
                    services.model("judge");
                    return Score.correct("x");
                });
    }

    private static ModelEntry entry(String role, Map<String, ?> params) {
        return new ModelEntry(
                role,
                "lab/judge",
                new dev.rtel.eval.ComponentSpec("judging", Config.empty()),
                Optional.empty(),
                Map.copyOf(params),
                Map.of("only", List.of("lab")),
                OptionalInt.empty(),
                Optional.of(Duration.ofSeconds(77)),
                false,
                false);
    }

    private static Limits limits(String maxCost) {
        return new Limits(
                1,
                2,
                Duration.ofSeconds(30),
                Optional.ofNullable(maxCost).map(BigDecimal::new),
                OptionalLong.empty(),
                OptionalInt.empty());
    }

    private static RunSpec.Builder spec(int samples, String grader) {
        Roster roster = Fixture.roster();
        for (String role : List.of("judge", "judge-1", "judge-2")) {
            roster = roster.withRole(role, entry(role, Map.of("temperature", 0)));
        }
        return RunSpec.builder()
                .roster(roster)
                .task(Fixture.task(samples, grader))
                .runId("run-1")
                .limits(limits(null));
    }

    private List<TrialRecord> records() {
        try (var stream = store.trials("run-1", ResultStore.Projection.FULL)) {
            return stream.toList();
        }
    }

    private List<Attempt> attempts(String role) {
        return store.attempts("run-1").stream()
                .filter(a -> a.role().equals(role))
                .toList();
    }

    private static RoleUsage judging(TrialRecord record) {
        return ((Outcome.Scored) record.outcome()).graderUsage();
    }

    @Test
    void whatTheJudgeUsesIsBookedToTheRoleNotToTheContestant() throws Exception {
        RunSummary summary = builder().build().run(spec(3, "twice").build());

        assertThat(summary.progress().passed()).isEqualTo(3);
        assertThat(summary.progress().knownCostUsd()).isEqualByComparingTo("0.009");
        assertThat(records()).hasSize(3).allSatisfy(record -> {
            assertThat(record.usage().orElseThrow().cost().usd().orElseThrow()).isEqualByComparingTo("0.001");
            assertThat(record.attempts()).isEqualTo(1);
            assertThat(judging(record).costUsd().orElseThrow()).isEqualByComparingTo("0.002");
            assertThat(judging(record).calls()).hasSize(2).allSatisfy(call -> {
                assertThat(call.role()).isEqualTo("judge");
                assertThat(call.model()).isEqualTo("lab/judge");
                assertThat(call.usage().reasoning().value()).hasValue(6);
            });
        });
    }

    @Test
    void everyCallOfARoleIsAnAttemptOfItsTrialWithAnEnd() throws Exception {
        builder().build().run(spec(2, "twice").build());

        assertThat(attempts("judge")).hasSize(4).allSatisfy(attempt -> {
            assertThat(attempt.end()).isPresent();
            assertThat(attempt.end().orElseThrow().failure()).isEmpty();
        });
        assertThat(attempts(Attempt.CONTESTANT)).hasSize(2);
        assertThat(judge.calls).extracting(c -> c.role()).containsOnly("judge");
        assertThat(judge.calls).extracting(c -> c.call()).containsExactly(0, 1, 0, 1);
        assertThat(judge.calls).extracting(c -> c.trial().sample()).containsExactly("s1", "s1", "s2", "s2");
    }

    @Test
    void aJudgeThatIsBusyIsAskedAgainByTheRunsPolicy() throws Exception {
        judgeFailures.set(2);
        RunSummary summary = builder().build().run(spec(1, "judged").build());

        assertThat(summary.progress().passed()).isEqualTo(1);
        assertThat(attempts("judge")).extracting(Attempt::number).containsExactly(1, 2, 3);
        assertThat(attempts("judge"))
                .extracting(a -> a.end().orElseThrow().failure().isPresent())
                .containsExactly(true, true, false);
        assertThat(judging(records().get(0)).calls()).hasSize(1);
        assertThat(records().get(0).attempts()).isEqualTo(1);
    }

    @Test
    void aJudgeThatFailsForGoodLeavesTheTrialUnscored() throws Exception {
        failure = new ModelException.Permanent("invalid_request", "no such model");
        judgeFailures.set(1);
        RunSummary summary = builder().build().run(spec(2, "judged").build());

        assertThat(summary.state()).isEqualTo(RunState.FINISHED);
        assertThat(summary.progress().unscored()).isEqualTo(1);
        assertThat(summary.progress().passed()).isEqualTo(1);
        assertThat(attempts("judge")).hasSize(2);
    }

    @Test
    void whatTheRosterSaysOfARoleWinsOverTheGradersRequest() throws Exception {
        builder().build().run(spec(1, "judged").build());

        CompletionRequest request = asked.get(0);
        assertThat(request.params()).isEqualTo(Map.of("temperature", 0L, "top_p", new BigDecimal("0.5")));
        assertThat(request.routing()).isEqualTo(Map.of("only", List.of("lab")));
        assertThat(request.timeout()).isEqualTo(Duration.ofSeconds(77));
        assertThat(request.messages()).containsExactly(Message.user("Is this right? right"));
    }

    @Test
    void aRoleThatTheGraderDidNotListIsRefused() throws Exception {
        RunSummary summary = builder().build().run(spec(1, "sly").build());

        assertThat(summary.progress().unscored()).isEqualTo(1);
        assertThat(asked).isEmpty();
        Score score = ((Outcome.Scored) records().get(0).outcome()).score();
        assertThat(score.explanation()).contains("'judge'", "required roles", ConfigException.class.getSimpleName());
    }

    @Test
    void answersOfABrokenOffGradingAreNotBoughtAgain() throws Exception {
        FailingStore failing = new FailingStore(store);
        failing.failOnScored = 2;
        assertThatThrownBy(() ->
                        builder().store(failing).build().run(spec(4, "twice").build()))
                .hasMessageContaining("disk full");
        assertThat(asked).hasSize(4);

        RunSummary summary = builder().build().run(spec(4, "twice").build());
        assertThat(summary.progress().passed()).isEqualTo(4);
        assertThat(asked).hasSize(8);
        assertThat(contestant.calls).hasSize(4);
        assertThat(records()).allSatisfy(r -> assertThat(judging(r).calls()).hasSize(2));
        assertThat(summary.progress().knownCostUsd()).isEqualByComparingTo("0.012");
    }

    @Test
    void aGradingBrokenOffBetweenTwoVotesGoesOnWithTheSecond() throws Exception {
        failure = new ModelException.RunFatal("no credit", ModelException.Details.of("payment_required"), null);
        failFromCall = 2;
        judgeFailures.set(1);
        RunSummary first = builder().build().run(spec(2, "twice").build());
        assertThat(first.stop().orElseThrow().reason()).isEqualTo(RunSummary.Reason.ACCOUNT);
        assertThat(first.progress().done()).isZero();

        RunSummary second = builder().build().run(spec(2, "twice").build());
        assertThat(second.progress().passed()).isEqualTo(2);
        assertThat(contestant.calls).hasSize(2);
        assertThat(asked).hasSize(2 + 1 + 2);
        assertThat(records()).allSatisfy(r -> assertThat(judging(r).calls()).hasSize(2));
    }

    @Test
    void aRoleWithOtherParametersJudgesAgainWithoutAContestantsCall() throws Exception {
        builder().build().run(spec(2, "judged").build());
        RunSummary summary = builder()
                .build()
                .run(spec(2, "judged")
                        .roster(Fixture.roster().withRole("judge", entry("judge", Map.of("temperature", 1))))
                        .build());

        assertThat(summary.progress().passed()).isEqualTo(2);
        assertThat(contestant.calls).hasSize(2);
        assertThat(asked).hasSize(4);
        assertThat(asked.get(3).params()).containsEntry("temperature", 1L);
    }

    @Test
    void regradingAsksTheJudgeAgainAndNoContestant() throws Exception {
        builder().build().run(spec(2, "judged").build());
        try (PreparedRun regrade =
                builder().build().prepareRegrade(spec(2, "judged").build())) {
            assertThat(regrade.execute().progress().passed()).isEqualTo(2);
        }
        assertThat(contestant.calls).hasSize(2);
        assertThat(asked).hasSize(4);
    }

    @Test
    void attemptsAreCountedPerTrialAndRole() throws Exception {
        builder().build().run(spec(1, "panel").build());
        assertThat(attempts("judge-1")).extracting(Attempt::number).containsExactly(1);
        assertThat(attempts("judge-2")).extracting(Attempt::number).containsExactly(1);
        assertThat(judging(records().get(0)).calls())
                .extracting(RoleUsage.Call::role)
                .containsExactly("judge-1", "judge-2");
    }

    @Test
    void anExtractorThatThrowsOnAJudgesAnswerLosesNothing() throws Exception {
        RunSummary summary = Rtel.builder()
                .store(store)
                .model("scripted", context -> contestant)
                .model("judging", context -> judge)
                .grader("judged", context -> new Panel(List.of("judge"), 1))
                .extractor("usage", context -> completion -> {
                    if (completion.text().orElse("").equals("pass")) {
                        throw new IllegalStateException("boom");
                    }
                    return Fixture.EXTRACTOR.extract(completion);
                })
                .build()
                .run(spec(3, "judged").limits(limits("1")).build());

        assertThat(summary.progress().passed()).isEqualTo(3);
        assertThat(records()).allSatisfy(record -> {
            assertThat(judging(record).calls()).hasSize(1);
            assertThat(judging(record).costUsd()).isEmpty();
        });
        assertThat(attempts("judge")).allSatisfy(a -> assertThat(a.end()).isPresent());
    }

    @Test
    void judgingCountsTowardsTheSpendingLimit() throws Exception {
        RunSummary summary =
                builder().build().run(spec(10, "judged").limits(limits("0.005")).build());

        assertThat(summary.stop().orElseThrow().reason()).isEqualTo(RunSummary.Reason.BUDGET);
        assertThat(summary.progress().knownCostUsd()).isLessThanOrEqualTo(new BigDecimal("0.005"));
        assertThat(contestant.calls.size() + asked.size()).isEqualTo(5);
        List<Completion> paid = new ArrayList<>();
        records().forEach(r -> r.completion().ifPresent(paid::add));
        assertThat(paid).hasSize(3);
    }
}
