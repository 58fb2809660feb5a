package dev.rtel.report.html;

import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.Leaderboard.Row;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialKey;
import dev.rtel.eval.TrialRecord;
import dev.rtel.report.Figures;
import dev.rtel.report.html.Page.Matrix;
import dev.rtel.report.html.Page.MatrixCell;
import dev.rtel.report.html.Page.MatrixGroup;
import dev.rtel.report.html.Page.MatrixHead;
import dev.rtel.report.html.Page.MatrixRow;
import dev.rtel.report.html.Trials.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Models against samples: a glyph for one epoch, passes of epochs for several. */
final class MatrixBuilder {
    private static final int MOST_ROWS = 1_000;

    private final List<String> models;
    private final Trials trials;
    private final Slugs slugs;
    private final Set<Integer> epochs = new TreeSet<>();
    private final Map<String, Set<String>> samples = new LinkedHashMap<>();

    private MatrixBuilder(List<String> models, Trials trials, Slugs slugs) {
        this.models = models;
        this.trials = trials;
        this.slugs = slugs;
        for (Trial trial : trials.planned()) {
            TrialKey key = trial.key();
            epochs.add(key.epoch());
            samples.computeIfAbsent(key.task(), t -> new LinkedHashSet<>()).add(key.sample());
        }
    }

    static Matrix matrix(Leaderboard leaderboard, List<String> models, Trials trials, Slugs slugs) {
        return new MatrixBuilder(models, trials, slugs).build(leaderboard);
    }

    private Matrix build(Leaderboard leaderboard) {
        Map<String, Row> rows =
                leaderboard.rows().stream().collect(Collectors.toMap(Row::model, Function.identity(), (a, b) -> a));
        List<MatrixHead> heads = models.stream()
                .map(m -> new MatrixHead(
                        Excerpt.name(m),
                        Optional.ofNullable(rows.get(m))
                                .map(r -> r.passed() + "/" + r.n())
                                .orElse("–")))
                .toList();
        int all = samples.values().stream().mapToInt(Set::size).sum();
        List<MatrixGroup> groups = new ArrayList<>();
        int shown = 0;
        for (Map.Entry<String, Set<String>> task : samples.entrySet()) {
            List<MatrixRow> own = task.getValue().stream()
                    .limit(limit(task.getValue().size(), all))
                    .map(id -> row(task.getKey(), id))
                    .toList();
            shown += own.size();
            groups.add(new MatrixGroup(task.getKey(), own));
        }
        String remark = shown < all
                ? "The first " + Figures.count(shown) + " of " + Figures.count(all)
                        + " samples are shown, and a mark leads to its sample where that is among those shown below;"
                        + " samples.jsonl has all."
                : "";
        return new Matrix(heads, groups, models.size() + 2, epochs.size() > 1, remark);
    }

    /** All samples of a task where the rows are few; else its share of them. */
    private static long limit(int own, int all) {
        return all <= MOST_ROWS ? own : Math.max(1, (long) MOST_ROWS * own / all);
    }

    private MatrixRow row(String task, String sample) {
        List<MatrixCell> cells = models.stream().map(m -> cell(m, task, sample)).toList();
        int passed = 0;
        int counted = 0;
        for (String model : models) {
            for (TrialRecord record : records(model, task, sample)) {
                Mark mark = trials.mark(record);
                passed += mark == Mark.PASS ? 1 : 0;
                counted += mark == Mark.PASS || mark == Mark.WRONG || mark == Mark.FAILED ? 1 : 0;
            }
        }
        String remark = counted < 2 ? "" : passed == 0 ? "nobody" : passed == counted ? "everybody" : "";
        return new MatrixRow(Excerpt.name(sample), counted == 0 ? "–" : passed + "/" + counted, remark, cells);
    }

    private MatrixCell cell(String model, String task, String sample) {
        List<TrialRecord> found = records(model, task, sample);
        if (found.isEmpty()) {
            return new MatrixCell(Mark.ABSENT.glyph, Mark.ABSENT.kind, Mark.ABSENT.word, false, "");
        }
        TrialRecord worst =
                found.stream().min(Comparator.comparing(trials::mark)).orElseThrow();
        Mark mark = trials.mark(worst);
        boolean linked = trials.detailed(worst.key());
        String anchor = linked ? Trials.anchor(slugs, worst.key()) : "";
        if (epochs.size() == 1) {
            return new MatrixCell(mark.glyph, mark.kind, mark.word, linked, anchor);
        }
        long passed = found.stream().filter(r -> trials.mark(r) == Mark.PASS).count();
        long counted = found.stream()
                .map(trials::mark)
                .filter(m -> m == Mark.PASS || m == Mark.WRONG || m == Mark.FAILED)
                .count();
        String kind = counted == 0 || passed == 0 ? mark.kind : passed == counted ? Mark.PASS.kind : "mixed";
        String words = passed + " of " + counted + " passed; worst: " + mark.word;
        return new MatrixCell(counted == 0 ? mark.glyph : passed + "/" + counted, kind, words, linked, anchor);
    }

    private List<TrialRecord> records(String model, String task, String sample) {
        return epochs.stream()
                .flatMap(e -> trials.record(new TrialKey(model, task, sample, e)).stream())
                .toList();
    }
}
