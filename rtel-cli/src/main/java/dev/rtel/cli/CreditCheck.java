package dev.rtel.cli;

import dev.rtel.eval.RunPlan;
import dev.rtel.openrouter.KeyInfo;
import dev.rtel.plan.RunSpec;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Holds what a key may still spend against what a run may cost. */
final class CreditCheck {
    private CreditCheck() {}

    static List<Finding> of(KeyInfo key, RunSpec spec, RunPlan plan, Instant now) {
        List<Finding> findings = new ArrayList<>();
        key.expiresAt()
                .filter(now::isAfter)
                .ifPresent(then -> findings.add(Finding.account("the key expired at " + then + "; make a new one")));
        if (key.limitRemaining().isEmpty()) {
            return findings;
        }
        BigDecimal left = key.limitRemaining().get();
        CostEstimate.Range estimate = CostEstimate.of(plan, spec.priceBook()).total();
        BigDecimal most = spec.limits().maxCostUsd().map(estimate.worst()::min).orElse(estimate.worst());
        if (estimate.worst().signum() > 0 && left.signum() <= 0 || left.compareTo(estimate.low()) < 0) {
            findings.add(Finding.account("the key may still spend " + Figures.usd(left) + ", this run costs at least "
                    + Figures.usd(estimate.low()) + "; add credit, or raise the limit of the key"));
        } else if (left.compareTo(most) < 0) {
            findings.add(Finding.warning(
                    "",
                    "the key may still spend " + Figures.usd(left) + ", this run may cost up to " + Figures.usd(most)));
        }
        return findings;
    }
}
