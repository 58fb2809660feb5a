package dev.rtel.report.html;

import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.Leaderboard.Interval;
import dev.rtel.eval.Leaderboard.Row;
import dev.rtel.eval.Leaderboard.Status;
import dev.rtel.report.Figures;
import dev.rtel.report.html.Box.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Draws accuracy against mean reasoning tokens; models without a usable count stand in a strip at the left. */
final class ChartBuilder {
    private static final double WIDTH = 800;
    private static final double LEFT = 52;
    private static final double RIGHT = 788;
    private static final double TOP = 26;
    private static final double PLOT_HEIGHT = 340;
    private static final double FOOT = 52;
    private static final int MODELS_THAT_FIT = 12;
    private static final double HEIGHT_PER_MORE = 18;
    private static final double STRIP_GAP = 14;
    private static final double STRIP_SLOT = 44;
    private static final double STRIP_MIN = 104;
    private static final double STRIP_MAX = 260;
    private static final double INSET = 14;
    private static final double FONT = 12;
    private static final double LABEL_HEIGHT = 15;
    private static final double BASELINE = 11.5;
    private static final int LABEL_CHARACTERS = 22;
    private static final double LABEL_WIDTH = 170;
    private static final double CAP = 3.5;

    private static final String[] SHAPES = {
        "M0,-6.5L6,5L-6,5Z",
        "M-5,-5H5V5H-5Z",
        "M0,-7L7,0L0,7L-7,0Z",
        "M-5.5,0a5.5,5.5 0 1,0 11,0a5.5,5.5 0 1,0 -11,0Z",
        "M-2,-6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z",
        "M0,6.5L6,-5L-6,-5Z"
    };
    private static final String[] INKS = {"#0072b2", "#b25800", "#00795a", "#a8487e", "#555555", "#7d6100"};

    private final List<Row> rows;
    private final Slugs slugs;
    private final Set<String> linked;
    private final LogScale scale;
    private final double bottom;
    private final double stripWidth;
    private final double plotLeft;
    private int inStrip;

    private ChartBuilder(Leaderboard leaderboard, Slugs slugs, Set<String> linked) {
        this.rows = leaderboard.rows().stream()
                .filter(r -> r.accuracy().isPresent())
                .toList();
        this.slugs = slugs;
        this.linked = linked;
        this.scale = LogScale.over(rows.stream()
                .filter(ChartBuilder::counted)
                .map(r -> r.reasoningTokens().mean().orElseThrow())
                .toList());
        this.bottom = TOP + PLOT_HEIGHT + Math.max(0, rows.size() - MODELS_THAT_FIT) * HEIGHT_PER_MORE;
        long unknown = rows.stream().filter(r -> !counted(r)).count();
        this.stripWidth = unknown == 0 ? 0 : Math.min(STRIP_MAX, Math.max(STRIP_MIN, unknown * STRIP_SLOT));
        this.plotLeft = LEFT + (unknown == 0 ? 0 : stripWidth + STRIP_GAP);
    }

    static Chart chart(Leaderboard leaderboard, Slugs slugs, Set<String> linked) {
        return new ChartBuilder(leaderboard, slugs, linked).build();
    }

    private static boolean counted(Row row) {
        Status status = row.reasoningTokens().status();
        return (status == Status.REPORTED || status == Status.PARTLY_REPORTED)
                && row.reasoningTokens().mean().orElse(0) > 0;
    }

