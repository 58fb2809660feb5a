package dev.rtel.analysis;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.BillingRecord;
import dev.rtel.eval.Completion;
import dev.rtel.eval.Cost;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.RoleUsage;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.TrialKey;
import dev.rtel.eval.TrialRecord;
import dev.rtel.eval.UsageFlag;
import dev.rtel.plan.PriceBook;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A run's bill from three sides: what replies told, what billing records say, what a price book makes of the counts; per
 * call and per model, with the differences in percent. Calls of roles are listed apart from the contestants'.
 *
 * @param calls in plan order, a trial's own call before those of its roles
 * @param models in order of first call
 */
public record Reconciliation(List<Call> calls, List<ModelTotal> models) {
    private static final double PERCENT = 100;

    /**
     * One completion.
     *
     * @param role {@code contestant} or the role that answered
     * @param model entry name, or the role model's id
     * @param generationId the provider's id of the call
     * @param told US dollars as the reply told
     * @param recorded US dollars as the billing record says
     * @param priced US dollars by the price book
     * @param countsDiffer whether reply and billing record count tokens differently
     */
    public record Call(
            TrialKey trial,
            String role,
            String model,
            Optional<String> generationId,
            Optional<BigDecimal> told,
            Optional<BigDecimal> recorded,
            Optional<BigDecimal> priced,
            boolean countsDiffer) {
        /** What was charged: as told, else as recorded. */
        public Optional<BigDecimal> charged() {
            return told.or(() -> recorded);
        }

        /** How much more the billing record says than the reply, in percent. */
        public OptionalDouble recordGap() {
            return gap(recorded, told);
        }

        /** How much more the price book makes of it than was charged, in percent. */
        public OptionalDouble priceGap() {
            return gap(priced, charged());
        }
    }

    /**
     * The calls of one model in one role.
     *
     * @param calls their number
     * @param told how many replies told a cost
     * @param recorded how many billing records say one
     * @param priced how many the price book prices
     * @param chargedUsd sum of what was charged, over the calls where that is known
     * @param recordGap the same as a call's, over the calls that have both figures
     * @param priceGap likewise
     * @param countsDiffer calls whose counts differ
     */
    public record ModelTotal(
            String role,
            String model,
            int calls,
            int told,
            int recorded,
            int priced,
            BigDecimal chargedUsd,
            OptionalDouble recordGap,
            OptionalDouble priceGap,
            int countsDiffer) {}

    /** Copies the lists. */
    public Reconciliation {
        calls = List.copyOf(calls);
        models = List.copyOf(models);
    }

    /**
     * Compares.
     *
     * @param records of the plan's run, in any order; those without a completion are left out
     */
    public static Reconciliation of(RunPlan plan, Iterable<TrialRecord> records, PriceBook prices) {
        List<Call> calls = new ArrayList<>();
        for (TrialRecord record : records) {
            if (record.outcome() instanceof Outcome.Scored scored) {
                calls.add(call(
                        record.key(),
                        Attempt.CONTESTANT,
                        record.trial().model(),
                        record.key().model(),
                        scored.completion(),
                        scored.usage(),
                        prices));
                for (RoleUsage.Call role : scored.graderUsage().calls()) {
                    PlannedModel planned = plan.roles().get(role.role());
                    if (planned != null) {
                        calls.add(call(
                                record.key(),
                                role.role(),
                                planned,
                                role.model(),
                                role.completion(),
                                role.usage(),
                                prices));
                    }
                }
            }
        }
        Map<List<String>, List<Call>> byModel = new LinkedHashMap<>();
        calls.forEach(call -> byModel.computeIfAbsent(List.of(call.role(), call.model()), key -> new ArrayList<>())
                .add(call));
        return new Reconciliation(
                calls, byModel.values().stream().map(Reconciliation::total).toList());
    }

    private static Call call(
            TrialKey trial,
            String role,
            PlannedModel planned,
            String name,
            Completion completion,
            TokenUsage usage,
            PriceBook prices) {
        Optional<BigDecimal> told =
                usage.cost().source() == Cost.Source.BILLED ? usage.cost().usd() : Optional.empty();
        return new Call(
                trial,
                role,
                name,
                completion.generationId(),
                told,
                completion.billing().flatMap(BillingRecord::costUsd),
                prices.cost(planned, usage).usd(),
                usage.flags().contains(UsageFlag.USAGE_GENERATION_DIFFER));
    }

    private static ModelTotal total(List<Call> calls) {
        BigDecimal charged = BigDecimal.ZERO;
        for (Call call : calls) {
            charged = charged.add(call.charged().orElse(BigDecimal.ZERO));
        }
        List<Call> recordedAndTold = calls.stream()
                .filter(c -> c.told().isPresent() && c.recorded().isPresent())
                .toList();
        List<Call> pricedAndCharged = calls.stream()
                .filter(c -> c.priced().isPresent() && c.charged().isPresent())
                .toList();
        return new ModelTotal(
                calls.get(0).role(),
                calls.get(0).model(),
                calls.size(),
                (int) calls.stream().filter(c -> c.told().isPresent()).count(),
                (int) calls.stream().filter(c -> c.recorded().isPresent()).count(),
                (int) calls.stream().filter(c -> c.priced().isPresent()).count(),
                charged,
                gap(
                        sum(recordedAndTold.stream().map(Call::recorded).toList()),
                        sum(recordedAndTold.stream().map(Call::told).toList())),
                gap(
                        sum(pricedAndCharged.stream().map(Call::priced).toList()),
                        sum(pricedAndCharged.stream().map(Call::charged).toList())),
                (int) calls.stream().filter(Call::countsDiffer).count());
    }

    private static Optional<BigDecimal> sum(List<Optional<BigDecimal>> amounts) {
        return amounts.stream().flatMap(Optional::stream).reduce(BigDecimal::add);
    }

    /** In percent of the second figure; empty where one is missing, or only the second is 0. */
    private static OptionalDouble gap(Optional<BigDecimal> figure, Optional<BigDecimal> base) {
        if (figure.isEmpty() || base.isEmpty()) {
            return OptionalDouble.empty();
        }
        BigDecimal difference = figure.get().subtract(base.get());
        if (difference.signum() == 0) {
            return OptionalDouble.of(0);
        }
        return base.get().signum() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        PERCENT * difference.doubleValue() / base.get().doubleValue());
    }
}
