package dev.rtel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.Fixture.Scripted;
import dev.rtel.eval.Failure;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.RunState;
import dev.rtel.eval.TrialRecord;
import dev.rtel.plan.Limits;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.Roster;
import dev.rtel.plan.RunSpec;
import dev.rtel.run.InMemoryResultStore;
import dev.rtel.run.Progress;
import dev.rtel.run.RetryPolicy;
import dev.rtel.run.RunListener;
import dev.rtel.run.RunSummary;
import dev.rtel.spi.Model;
import dev.rtel.spi.ModelException;
import dev.rtel.spi.ResultStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Storms, collapses and deadlines, seen from outside. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FlowTest {
    private final InMemoryResultStore store = new InMemoryResultStore();
    private final Map<String, Model> models = new ConcurrentHashMap<>();

    private Rtel.Builder rtel() {
        return Fixture.rtel(Scripted.saying("unused"))
                .model("lab", context -> models.get(context.config().requireString("model_id")))
                .retryPolicy(RetryPolicy.standard(3))
                .store(store);
    }

    private RunSpec.Builder spec(int samples, Limits limits, String... ids) {
        List<ModelEntry> entries = new java.util.ArrayList<>();
        for (String id : ids) {
            entries.add(ModelEntry.of(id, "lab", Map.of("max_tokens", 100L)));
        }
        return RunSpec.builder()
                .roster(new Roster("test", entries, Map.of()))
                .task(Fixture.task(samples, "exact"))
                .limits(limits);
    }

    private static Limits limits(int concurrency, Duration trial) {
        return new Limits(
                concurrency,
                Map.of(),
                3,
                Duration.ofSeconds(30),
                trial,
                Optional.empty(),
                OptionalLong.empty(),
                OptionalInt.empty());
    }

    private static ModelException tooMany(Duration wait) {
        return new ModelException.Transient(
                "too many",
                ModelException.Details.of("rate_limit_exceeded").free().withRetryAfter(wait),
                null);
    }

    private List<TrialRecord> records(RunSummary summary) {
        try (var records = store.trials(summary.plan().runId(), ResultStore.Projection.FULL)) {
            return records.toList();
        }
    }

    /** Refuses every call until the storm is over, saying each time how long that will be. */
    private static final class Stormy {
        final AtomicLong firstCall = new AtomicLong();
        final AtomicLong firstAnswer = new AtomicLong();
        final AtomicInteger refused = new AtomicInteger();
        final Duration storm;

        Stormy(Duration storm) {
            this.storm = storm;
        }

        Model model(String id) {
            return new Scripted(id, (request, context) -> {
                long now = System.nanoTime();
                firstCall.compareAndSet(0, now);
                long left = firstCall.get() + storm.toNanos() - now;
                if (left > 0) {
                    refused.incrementAndGet();
                    throw tooMany(Duration.ofNanos(left));
                }
                firstAnswer.compareAndSet(0, now);
                return Fixture.reply("right");
            });
        }

        Duration waited() {
            return Duration.ofNanos(firstAnswer.get() - firstCall.get());
        }
    }

    @Test
    void oneProvidersStormSlowsNoOtherAndIsWaitedForAsLongAsItAsks() throws Exception {
        var stormy = new Stormy(Duration.ofSeconds(2));
        models.put("lab/stormy", stormy.model("lab/stormy"));
        var lastCalm = new AtomicLong();
        models.put("lab/calm", new Scripted("lab/calm", (request, context) -> {
            lastCalm.set(System.nanoTime());
            return Fixture.reply("right");
        }));

        RunSummary summary = rtel().build()
                .run(spec(40, limits(4, Duration.ofMinutes(1)), "lab/stormy", "lab/calm")
                        .build());

        assertThat(summary.state()).isEqualTo(RunState.FINISHED);
        assertThat(summary.progress().passed()).isEqualTo(80);
        assertThat(lastCalm.get() - stormy.firstCall.get())
                .as("the calm provider's last call came while the other still stormed")
                .isLessThan(stormy.storm.toNanos());
        assertThat(stormy.waited())
                .isBetween(stormy.storm, stormy.storm.multipliedBy(110).dividedBy(100));
        assertThat(stormy.refused.get())
                .as("only what was under way when it began")
                .isLessThanOrEqualTo(4);
    }

    @Test
    void theAccountsOwnLimitHoldsEveryModelOfTheAccount() throws Exception {
        var refusedAt = new AtomicLong();
        var early = new AtomicInteger();
        for (String id : List.of("lab/a", "lab/b")) {
            models.put(id, new Scripted(id, (request, context) -> {
                long now = System.nanoTime();
                if (refusedAt.compareAndSet(0, now)) {
                    var details = new ModelException.Details(
                            "rate_limit_exceeded",
                            OptionalInt.of(429),
                            Optional.of(Duration.ofMillis(600)),
                            true,
                            Optional.empty(),
                            Optional.empty(),
                            Map.of(),
                            ModelException.Charge.FREE,
                            Optional.empty());
                    throw new ModelException.Transient("account limit", details, null);
                }
                if (now - refusedAt.get() > Duration.ofMillis(100).toNanos()
                        && now - refusedAt.get() < Duration.ofMillis(590).toNanos()) {
                    early.incrementAndGet();
                }
                return Fixture.reply("right");
            }));
        }
        RunSummary summary = rtel().build()
                .run(spec(5, limits(1, Duration.ofMinutes(1)), "lab/a", "lab/b").build());
        assertThat(summary.progress().passed()).isEqualTo(10);
        assertThat(early).hasValue(0);
    }

    @Test
    void aCollapsedModelsRestIsQuarantinedAndTheOthersGoOn() throws Exception {
        models.put("lab/broken", new Scripted("lab/broken", (request, context) -> {
            throw new ModelException.Permanent("not_found", "no endpoints found for lab/broken");
        }));
        models.put("lab/calm", Scripted.saying("right"));
        List<String> told = new CopyOnWriteArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void modelCollapsed(PlannedModel model, String reason) {
                told.add(model.name() + " " + reason);
            }
        };

        RunSummary summary = rtel().listener(listener)
                .build()
                .run(spec(30, limits(1, Duration.ofMinutes(1)), "lab/broken", "lab/calm")
                        .build());

        assertThat(summary.state()).isEqualTo(RunState.FINISHED);
        Progress progress = summary.progress();
        assertThat(progress.passed()).isEqualTo(30);
        assertThat(progress.failed()).isEqualTo(5);
        assertThat(progress.quarantined()).isEqualTo(25);
        assertThat(told).containsExactly("lab/broken collapsed: 5 trials in a row failed, the last with not_found");
        assertThat(((Scripted) models.get("lab/broken")).calls).hasSize(5);
        assertThat(records(summary).stream().filter(r -> r.quarantined().isPresent()))
                .hasSize(25)
                .allSatisfy(record -> {
                    assertThat(record.attempts()).isZero();
                    assertThat(record.outcome())
                            .isInstanceOfSatisfying(
                                    Outcome.Failed.class,
                                    failed ->
                                            assertThat(failed.failure().type()).isEqualTo("quarantined"));
                });

        models.put("lab/broken", Scripted.saying("right"));
        RunSummary resumed = rtel().build()
                .run(spec(30, limits(1, Duration.ofMinutes(1)), "lab/broken", "lab/calm")
                        .runId(summary.plan().runId())
                        .build());
        assertThat(resumed.progress().passed()).as("after a resume").isEqualTo(60);
    }

    @Test
    void failuresInBetweenDoNotCollapseAModel() throws Exception {
        var calls = new AtomicInteger();
        models.put("lab/shaky", new Scripted("lab/shaky", (request, context) -> {
            if (calls.incrementAndGet() % 4 != 0) {
                throw new ModelException.Permanent("invalid_request", "no");
            }
            return Fixture.reply("right");
        }));
        RunSummary summary = rtel().build()
                .run(spec(40, limits(1, Duration.ofMinutes(1)), "lab/shaky").build());
        assertThat(summary.progress().failed()).isEqualTo(30);
        assertThat(summary.progress().quarantined()).isZero();
    }

    @Test
    void aTrialEndsAtItsDeadlineHoweverManyRetriesAreLeft() throws Exception {
        models.put("lab/slow", new Scripted("lab/slow", (request, context) -> {
            throw tooMany(Duration.ofMillis(400));
        }));
        long start = System.nanoTime();
        RunSummary summary = rtel().build()
                .run(spec(1, limits(1, Duration.ofSeconds(1)), "lab/slow").build());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        TrialRecord record = records(summary).get(0);
        assertThat(record.attempts()).isBetween(2, 3);
        assertThat(record.outcome())
                .isEqualTo(new Outcome.Failed(new Failure("rate_limit_exceeded", "too many", true)));
    }

    @Test
    void anAttemptMayNotOutliveItsTrial() throws Exception {
        List<Duration> left = new CopyOnWriteArrayList<>();
        models.put("lab/asked", new Scripted("lab/asked", (request, context) -> {
            left.add(Duration.between(java.time.Instant.now(), context.deadline()));
            return Fixture.reply("right");
        }));
        rtel().build()
                .run(spec(1, limits(1, Duration.ofSeconds(2)), "lab/asked").build());
        assertThat(left).allSatisfy(time -> assertThat(time).isLessThanOrEqualTo(Duration.ofSeconds(2)));
    }
}
