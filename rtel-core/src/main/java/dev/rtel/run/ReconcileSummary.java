package dev.rtel.run;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.RunPlan;
import java.util.List;

/**
 * How a stored run was reconciled with the provider's billing records.
 *
 * @param plan the run
 * @param asked calls whose record was not there yet
 * @param found records found now
 * @param unknown attempts whose outcome or cost stays unknown, see {@link Attempt#unknown}
 */
public record ReconcileSummary(RunPlan plan, int asked, int found, List<Attempt> unknown) {
    /** Copies the list. */
    public ReconcileSummary {
        unknown = List.copyOf(unknown);
    }

    /** Calls whose record is still not there. */
    public int missing() {
        return asked - found;
    }
}
