package dev.rtel.tasks;

import dev.rtel.eval.Target;
import dev.rtel.tasks.internal.Fields;
import dev.rtel.tasks.internal.Problems;
import dev.rtel.tasks.internal.SourceNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the gold answer of a sample. Not thread-safe. */
final class TargetReader {
    private static final String EXPECTED = "quoted text, true or false, a list of true and false, or {any_of: [...]}";
    private final Problems problems;

    TargetReader(Problems problems) {
        this.problems = problems;
    }

    /** Reads {@code target}; none when absent or noted as wrong. */
    Target read(Fields sample) {
        return sample.node("target", EXPECTED).flatMap(this::target).orElseGet(Target.None::new);
    }

    private Optional<Target> target(SourceNode node) {
        if (node instanceof SourceNode.Items items) {
            return claims(items);
        }
        if (node instanceof SourceNode.Group group) {
            return anyOf(new Fields(group, problems).known(List.of("any_of")));
        }
        Object value = node.plain();
        if (value instanceof Boolean truth) {
            return Optional.of(Target.of(truth));
        }
        if (value instanceof String text && !text.isBlank()) {
            return Optional.of(Target.of(text));
        }
        if (value instanceof String) {
            problems.add(node.place(), "is blank, expected " + EXPECTED + "; leave it out if the grader needs none");
        } else {
            problems.add(node.place(), quote(node));
        }
        return Optional.empty();
    }

    private Optional<Target> claims(SourceNode.Items items) {
        List<Boolean> truths = new ArrayList<>();
        for (SourceNode item : items.items()) {
            if (item.plain() instanceof Boolean truth) {
                truths.add(truth);
            } else {
                problems.add(
                        item.place(),
                        "is " + item.describe()
                                + ", expected true or false; several accepted answers are {any_of: [...]}");
            }
        }
        if (items.items().isEmpty()) {
            problems.add(items.place(), "is an empty list, expected " + EXPECTED);
        }
        return truths.isEmpty() ? Optional.empty() : Optional.of(new Target.Claims(truths));
    }

    private Optional<Target> anyOf(Fields fields) {
        List<String> answers = new ArrayList<>();
        if (!fields.has("any_of")) {
            fields.problem("any_of", "is missing, expected a list of quoted answers");
        }
        List<SourceNode> items = fields.items("any_of", "a list of quoted answers");
        boolean list = fields.group().members().get("any_of") instanceof SourceNode.Items;
        if (list && items.isEmpty()) {
            fields.problem("any_of", "holds no answer, expected at least one");
        }
        for (SourceNode item : items) {
            if (item.plain() instanceof Number) {
                problems.add(item.place(), quote(item));
            } else {
                fields.text(item).ifPresent(answers::add);
            }
        }
        return answers.isEmpty() ? Optional.empty() : Optional.of(new Target.AnyOf(answers));
    }

    /** A number's spelling (073, 1e3, 507.0) must survive; only text keeps it. */
    private static String quote(SourceNode node) {
        String text = node instanceof SourceNode.Scalar scalar ? scalar.text() : "";
        return "is " + node.describe() + " without quotes, expected text: put it in quotes (\"" + text
                + "\"), so that it is kept as written";
    }
}
