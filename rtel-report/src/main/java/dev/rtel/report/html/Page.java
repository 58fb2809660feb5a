package dev.rtel.report.html;

import java.util.List;

/**
 * Everything the templates show, as text ready to be escaped. Nothing in here is markup.
 *
 * @param simulated whether a simulator answered
 * @param title of the page
 */
record Page(
        boolean simulated,
        String title,
        Head head,
        List<String> verdict,
        List<Note> warnings,
        Chart chart,
        Board board,
        TaskTable byTask,
        Matrix matrix,
        List<ModelSamples> models,
        Reproduce reproduce,
        List<String> caveats) {

    boolean hasWarnings() {
        return !warnings.isEmpty();
    }

    /** A model's name up to its last slash, after which a line may break. */
    private static String vendorOf(String model) {
        return model.substring(0, model.lastIndexOf('/') + 1);
    }

    private static String shortNameOf(String model) {
        return model.substring(model.lastIndexOf('/') + 1);
    }

    /** A term and what is said of it; {@code mono} for identifiers. */
    record Fact(String term, String value, boolean mono) {
        static Fact of(String term, String value) {
            return new Fact(term, value, false);
        }

        static Fact mono(String term, String value) {
            return new Fact(term, value, true);
        }
    }

    /** A remark with a code. */
    record Note(String code, String text) {}

    /** A figure, what stands small below it, and whether it is no figure at all. */
    record Value(String text, String sub, boolean muted) {
        static Value of(String text) {
            return new Value(text, "", false);
        }

        static Value of(String text, String sub) {
            return new Value(text, sub, false);
        }

        static Value none(String text) {
            return new Value(text, "", true);
        }

        boolean hasSub() {
            return !sub.isEmpty();
        }
    }

    record Head(String summary, String completeness, List<Fact> facts) {}

    /** Interval bar on a track of 0 to 100. */
    record Bar(String low, String width, String at) {}

    record Board(String order, boolean empty, List<BoardRow> rows, List<Note> definitions) {}

    record BoardRow(
            String accuracyRank,
            String efficiencyRank,
            String model,
            String anchor,
            boolean linked,
            String mark,
            boolean locked,
            boolean baseline,
            Value accuracy,
            List<Bar> bar,
            Value efficiency,
            Value perGenerated,
            Value reasoning,
            Value response,
            Value prompt,
            Value cost,
            Value latency,
            Value completion,
            String unscored,
            String failed) {
        boolean hasMark() {
            return !mark.isEmpty();
        }

        String vendor() {
            return vendorOf(model);
        }

        String shortName() {
            return shortNameOf(model);
        }
    }

    record TaskTable(List<TaskHead> tasks, List<TaskLine> rows) {}

    record TaskHead(String name, String category, String grader, String chance) {
        boolean hasChance() {
            return !chance.isEmpty();
        }
    }

    record TaskLine(String model, List<TaskCell> cells) {
        String vendor() {
            return vendorOf(model);
        }

        String shortName() {
            return shortNameOf(model);
        }
    }

    record TaskCell(Value accuracy, List<Bar> bar, String aboveChance, String tokens) {
        boolean hasAboveChance() {
            return !aboveChance.isEmpty();
        }
    }

    /** Models against samples, with a remark where not all samples are shown. */
    record Matrix(List<MatrixHead> models, List<MatrixGroup> groups, int width, boolean repeated, String remark) {
        boolean hasRemark() {
            return !remark.isEmpty();
        }
    }

    record MatrixHead(String model, String total) {}

    record MatrixGroup(String task, List<MatrixRow> rows) {}

    record MatrixRow(String sample, String total, String remark, List<MatrixCell> cells) {}

    /** One model on one sample: a glyph or k/r, and the trial to look at. */
    record MatrixCell(String glyph, String kind, String words, boolean linked, String anchor) {}

    /** One model's trials, with a remark where not all are shown. */
    record ModelSamples(String model, String anchor, String summary, String remark, List<TrialView> trials) {
        boolean hasRemark() {
            return !remark.isEmpty();
        }
    }

    record TrialView(
            String anchor,
            String glyph,
            String kind,
            String word,
            String task,
            String sample,
            String epoch,
            String brief,
            String answer,
            String gold,
            List<Fact> facts,
            List<TokenLine> tokens,
            List<TextBlock> texts) {
        boolean hasEpoch() {
            return !epoch.isEmpty();
        }

        boolean hasGold() {
            return !gold.isEmpty();
        }

        boolean hasTokens() {
            return !tokens.isEmpty();
        }
    }

    record TokenLine(String count, String value, String source) {}

    record TextBlock(String label, Excerpt excerpt, boolean cut) {}

    record Reproduce(
            List<Fact> run, boolean hasCommand, String command, List<TaskSpec> tasks, List<ModelSpec> models) {}

    record TaskSpec(
            String name, String version, String category, String source, String grader, String passAt, String sha256) {}

    record ModelSpec(
            String name,
            String role,
            String id,
            String client,
            String extractor,
            String params,
            String routing,
            String providers,
            String served) {
        boolean hasRole() {
            return !role.isEmpty();
        }
    }
}
