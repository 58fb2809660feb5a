package dev.rtel.cli;

import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.Message;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.Trial;
import dev.rtel.plan.Limits;
import dev.rtel.plan.Price;
import dev.rtel.plan.PriceBook;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a plan may cost, from a dated price book. Low: 150 output tokens a call; typical: 1,500; worst: the output limit
 * of each entry. Prompt tokens are guessed at four characters each.
 *
 * @param models range by entry name; empty where no price is known
 * @param judges range of the calls by role; empty where no price is known
 * @param judgeCalls calls of all roles: one for each vote of each judge on each judged trial, none asked once more
 * @param unpriced entries and judges without a known price
 */
record CostEstimate(
        Map<String, Optional<Range>> models, Map<String, Optional<Range>> judges, int judgeCalls, int unpriced) {
    private static final long LOW = 150;
    private static final long TYPICAL = 1_500;
    private static final long JUDGE_PROMPT = 1_200;
    private static final long JUDGE_LIMIT = 4_000;

    /** US dollars. */
    record Range(BigDecimal low, BigDecimal typical, BigDecimal worst) {
        static final Range ZERO = new Range(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

        Range plus(Range other) {
            return new Range(low.add(other.low), typical.add(other.typical), worst.add(other.worst));
        }
    }

    static CostEstimate of(RunPlan plan, PriceBook prices) {
        Map<String, Optional<Range>> models = new LinkedHashMap<>();
        int unpriced = 0;
        for (PlannedModel model : plan.models()) {
            Optional<Range> range = range(model, plan, prices);
            unpriced += range.isEmpty() ? 1 : 0;
            models.put(model.name(), range);
        }
        Map<String, Integer> calls = new TreeMap<>();
        for (Trial trial : plan.trials()) {
            if (judged(trial)) {
                ComponentSpec grader = trial.task().grader();
                int judges = JudgePanel.judges(grader);
                for (int i = 1; i <= judges; i++) {
                    calls.merge(
                            judges == 1 ? "judge" : JudgePanel.role(i),
                            JudgePanel.calls(grader) / judges,
                            Integer::sum);
                }
            }
        }
        Map<String, Optional<Range>> judges = new LinkedHashMap<>();
        for (Map.Entry<String, Integer> role : calls.entrySet()) {
            Optional<Range> range = Optional.ofNullable(plan.roles().get(role.getKey()))
                    .flatMap(judge -> judging(judge, role.getValue(), prices));
            unpriced += range.isEmpty() ? 1 : 0;
            judges.put(role.getKey(), range);
        }
        int judged = calls.values().stream().mapToInt(Integer::intValue).sum();
        return new CostEstimate(models, judges, judged, unpriced);
    }

    private static Optional<Range> judging(PlannedModel judge, int calls, PriceBook prices) {
        return free(judge)
                ? Optional.of(Range.ZERO)
                : prices.price(judge)
                        .map(price -> call(price, JUDGE_PROMPT, Math.max(outputLimit(judge), JUDGE_LIMIT)))
                        .map(range -> times(range, calls));
    }

    Range total() {
        Range sum = Range.ZERO;
        for (Optional<Range> range : models.values()) {
            sum = sum.plus(range.orElse(Range.ZERO));
        }
        for (Optional<Range> range : judges.values()) {
            sum = sum.plus(range.orElse(Range.ZERO));
        }
        return sum;
    }

    static boolean judged(Trial trial) {
        return trial.task().grader().provider().equals("judge");
    }

    /** Played back and simulated completions cost nothing. */
    private static boolean free(PlannedModel model) {
        return model.client().provider().equals("replay")
                || model.client().provider().equals(CalibrationCorpus.CLIENT)
                || model.identity().simulated();
    }

    private static Optional<Range> range(PlannedModel model, RunPlan plan, PriceBook prices) {
        if (free(model)) {
            return Optional.of(Range.ZERO);
        }
        return prices.price(model).map(price -> {
            Range sum = Range.ZERO;
            for (Trial trial : plan.trials()) {
                if (trial.key().model().equals(model.name())) {
                    long prompt = trial.messages().stream()
                                    .map(Message::content)
                                    .mapToLong(String::length)
                                    .sum()
                            / 4;
                    sum = sum.plus(call(price, prompt, outputLimit(model)));
                }
            }
            return sum;
        });
    }

    private static Range call(Price price, long prompt, long limit) {
        return new Range(
                price.of(prompt, Math.min(LOW, limit)),
                price.of(prompt, Math.min(TYPICAL, limit)),
                price.of(prompt, limit));
    }

    private static Range times(Range range, int n) {
        BigDecimal count = BigDecimal.valueOf(n);
        return new Range(
                range.low().multiply(count),
                range.typical().multiply(count),
                range.worst().multiply(count));
    }

    private static long outputLimit(PlannedModel model) {
        @Nullable
        Object max = model.params()
                .getOrDefault("max_completion_tokens", model.params().get("max_tokens"));
        return max instanceof Number number ? number.longValue() : Limits.DEFAULT_OUTPUT_TOKENS;
    }
}
