package dev.rtel.analysis;

import dev.rtel.eval.GradingDetail;
import dev.rtel.eval.Leaderboard.Warning;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.TrialRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where submitted code was run: uncontained code is marked, verdicts of different executors compare badly. */
final class ExecutionWarnings {
    private ExecutionWarnings() {}

    static List<Warning> of(List<ModelRow> rows) {
        List<Warning> warnings = new ArrayList<>();
        Map<String, Long> uncontained = new TreeMap<>();
        Map<String, Long> places = new TreeMap<>();
        for (ModelRow row : rows) {
            for (TrialRecord record : row.sheet.counted) {
                run(record).ifPresent(run -> {
                    if ("none".equals(run.facts().get("containment"))) {
                        uncontained.merge(row.name(), 1L, Long::sum);
                    }
                    places.merge(place(run), 1L, Long::sum);
                });
            }
        }
        if (!uncontained.isEmpty()) {
            warnings.add(new Warning(
                    "uncontained-code",
                    "Code was run without containment: " + counts(uncontained)
                            + "; it could have read or changed anything its user can, these figures included."));
        }
        if (places.size() > 1) {
            warnings.add(
                    new Warning(
                            "mixed-executors",
                            "Code was run in different places (" + counts(places)
                                    + "): verdicts near a limit or of another Python may differ; regrade the run in one place."));
        }
        return warnings;
    }

    private static Optional<GradingDetail.CodeRun> run(TrialRecord record) {
        return record.outcome() instanceof Outcome.Scored scored
                        && scored.score().detail() instanceof GradingDetail.CodeRun run
                        && run.executor().isPresent()
                ? Optional.of(run)
                : Optional.empty();
    }

    /** The executor and the interpreter without its patch level. */
    private static String place(GradingDetail.CodeRun run) {
        String python =
                run.python().map(v -> v.replaceAll("^(\\d+\\.\\d+).*", "$1")).orElse("?");
        return run.executor().orElse("?") + " with Python " + python;
    }

    private static String counts(Map<String, Long> byName) {
        return byName.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
