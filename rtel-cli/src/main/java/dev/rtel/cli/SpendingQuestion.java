package dev.rtel.cli;

import dev.rtel.eval.RunPlan;
import dev.rtel.plan.RunSpec;
import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Asks before money is spent, on a terminal only: a script is never kept waiting. */
final class SpendingQuestion {
    private final Session session;

    SpendingQuestion(Session session) {
        this.session = session;
    }

    boolean agreed(RunPlan plan, RunSpec spec) {
        @Nullable Console console = System.console();
        boolean interactive = session.surroundings().terminal() && console != null && !session.options().json;
        var estimate = CostEstimate.of(plan, spec.priceBook());
        if (!interactive || console == null || estimate.total().worst().signum() == 0) {
            return true;
        }
        session.surroundings().err().println(plan.summary());
        String answer = console.readLine(
                "This may cost up to $%s (limit %s). Go on? [y/N] ",
                estimate.total()
                        .worst()
                        .setScale(2, java.math.RoundingMode.CEILING)
                        .toPlainString(),
                spec.limits().maxCostUsd().map(max -> "$" + max.toPlainString()).orElse("none"));
        return answer != null
                && answer.strip().toLowerCase(java.util.Locale.ROOT).startsWith("y");
    }
}
