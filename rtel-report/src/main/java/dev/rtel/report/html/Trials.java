package dev.rtel.report.html;

import dev.rtel.analysis.PassRule;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.Score;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialKey;
import dev.rtel.eval.TrialRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The records of a page by key, and how each of them counts. */
final class Trials {
    /** More would make a page that no browser likes to open; the rest is in the files beside it. */
    private static final int MOST_DETAILS = 1_000;

    /** How a trial counts; the worst first. */
    enum Mark {
        FAILED("!", "failed", "failed"),
        QUARANTINED("⊘", "out", "quarantined"),
        UNSCORED("–", "unscored", "unscored"),
        WRONG("✕", "wrong", "wrong"),
        PASS("✓", "pass", "passed"),
        ABSENT("·", "absent", "not run");

        final String glyph;
        final String kind;
        final String word;

        Mark(String glyph, String kind, String word) {
            this.glyph = glyph;
            this.kind = kind;
            this.word = word;
        }
    }

    private final List<Trial> planned;
    private final List<TrialRecord> records;
    private final Map<TrialKey, TrialRecord> byKey = new HashMap<>();
    private final Set<String> models = new LinkedHashSet<>();
    private final PassRule rule;
    private final Set<TrialKey> detailed;

    Trials(RunPlan plan, List<TrialRecord> given) {
        this.records = given;
        Set<TrialKey> inPlan = new HashSet<>();
        plan.trials().forEach(t -> inPlan.add(t.key()));
        List<Trial> trials = new ArrayList<>(plan.trials());
        for (TrialRecord r : records) {
            byKey.putIfAbsent(r.key(), r);
            if (!inPlan.contains(r.key())) {
                trials.add(r.trial());
            }
        }
        this.planned = List.copyOf(trials);
        this.rule = PassRule.of(List.of(plan), records);
        plan.models().forEach(m -> models.add(m.name()));
        planned.forEach(t -> models.add(t.key().model()));
        this.detailed = worst(MOST_DETAILS);
    }

    /** All records where they are few; else equally many of each model, what went wrong first. */
    private Set<TrialKey> worst(int most) {
        if (records.size() <= most) {
            return byKey.keySet();
        }
        Map<String, List<TrialRecord>> byModel = new LinkedHashMap<>();
        records.forEach(r ->
                byModel.computeIfAbsent(r.key().model(), m -> new ArrayList<>()).add(r));
        int each = Math.max(1, most / byModel.size());
        Set<TrialKey> chosen = new HashSet<>();
        for (List<TrialRecord> own : byModel.values()) {
            own.stream().sorted(Comparator.comparing(this::mark)).limit(each).forEach(r -> chosen.add(r.key()));
        }
        return chosen;
    }

    /** Whether the page shows the trial in detail, so that it can be linked to. */
    boolean detailed(TrialKey key) {
        return detailed.contains(key);
    }

    int detailedCount() {
        return detailed.size();
    }

    List<Trial> planned() {
        return planned;
    }

    List<TrialRecord> records() {
        return records;
    }

    /** Models in plan order. */
    Set<String> models() {
        return models;
    }

    Optional<TrialRecord> record(TrialKey key) {
        return Optional.ofNullable(byKey.get(key));
    }

    List<TrialRecord> of(String model) {
        return records.stream().filter(r -> r.key().model().equals(model)).toList();
    }

    long count(Mark mark) {
        return byKey.values().stream().filter(r -> mark(r) == mark).count();
    }

    Mark mark(TrialRecord record) {
        if (record.quarantined().isPresent()) {
            return Mark.QUARANTINED;
        }
        if (record.outcome() instanceof Outcome.Failed) {
            return Mark.FAILED;
        }
        if (!(record.outcome() instanceof Outcome.Scored scored) || scored.score() instanceof Score.Unscored) {
            return Mark.UNSCORED;
        }
        return rule.passed(record) ? Mark.PASS : Mark.WRONG;
    }

    static String anchor(Slugs slugs, TrialKey key) {
        return slugs.id("trial", key.model(), key.task(), key.sample(), String.valueOf(key.epoch()));
    }
}
