package dev.rtel.analysis;

import dev.rtel.eval.Completion;
import dev.rtel.eval.Cost;
import dev.rtel.eval.Leaderboard.Warning;
import dev.rtel.eval.TrialRecord;
import dev.rtel.eval.UsageFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Who served a model, and who told what it cost: a reader must know where a row is a mixture. */
final class ServingWarnings {
    private final List<ModelRow> rows;
    private final List<Warning> warnings = new ArrayList<>();

    private ServingWarnings(List<ModelRow> rows) {
        this.rows = rows;
    }

    static List<Warning> of(List<ModelRow> rows) {
        var serving = new ServingWarnings(rows);
        serving.flagged(
                UsageFlag.OTHER_PROVIDER,
                "Answers from another provider than the one pinned",
                "their tokens, cost and latency are that provider's.");
        serving.flagged(
                UsageFlag.OTHER_QUANTIZATION,
                "Answers from a quantisation that was not asked for",
                "they may be another model in all but name.");
        rows.forEach(serving::mixture);
        serving.flagged(
                UsageFlag.USAGE_GENERATION_DIFFER,
                "Replies that count tokens differently than their billing records",
                "the replies' counts are used.");
        serving.told(
                "priced",
                record -> record.usage()
                        .filter(usage -> usage.cost().source() == Cost.Source.PRICED)
                        .isPresent(),
                "Answers whose cost is from a price book",
                "nobody told what was charged.");
        serving.told(
                "waste-unknown",
                record -> record.waste().costUsd().isEmpty(),
                "Trials with failed attempts of unknown cost",
                "their waste is missing; rtel reconcile may find it.");
        return serving.warnings;
    }

    private void flagged(UsageFlag flag, String what, String meaning) {
        told(
                flag.word(),
                record -> record.usage()
                        .filter(usage -> usage.flags().contains(flag))
                        .isPresent(),
                what,
                meaning);
    }

    private void told(String code, Predicate<TrialRecord> which, String what, String meaning) {
        Map<String, Long> byModel = new TreeMap<>();
        for (ModelRow row : rows) {
            long count = row.sheet.counted.stream().filter(which).count();
            if (count > 0) {
                byModel.put(row.name(), count);
            }
        }
        if (!byModel.isEmpty()) {
            long all = byModel.values().stream().mapToLong(Long::longValue).sum();
            warnings.add(new Warning(code, what + ": " + all + " (" + counts(byModel) + "); " + meaning));
        }
    }

    private void mixture(ModelRow row) {
        Map<String, Long> providers = new TreeMap<>();
        for (TrialRecord record : row.sheet.counted) {
            record.completion().flatMap(Completion::provider).ifPresent(name -> providers.merge(name, 1L, Long::sum));
        }
        if (providers.size() < 2) {
            return;
        }
        TreeSet<String> quantizations = providers.keySet().stream()
                .map(provider -> row.model.facts().quantization(provider))
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(TreeSet::new));
        warnings.add(new Warning(
                "mixed-providers",
                row.name() + " was served by " + providers.size() + " providers (" + counts(providers) + ")"
                        + (quantizations.size() > 1 ? " at quantisations " + String.join(", ", quantizations) : "")
                        + ": the row is a mixture; pin one with provider: {only: […], allow_fallbacks: false}."));
    }

    private static String counts(Map<String, Long> byName) {
        return byName.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
