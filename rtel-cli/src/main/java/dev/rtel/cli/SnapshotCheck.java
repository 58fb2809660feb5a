package dev.rtel.cli;

import dev.rtel.eval.PlannedModel;
import dev.rtel.tasks.ModelSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds an entry against the bundled snapshot. All it finds are warnings: models change from one day to the next. */
final class SnapshotCheck {
    private SnapshotCheck() {}

    static List<Finding> of(PlannedModel entry) {
        ModelSnapshot snapshot = ModelSnapshot.bundled();
        Optional<ModelSnapshot.Facts> facts = snapshot.find(entry.id());
        List<Finding> findings = new ArrayList<>();
        if (facts.isEmpty()) {
            warn(findings, entry, "the snapshot of " + snapshot.date() + " does not know '" + entry.id() + "'");
            return findings;
        }
        @Nullable Object effort = entry.params().get("reasoning") instanceof Map<?, ?> map ? map.get("effort") : null;
        boolean off = "none".equals(effort);
        if (effort != null && !off && facts.get().reasoning() == ModelSnapshot.Reasoning.NONE) {
            warn(findings, entry, "asks for reasoning; on " + snapshot.date() + " this model had none");
        }
        if (off && facts.get().reasoning() == ModelSnapshot.Reasoning.ALWAYS) {
            warn(findings, entry, "switches reasoning off; on " + snapshot.date() + " it was mandatory");
        }
        List<String> efforts = facts.get().efforts();
        if (effort != null && !off && !efforts.isEmpty() && !efforts.contains(String.valueOf(effort))) {
            warn(findings, entry, "effort '" + effort + "' was not among " + efforts + " on " + snapshot.date());
        }
        return findings;
    }

    private static void warn(List<Finding> findings, PlannedModel entry, String text) {
        findings.add(Finding.warning(entry.name(), text));
    }
}
