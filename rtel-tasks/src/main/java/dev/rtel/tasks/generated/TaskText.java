package dev.rtel.tasks.generated;

import dev.rtel.common.PlainJson;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Target;
import dev.rtel.spi.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a task as a task file: samples of one user message, as generators make them. */
final class TaskText {
    private static final String MARGIN = "  ";
    /** Text that a literal block keeps as it is. */
    private static final Pattern BLOCK = Pattern.compile("\\S[ -~]*(\n|\n[ -~]*[!-~])*\n?");

    private TaskText() {}

    /** The file as plain data, keys in the order of the bundled files. */
    static Map<String, @Nullable Object> plain(Task task) {
        Map<String, @Nullable Object> file = new LinkedHashMap<>();
        file.put("task", task.name());
        file.put("version", task.version());
        file.put("category", task.category());
        file.put("grader", Map.of("name", task.grader().provider()));
        file.put("answer_format", task.answerFormat());
        file.put("samples", task.samples().stream().map(TaskText::plain).toList());
        return file;
    }

    private static Map<String, @Nullable Object> plain(Sample sample) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        plain.put("id", sample.id());
        plain.put("input", sample.input().get(0).content());
        if (sample.target() instanceof Target.Text text) {
            plain.put("target", text.value());
        } else if (sample.target() instanceof Target.Claims claims) {
            plain.put("target", claims.values());
        }
        sample.workload().ifPresent(w -> plain.put("workload", (long) w));
        plain.put("tags", sample.tags());
        plain.put("metadata", sample.metadata());
        plain.putAll(sample.fields());
        return plain;
    }

    /** The file in YAML, in the manner of the bundled files. */
    static String yaml(String comment, Task task) {
        StringBuilder out = new StringBuilder("# ").append(comment).append('\n');
        group(plain(task), "", "", out);
        return out.toString();
    }

    /** Writes members, the first behind {@code first}. */
    private static void group(Map<?, ?> group, String first, String margin, StringBuilder out) {
        String before = first;
        for (Map.Entry<?, ?> member : group.entrySet()) {
            out.append(before).append(member.getKey()).append(':');
            value(member.getValue(), margin, out);
            before = margin;
        }
    }

    private static void value(@Nullable Object value, String margin, StringBuilder out) {
        if (value instanceof Map<?, ?> group && group.values().stream().anyMatch(TaskText::isLarge)) {
            out.append('\n');
            group(group, margin + MARGIN, margin + MARGIN, out);
        } else if (value instanceof List<?> list && list.stream().anyMatch(TaskText::isLarge)) {
            out.append('\n');
            for (Object item : list) {
                item(item, margin + MARGIN, out);
            }
        } else if (value instanceof String text
                && text.contains("\n")
                && BLOCK.matcher(text).matches()) {
            out.append(text.endsWith("\n") ? " |\n" : " |-\n");
            text.lines()
                    .forEach(line -> out.append(line.isEmpty() ? "" : margin + MARGIN)
                            .append(line)
                            .append('\n'));
        } else {
            out.append(' ').append(flow(value)).append('\n');
        }
    }

    private static void item(@Nullable Object item, String margin, StringBuilder out) {
        if (item instanceof Map<?, ?> group && !group.containsKey("args")) {
            group(group, margin + "- ", margin + MARGIN, out);
        } else {
            out.append(margin).append("- ").append(flow(item)).append('\n');
        }
    }

    /** Whether it needs lines of its own. */
    private static boolean isLarge(@Nullable Object value) {
        return value instanceof Map<?, ?> group && !group.isEmpty()
                || value instanceof String text && text.length() > 40
                || value instanceof List<?> list && list.stream().anyMatch(TaskText::isLarge);
    }

    /** On one line; text in quotes but for plain words. */
    private static String flow(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + flow(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(TaskText::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        return PlainJson.write(value);
    }

    /** The file in JSON. */
    static String json(Task task) {
        return PlainJson.writePretty(plain(task)) + "\n";
    }
}
