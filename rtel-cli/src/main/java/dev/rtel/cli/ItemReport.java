package dev.rtel.cli;

import dev.rtel.analysis.items.Flag;
import dev.rtel.analysis.items.Item;
import dev.rtel.analysis.items.ItemAnalysis;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.TrialRecord;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run's answers say about its samples, for people and as data. */
record ItemReport(String runId, boolean simulated, List<Item> items) {
    private static final int DIGITS = 3;

    static ItemReport of(RunPlan plan, List<TrialRecord> records, Optional<List<String>> tasks) {
        List<Item> items = ItemAnalysis.of(List.of(plan), records).stream()
                .filter(item -> tasks.isEmpty() || tasks.get().contains(item.task()))
                .toList();
        boolean simulated =
                plan.simulated() || records.stream().anyMatch(r -> r.trial().simulated());
        return new ItemReport(plan.runId(), simulated, items);
    }

    void print(Session session) {
        long flagged = items.stream().filter(item -> !item.flags().isEmpty()).count();
        session.print((simulated ? "[SIMULATED] " : "") + "run " + runId + ": " + flagged + " of " + items.size()
                + " samples to look at");
        int width =
                items.stream().mapToInt(item -> item.sample().length()).max().orElse(0);
        session.print(
                String.format(Locale.ROOT, "  %-" + Math.max(6, width) + "s  passed  discrimination  why", "sample"));
        for (Item item : items) {
            String what = String.format(
                    Locale.ROOT,
                    "  %-" + Math.max(6, width) + "s  %6s  %14s",
                    Plain.text(item.sample()),
                    item.passed() + "/" + item.n(),
                    item.discrimination().isPresent()
                            ? String.format(
                                    Locale.ROOT, "%.2f", item.discrimination().getAsDouble())
                            : "–");
            if (item.flags().isEmpty()) {
                session.print(what);
            }
            for (Flag flag : item.flags()) {
                session.print(what + "  " + flag.kind().word() + ": " + Plain.text(flag.text()));
                what = " ".repeat(what.length());
            }
        }
    }

    Map<String, @Nullable Object> document() {
        List<Object> rows = new ArrayList<>();
        for (Item item : items) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("task", item.task());
            row.put("sample", item.sample());
            row.put("models", (long) item.models());
            row.put("n", (long) item.n());
            row.put("passed", (long) item.passed());
            row.put("failed", (long) item.failed());
            row.put("unscored", (long) item.unscored());
            row.put("no_answer", (long) item.noAnswer());
            row.put("ambiguous", (long) item.ambiguous());
            row.put("truncated", (long) item.truncated());
            row.put(
                    "discrimination",
                    item.discrimination().isPresent()
                            ? BigDecimal.valueOf(item.discrimination().getAsDouble())
                                    .setScale(DIGITS, RoundingMode.HALF_EVEN)
                            : null);
            List<Object> flags = new ArrayList<>();
            item.flags().forEach(flag -> flags.add(Map.of("kind", flag.kind().word(), "text", flag.text())));
            row.put("flags", flags);
            rows.add(row);
        }
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("run_id", runId);
        document.put("simulated", simulated);
        document.put("items", rows);
        return document;
    }
}
