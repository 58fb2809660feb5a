package dev.rtel.internal;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.BillingRecord;
import dev.rtel.eval.Completion;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.RoleUsage;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.TrialKey;
import dev.rtel.eval.TrialRecord;
import dev.rtel.eval.Waste;
import dev.rtel.plan.PriceBook;
import dev.rtel.run.ReconcileSummary;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.TokenExtractor;
import dev.rtel.spi.TokenExtractor.Settling;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Looks up the billing records that a stored run still lacks, once each, and writes what they tell: to completions, to
 * those of roles, to failed attempts. For one call of {@link #execute}.
 */
public final class Reconciler {
    private static final int THREADS = 8;
    private final StoredRun run;
    private final ResultStore store;
    private final Function<PlannedModel, TokenExtractor> extractors;
    private final Accounting accounting;
    private final Clock clock;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger found = new AtomicInteger();
    private final Map<TrialKey, List<Attempt>> attempts = new HashMap<>();

    /** Prepares; {@code extractors} gives that of a planned model, {@code prices} price what no bill tells. */
    public Reconciler(
            StoredRun run,
            ResultStore store,
            Function<PlannedModel, TokenExtractor> extractors,
            PriceBook prices,
            Clock clock) {
        this.run = run;
        this.store = store;
        this.extractors = extractors;
        this.accounting = new Accounting(prices);
        this.clock = clock;
    }

    /** Looks everything up; holds the run's lease meanwhile and leaves its state as it was. */
    public ReconcileSummary execute() throws InterruptedException {
        RunPlan plan = run.plan();
        Map<PlannedModel, TokenExtractor> made = new HashMap<>();
        Stream.concat(plan.models().stream(), plan.roles().values().stream())
                .forEach(model -> made.put(model, extractors.apply(model)));
        store.begin(plan);
        try {
            store.attempts(plan.runId())
                    .forEach(attempt -> attempts.computeIfAbsent(attempt.trial(), key -> new ArrayList<>())
                            .add(attempt));
            settleAll(plan, made);
            return new ReconcileSummary(plan, asked.get(), found.get(), Attempt.unknown(store.attempts(plan.runId())));
        } finally {
            store.end(plan.runId(), run.state(), run.finishedAt().orElseGet(clock::instant));
        }
    }

    private void settleAll(RunPlan plan, Map<PlannedModel, TokenExtractor> made) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, WorkerThreads.named("rtel-reconcile-"));
        try (Stream<TrialRecord> records = store.trials(plan.runId(), ResultStore.Projection.WITHOUT_RAW)) {
            List<Future<?>> tasks = new ArrayList<>();
            records.forEach(record -> tasks.add(threads.submit(() -> {
                settle(record, plan, made);
                return null;
            })));
            for (Future<?> task : tasks) {
                task.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private void settle(TrialRecord record, RunPlan plan, Map<PlannedModel, TokenExtractor> made)
            throws InterruptedException {
        TrialRecord settled = record;
        if (record.outcome() instanceof Outcome.Scored scored) {
            Completed own = settle(
                    record.trial().model(), made, new Completed(scored.completion(), scored.usage()), record.key());
            List<RoleUsage.Call> calls = new ArrayList<>();
            for (RoleUsage.Call call : scored.graderUsage().calls()) {
                PlannedModel role = plan.roles().get(call.role());
                Completed answer = new Completed(call.completion(), call.usage());
                answer = role == null ? answer : settle(role, made, answer, record.key());
                calls.add(new RoleUsage.Call(call.role(), call.model(), answer.completion(), answer.usage()));
            }
            settled = record.withOutcome(
                    new Outcome.Scored(own.completion(), own.usage(), scored.score(), new RoleUsage(calls)));
        }
        settled = settled.withWaste(waste(record, made, plan));
        if (!settled.equals(record)) {
            store.record(settled, Optional.empty(), Optional.empty());
        }
    }

    private record Completed(Completion completion, TokenUsage usage) {}

    private Completed settle(
            PlannedModel model, Map<PlannedModel, TokenExtractor> made, Completed answer, TrialKey trial)
            throws InterruptedException {
        TokenExtractor extractor = made.getOrDefault(model, completion -> TokenUsage.unknown());
        Optional<String> id = answer.completion().generationId();
        if (id.isEmpty() || extractor.settling(answer.completion(), answer.usage()) == Settling.NONE) {
            return answer;
        }
        Optional<BillingRecord> billing = lookUp(extractor, id.get());
        if (billing.isEmpty()) {
            return answer;
        }
        Completion completion =
                answer.completion().toBuilder().billing(billing.get()).build();
        TokenUsage usage = accounting.of(model, extractor, completion);
        for (Attempt attempt : attempts.getOrDefault(trial, List.of())) {
            if (attempt.generationId().equals(id) && attempt.end().isPresent()) {
                Attempt.End end = attempt.end().get();
                Optional<java.math.BigDecimal> told = Bought.told(usage);
                if (end.costUsd().isEmpty() && told.isPresent()) {
                    store.attemptEnded(attempt.id(), end.withCost(told.get()));
                }
            }
        }
        return new Completed(completion, usage);
    }

    private Optional<BillingRecord> lookUp(TokenExtractor extractor, String id) throws InterruptedException {
        asked.incrementAndGet();
        Optional<BillingRecord> record = extractor.lookUp(id);
        record.ifPresent(there -> found.incrementAndGet());
        return record;
    }

    /** Looks up the trial's attempts of unknown outcome; what its contestant's failed attempts used is added up anew. */
    private Waste waste(TrialRecord record, Map<PlannedModel, TokenExtractor> made, RunPlan plan)
            throws InterruptedException {
        Map<String, Waste> failed = new LinkedHashMap<>();
        for (Attempt attempt : attempts.getOrDefault(record.key(), List.of())) {
            boolean contestant = attempt.role().equals(Attempt.CONTESTANT);
            Attempt known = attempt;
            PlannedModel model =
                    contestant ? record.trial().model() : plan.roles().get(attempt.role());
            if (attempt.outcomeUnknown() && attempt.generationId().isPresent() && model != null) {
                TokenExtractor extractor = made.getOrDefault(model, completion -> TokenUsage.unknown());
                known = FailedAttempts.settled(
                        attempt, lookUp(extractor, attempt.generationId().get()), clock);
                if (known != attempt) {
                    store.attemptEnded(known.id(), known.end().orElseThrow());
                }
            }
            boolean answered =
                    known.end().isPresent() && known.end().get().failure().isEmpty();
            if (contestant && !answered) {
                failed.put(known.id(), Earlier.waste(known));
            }
        }
        return failed.values().stream().reduce(Waste.none(), Waste::plus);
    }
}