    private Chart build() {
        List<double[]> at = rows.stream().map(this::position).toList();
        List<double[]> front = front();
        List<Line> frontLines = lines(front);
        List<Line> whiskers = new ArrayList<>();
        List<LabelPlacement.Point> points = new ArrayList<>();
        List<String> texts = labels();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            double[] p = at.get(i);
            whisker(row).ifPresent(w -> whiskers.add(new Line(p[0], y(w[1]), p[0], y(w[0]))));
            points.add(new LabelPlacement.Point(
                    p[0], p[1], Math.min(LABEL_WIDTH, TextWidth.of(texts.get(i), FONT)), !counted(row)));
        }
        Box area = new Box(LEFT + 2, TOP - 20, RIGHT - LEFT - 4, bottom - TOP + 18);
        Box strip = new Box(LEFT, TOP, stripWidth, bottom - TOP);
        List<LabelPlacement.Label> placed =
                LabelPlacement.place(area, strip, points, whiskers, frontLines, LABEL_HEIGHT);
        List<Chart.Mark> marks = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            marks.add(mark(i, at.get(i), texts.get(i), placed.get(i)));
        }
        return chart(front, marks);
    }

    private Chart chart(List<double[]> front, List<Chart.Mark> marks) {
        double middleX = (plotLeft + RIGHT) / 2;
        double middleY = (TOP + bottom) / 2;
        List<Chart.Tick> xTicks = scale.ticks().stream()
                .map(t -> new Chart.Tick(n(x(t)), n(x(t)), tick(t)))
                .toList();
        List<Chart.Tick> yTicks = List.of(0.0, 0.25, 0.5, 0.75, 1.0).stream()
                .map(t -> new Chart.Tick(n(y(t)), n(y(t) + 4), Figures.wholePercent(t)))
                .toList();
        List<Chart.Strip> strip = stripWidth == 0
                ? List.of()
                : List.of(new Chart.Strip(
                        n(LEFT),
                        n(TOP),
                        n(stripWidth),
                        n(bottom - TOP),
                        n(LEFT + stripWidth / 2),
                        n(bottom + 17),
                        n(bottom + 31)));
        return new Chart(
                rows.isEmpty(),
                n(WIDTH),
                n(bottom + FOOT),
                "Accuracy against mean reasoning tokens per sample",
                description(front),
                n(plotLeft),
                n(RIGHT),
                n(TOP),
                n(bottom),
                n(middleX),
                n(middleY),
                strip,
                xTicks,
                yTicks,
                n(bottom + 17),
                n(middleX),
                n(bottom + 42),
                n(LEFT - 8),
                path(front),
                front.size() > 1,
                n(plotLeft + 6),
                n(TOP - 10),
                marks,
                note());
    }

    private Chart.Mark mark(int i, double[] at, String text, LabelPlacement.Label label) {
        Row row = rows.get(i);
        var whisker = whisker(row);
        int colour = (i + i / SHAPES.length) % INKS.length;
        Box box = label.box();
        boolean partly = row.reasoningTokens().status() == Status.PARTLY_REPORTED;
        boolean left = box.right() <= at[0];
        return new Chart.Mark(
                n(at[0]),
                n(at[1]),
                whisker.isPresent(),
                n(y(whisker.map(w -> w[0]).orElse(0.0))),
                n(y(whisker.map(w -> w[1]).orElse(0.0))),
                n(at[0] - CAP),
                n(at[0] + CAP),
                SHAPES[i % SHAPES.length],
                "c" + colour + (partly ? " hollow" : ""),
                INKS[colour],
                partly ? "none" : INKS[colour],
                slugs.id("model", row.model()),
                linked.contains(row.model()),
                words(row),
                label.leader(),
                n(leaderStart(at, box, whisker)),
                n(box.nearestX(at[0])),
                n(box.nearestY(at[1])),
                text,
                n(left ? box.right() : box.x()),
                n(box.y() + BASELINE),
                left ? "end" : "start");
    }

    /** Where the leader begins: at the whisker's end when the label lies beyond it, else at the point. */
    private double leaderStart(double[] at, Box box, Optional<double[]> whisker) {
        if (whisker.isEmpty() || box.nearestX(at[0]) != at[0]) {
            return at[1];
        }
        return box.y() > at[1] ? Math.min(box.y(), y(whisker.get()[0])) : Math.max(box.bottom(), y(whisker.get()[1]));
    }

    private double[] position(Row row) {
        double y = y(row.accuracy().orElseThrow().estimate());
        if (counted(row)) {
            return new double[] {x(row.reasoningTokens().mean().orElseThrow()), y};
        }
        long unknown = rows.stream().filter(r -> !counted(r)).count();
        double slot = stripWidth / unknown;
        return new double[] {LEFT + slot * (0.5 + inStrip++), y};
    }

    private double x(double tokens) {
        return plotLeft + INSET + scale.position(tokens) * (RIGHT - plotLeft - 2 * INSET);
    }

    private double y(double share) {
        return bottom - Math.max(0, Math.min(1, share)) * (bottom - TOP);
    }

    private static Optional<double[]> whisker(Row row) {
        return row.accuracy()
                .filter(a -> a.lower().isPresent() && a.upper().isPresent())
                .map(a -> new double[] {a.lower().getAsDouble(), a.upper().getAsDouble()});
    }

    /** Points of the step line: along to the next model's tokens, then up to its accuracy, at last to the edge. */
    private List<double[]> front() {
        List<Row> best = rows.stream()
                .filter(r -> r.pareto().tokens() && r.reasoningTokens().status() == Status.REPORTED && counted(r))
                .sorted(Comparator.comparingDouble(
                        (Row r) -> r.reasoningTokens().mean().orElseThrow()))
                .toList();
        List<double[]> path = new ArrayList<>();
        double height = bottom + 1;
        for (Row row : best) {
            double x = x(row.reasoningTokens().mean().orElseThrow());
            double y = y(row.accuracy().orElseThrow().estimate());
            if (y >= height) {
                continue;
            }
            if (!path.isEmpty()) {
                path.add(new double[] {x, height});
            }
            path.add(new double[] {x, y});
            height = y;
        }
        if (!path.isEmpty()) {
            path.add(new double[] {RIGHT, height});
        }
        return path;
    }

    private static List<Line> lines(List<double[]> path) {
        List<Line> lines = new ArrayList<>();
        for (int i = 1; i < path.size(); i++) {
            lines.add(new Line(path.get(i - 1)[0], path.get(i - 1)[1], path.get(i)[0], path.get(i)[1]));
        }
        return lines;
    }

    private static String path(List<double[]> points) {
        return points.stream().map(p -> n(p[0]) + "," + n(p[1])).collect(Collectors.joining("L", "M", ""));
    }

    /** Names without their vendor where that stays unique, cut, with the reason why they stand in the strip. */
    private List<String> labels() {
        List<String> brief = rows.stream()
                .map(r -> brief(r.model().substring(r.model().lastIndexOf('/') + 1)))
                .toList();
        boolean unique =
                new HashSet<>(brief).size() == brief.size() && brief.stream().noneMatch(String::isBlank);
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            String suffix = counted(row)
                    ? row.reasoningTokens().status() == Status.PARTLY_REPORTED ? " (partly)" : ""
                    : " (" + TokenWords.reasoning(row).text() + ")";
            String name = unique ? brief.get(i) : brief(row.model());
            while (TextWidth.of(name + suffix, FONT) > LABEL_WIDTH) {
                name = Excerpt.line(name, name.codePointCount(0, name.length()) - 1);
            }
            labels.add(name + suffix);
        }
        return labels;
    }

    private static String brief(String name) {
        return Excerpt.line(VisibleText.spelled(name), LABEL_CHARACTERS);
    }

    private static String words(Row row) {
        return Excerpt.name(row.model()) + ": accuracy "
                + row.accuracy().map(ChartBuilder::share).orElse(Figures.UNKNOWN) + ", " + TokenWords.sentence(row);
    }

    private static String share(Interval accuracy) {
        return Figures.wholePercent(accuracy.estimate())
                + (accuracy.lower().isPresent() && accuracy.upper().isPresent()
                        ? " ["
                                + Figures.percentRange(
                                        accuracy.lower().getAsDouble(),
                                        accuracy.upper().getAsDouble()) + "]"
                        : "");
    }

    private String description(List<double[]> front) {
        String best = rows.stream()
                .filter(r -> r.pareto().tokens() && r.reasoningTokens().status() == Status.REPORTED)
                .map(r -> Excerpt.name(r.model()))
                .collect(Collectors.joining(", "));
        return "Scatter plot, further up and further left is better. "
                + rows.stream().map(ChartBuilder::words).collect(Collectors.joining(". "))
                + (rows.isEmpty() ? "" : ". ")
                + (front.isEmpty() ? "No frontier can be drawn. " : "On the frontier: " + best + ". ")
                + "The same figures are in the leaderboard table.";
    }

    private String note() {
        boolean partly = rows.stream().anyMatch(r -> r.reasoningTokens().status() == Status.PARTLY_REPORTED);
        return "Upper left is better: more right answers for fewer reasoning tokens. Vertical lines: 95 % interval of"
                + " the accuracy. Dashed step: models that no other beats on both axes."
                + (partly ? " Hollow mark: some samples have no count." : "")
                + (stripWidth > 0
                        ? " Grey strip: models whose reasoning tokens are not reported (n/r) or whose reasoning is off;"
                                + " they have a height but no place on the token axis."
                        : "");
    }

    private static String tick(double tokens) {
        return tokens >= 1
                ? Figures.tokens(tokens)
                : java.math.BigDecimal.valueOf(tokens).stripTrailingZeros().toPlainString();
    }

    private static String n(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
