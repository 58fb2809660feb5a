package dev.rtel.tasks;

import dev.rtel.config.ConfigException;
import dev.rtel.eval.Message;
import dev.rtel.eval.Sample;
import dev.rtel.tasks.internal.Fields;
import dev.rtel.tasks.internal.Problems;
import dev.rtel.tasks.internal.SourceNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one sample of a task file. Not thread-safe. */
final class SampleReader {
    static final List<String> KEYS = List.of(
            "id",
            "input",
            "target",
            "locale",
            "choices",
            "workload",
            "twin_of",
            "tags",
            "metadata",
            "entry",
            "buggy",
            "cases",
            "tests",
            "tests_file",
            "rubric");
    static final List<String> CASE_KEYS = List.of(
            "args", "kwargs", "expected", "approx", "unordered", "raises", "args_after", "same_type", "nan_equal");
    static final List<String> RUBRIC_KEYS = List.of("checkpoints", "fatal", "accept_also", "pass_rule");
    private static final List<String> ROLES = List.of("system", "user", "assistant");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,200}");
    private static final Pattern LOCALE = Pattern.compile("[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*");

    private final Folder folder;
    private final Problems problems;

    SampleReader(Folder folder, Problems problems) {
        this.folder = folder;
        this.problems = problems;
    }

    /** Reads a sample; empty when id or input could not be read, which was noted. */
    Optional<Sample> read(Fields fields) {
        fields.known(KEYS);
        Optional<String> id = fields.requiredText("id");
        if (id.isPresent() && !ID.matcher(id.get()).matches()) {
            fields.problem("id", "is '" + id.get() + "', expected letters, digits, dots, hyphens and underscores");
        }
        List<Message> input = input(fields);
        Sample.Builder builder = Sample.builder(id.orElse("?"))
                .input(input)
                .target(new TargetReader(problems).read(fields))
                .locale(fields.text("locale", LOCALE, "a language such as en or de-AT")
                        .orElse(null))
                .choices(choices(fields))
                .twinOf(fields.text("twin_of").orElse(null))
                .tags(fields.texts("tags"))
                .metadata(fields.plain("metadata"))
                .fields(graderFields(fields));
        workload(fields).ifPresent(w -> builder.workload(w.doubleValue()));
        return id.isEmpty() || input.isEmpty() ? Optional.empty() : Optional.of(builder.build());
    }

    private List<Message> input(Fields fields) {
        if (!fields.has("input")) {
            fields.problem("input", "is missing, expected text or a list of {role, content}");
            return List.of();
        }
        Optional<SourceNode> node = fields.node("input", "text or a list of {role, content}");
        if (node.isEmpty()) {
            return List.of();
        }
        if (!(node.get() instanceof SourceNode.Items items)) {
            return fields.requiredText("input").map(Message::user).stream().toList();
        }
        List<Message> messages = fields.each(items.items(), this::message);
        if (messages.size() == items.items().size()
                && messages.stream().noneMatch(m -> m.role().equals("user"))) {
            fields.problem("input", "holds no message of the role user, expected at least one");
        }
        return messages;
    }

    private Optional<Message> message(SourceNode node) {
        if (!(node instanceof SourceNode.Group group)) {
            problems.add(node.place(), "is " + node.describe() + ", expected {role: …, content: …}");
            return Optional.empty();
        }
        Fields fields = new Fields(group, problems).known(List.of("role", "content"));
        Optional<String> role = fields.requiredText("role");
        Optional<String> content = fields.requiredText("content");
        if (role.isPresent() && !ROLES.contains(role.get())) {
            fields.problem("role", "is '" + role.get() + "', expected one of " + ROLES);
        }
        return role.flatMap(r -> content.map(c -> new Message(r, c)));
    }

    private List<String> choices(Fields fields) {
        fields.node("choices", "a list of text").ifPresent(node -> {
            if (node instanceof SourceNode.Items items && items.items().size() < 2) {
                fields.problem("choices", "has " + items.items().size() + " options, expected at least 2");
            }
        });
        return fields.texts("choices");
    }

    private Optional<BigDecimal> workload(Fields fields) {
        Optional<BigDecimal> workload = fields.number("workload");
        if (workload.isPresent() && workload.get().signum() <= 0) {
            fields.problem("workload", "is " + workload.get() + ", expected a number above 0");
            return Optional.empty();
        }
        return workload;
    }

    private Map<String, @Nullable Object> graderFields(Fields fields) {
        Map<String, @Nullable Object> read = new LinkedHashMap<>();
        fields.text("entry").ifPresent(v -> read.put("entry", v));
        fields.text("buggy").ifPresent(v -> read.put("buggy", v));
        List<SourceNode> cases = fields.items("cases", "a list of cases");
        if (fields.has("cases")) {
            cases.forEach(node -> checkCase(fields, node));
            read.put("cases", cases.stream().map(SourceNode::plain).toList());
        }
        fields.text("tests").ifPresent(v -> read.put("tests", v));
        if (fields.has("tests") && fields.has("tests_file")) {
            fields.problem("tests_file", "is given beside 'tests'; keep one of them");
        }
        fields.text("tests_file").flatMap(name -> testsFile(fields, name)).ifPresent(v -> read.put("tests", v));
        fields.fields("rubric").ifPresent(rubric -> {
            rubric.known(RUBRIC_KEYS);
            read.put("rubric", rubric.group().plain());
        });
        return read;
    }

    private void checkCase(Fields sample, SourceNode node) {
        sample.fields(node, "a case such as {args: [], expected: …}").ifPresent(c -> {
            c.known(CASE_KEYS);
            c.items("args", "a list of arguments");
            c.fields("kwargs");
            c.items("args_after", "a list of arguments");
            c.number("approx");
            c.text("raises");
            List.of("unordered", "same_type", "nan_equal").forEach(c::bool);
            if (!c.has("expected") && !c.has("raises") && !c.has("args_after")) {
                c.problem("expected", "is missing, expected one of expected, raises, args_after");
            }
        });
    }

    private Optional<String> testsFile(Fields fields, String name) {
        try {
            return Optional.of(folder.read(name).text());
        } catch (ConfigException e) {
            fields.problem("tests_file", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
