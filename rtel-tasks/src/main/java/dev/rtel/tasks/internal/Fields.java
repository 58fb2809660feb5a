package dev.rtel.tasks.internal;

import dev.rtel.config.Suggestions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of one group by type. What does not fit is noted and reads as absent, so that one pass finds all
 * problems. Not thread-safe.
 */
public final class Fields {
    private final SourceNode.Group group;
    private final Problems problems;

    /** Reads from the group, noting problems. */
    public Fields(SourceNode.Group group, Problems problems) {
        this.group = group;
        this.problems = problems;
    }

    /** Returns where the group stands. */
    public Place place() {
        return group.place();
    }

    /** Returns the group. */
    public SourceNode.Group group() {
        return group;
    }

    /** The same group without the keys whose value is null, for formats in which null means absent. */
    public Fields withoutNulls() {
        Map<String, SourceNode> members = new LinkedHashMap<>(group.members());
        members.values().removeIf(node -> node instanceof SourceNode.Scalar scalar && scalar.value() == null);
        return new Fields(new SourceNode.Group(group.place(), members), problems);
    }

    /** Notes every key that is not among the known ones, with the nearest of them. */
    public Fields known(List<String> known) {
        group.members().forEach((key, node) -> {
            if (!known.contains(key)) {
                problems.add(
                        node.place(),
                        "unknown key '" + key + "'"
                                + Suggestions.hint(key, known)
                                + "; known: " + new TreeSet<>(known));
            }
        });
        return this;
    }

    /** Notes a problem with a key, at the key if it is there. */
    public void problem(String key, String message) {
        SourceNode node = group.members().get(key);
        problems.add(node == null ? group.place().member(key, group.place().line()) : node.place(), message);
    }

    /** Returns whether the key is there, with whatever value. */
    public boolean has(String key) {
        return group.members().containsKey(key);
    }

    /** Returns the value of a key; a key without value is noted. */
    public Optional<SourceNode> node(String key, String expected) {
        SourceNode node = group.members().get(key);
        if (node instanceof SourceNode.Scalar scalar && scalar.value() == null) {
            problems.add(node.place(), "is empty, expected " + expected + "; or leave the key out");
            return Optional.empty();
        }
        return Optional.ofNullable(node);
    }

    /** Returns text. */
    public Optional<String> text(String key) {
        return node(key, "text").flatMap(this::text);
    }

    /** Returns text that is not blank; its absence is noted. */
    public Optional<String> requiredText(String key) {
        if (!has(key)) {
            problem(key, "is missing, expected text");
        }
        Optional<String> text = text(key);
        if (text.isPresent() && text.get().isBlank()) {
            problem(key, "is blank, expected text");
            return Optional.empty();
        }
        return text;
    }

    /** Returns text that matches; {@code expected} says how. */
    public Optional<String> text(String key, Pattern pattern, String expected) {
        Optional<String> text = text(key);
        if (text.isPresent() && !pattern.matcher(text.get()).matches()) {
            problem(key, "is '" + text.get() + "', expected " + expected);
            return Optional.empty();
        }
        return text;
    }

    /** Returns a number. */
    public Optional<BigDecimal> number(String key) {
        return node(key, "a number").flatMap(node -> {
            Object value = node.plain();
            if (value instanceof Number) {
                return Optional.of(new BigDecimal(value.toString()));
            }
            problems.add(node.place(), "is " + node.describe() + ", expected a number without quotes");
            return Optional.empty();
        });
    }

    /** Returns a whole number of at least {@code min}. */
    public OptionalInt wholeNumber(String key, int min) {
        String expected = "a whole number from " + min;
        Optional<SourceNode> node = node(key, expected);
        if (node.isEmpty()) {
            return OptionalInt.empty();
        }
        if (node.get().plain() instanceof Long value && value >= min && value <= Integer.MAX_VALUE) {
            return OptionalInt.of(value.intValue());
        }
        problem(key, "is " + node.get().describe() + ", expected " + expected);
        return OptionalInt.empty();
    }

    /** Returns true or false. */
    public Optional<Boolean> bool(String key) {
        return node(key, "true or false").flatMap(node -> {
            if (node.plain() instanceof Boolean value) {
                return Optional.of(value);
            }
            problems.add(node.place(), "is " + node.describe() + ", expected true or false without quotes");
            return Optional.empty();
        });
    }

    /** Returns a group. */
    public Optional<Fields> fields(String key) {
        return node(key, "a group of keys").flatMap(node -> fields(node, "a group of keys"));
    }

    /** Returns a group as plain data, empty when absent. */
    public Map<String, @Nullable Object> plain(String key) {
        return fields(key).map(f -> SourceNode.plain(f.group())).orElse(Map.of());
    }

    /** Returns a list; empty when absent. */
    public List<SourceNode> items(String key, String expected) {
        Optional<SourceNode> node = node(key, expected);
        if (node.isEmpty()) {
            return List.of();
        }
        if (node.get() instanceof SourceNode.Items items) {
            return items.items();
        }
        problem(key, "is " + node.get().describe() + ", expected " + expected);
        return List.of();
    }

    /** Returns a list of text; empty when absent. */
    public List<String> texts(String key) {
        return each(items(key, "a list of text"), this::text);
    }

    /** Reads each item, leaving out those that were noted. */
    public <T> List<T> each(List<SourceNode> items, Function<SourceNode, Optional<T>> reader) {
        List<T> read = new ArrayList<>();
        items.forEach(item -> reader.apply(item).ifPresent(read::add));
        return read;
    }

    /** Reads a value as a group. */
    public Optional<Fields> fields(SourceNode node, String expected) {
        if (node instanceof SourceNode.Group inner) {
            return Optional.of(new Fields(inner, problems));
        }
        problems.add(node.place(), "is " + node.describe() + ", expected " + expected);
        return Optional.empty();
    }

    /** Reads a value as text; a number or truth value is not text, since its spelling would be lost. */
    public Optional<String> text(SourceNode node) {
        if (node.plain() instanceof String value) {
            return Optional.of(value);
        }
        boolean quotable = node instanceof SourceNode.Scalar scalar && scalar.value() != null;
        problems.add(
                node.place(),
                "is " + node.describe() + (quotable ? " without quotes" : "") + ", expected text"
                        + (quotable ? " in quotes: \"" + ((SourceNode.Scalar) node).text() + "\"" : ""));
        return Optional.empty();
    }
}
