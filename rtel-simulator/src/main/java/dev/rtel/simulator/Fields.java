package dev.rtel.simulator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads the fields of one JSON object of a script; every mistake is reported with its place. Not thread-safe. */
final class Fields {
    private final JsonNode object;
    private final String place;
    private final Set<String> known = new LinkedHashSet<>();

    Fields(JsonNode object, String place) {
        if (!object.isObject()) {
            throw new ScriptException(place + " must be an object, was " + object);
        }
        this.object = object;
        this.place = place;
    }

    String place() {
        return place;
    }

    Optional<JsonNode> find(String name) {
        known.add(name);
        return object.optional(name).filter(node -> !node.isNull());
    }

    Optional<String> text(String name) {
        return find(name).map(node -> text(node, at(name)));
    }

    String requiredText(String name) {
        return text(name).orElseThrow(() -> new ScriptException(at(name) + " is missing; a text is expected"));
    }

    Optional<List<String>> texts(String name) {
        return items(name).map(nodes -> {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < nodes.size(); i++) {
                texts.add(text(nodes.get(i), at(name) + "[" + i + "]"));
            }
            return texts;
        });
    }

    List<String> requiredTexts(String name) {
        return texts(name)
                .orElseThrow(() -> new ScriptException(at(name) + " is missing; a list of texts is expected"));
    }

    Optional<List<JsonNode>> items(String name) {
        return find(name).map(node -> {
            if (!node.isArray()) {
                throw new ScriptException(at(name) + " must be a list, was " + node);
            }
            return List.copyOf(node.values());
        });
    }

    Optional<Double> number(String name) {
        return find(name).map(node -> number(node, at(name)));
    }

    Optional<Long> count(String name) {
        return find(name).map(node -> {
            if (!node.isIntegralNumber() || !node.canConvertToLong()) {
                throw new ScriptException(at(name) + " must be a whole number, was " + node);
            }
            return node.longValue();
        });
    }

    Optional<Integer> smallCount(String name) {
        return count(name).map(value -> (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value)));
    }

    Optional<BigDecimal> decimal(String name) {
        return find(name).map(node -> {
            if (node.isNumber()) {
                return node.decimalValue();
            }
            try {
                return new BigDecimal(node.asString(""));
            } catch (NumberFormatException e) {
                throw new ScriptException(at(name) + " must be a number or a decimal string, was " + node, e);
            }
        });
    }

    Optional<Boolean> flag(String name) {
        return find(name).map(node -> {
            if (!node.isBoolean()) {
                throw new ScriptException(at(name) + " must be true or false, was " + node);
            }
            return node.booleanValue();
        });
    }

    <E extends Enum<E>> Optional<E> word(String name, Class<E> type) {
        return text(name).map(word -> word(word, type, at(name)));
    }

    void rejectUnknown() {
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                throw new ScriptException("unknown key \"" + name + "\" in " + place + "; known: " + known);
            }
        }
    }

    static <E extends Enum<E>> E word(String word, Class<E> type, String place) {
        String wanted = word.toUpperCase(Locale.ROOT).replace('-', '_');
        E[] constants = type.getEnumConstants();
        return Arrays.stream(constants)
                .filter(constant -> constant.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new ScriptException(place + " must be one of "
                        + Arrays.stream(constants).map(Fields::wordOf).toList() + ", was \"" + word + "\""));
    }

    static double number(JsonNode node, String place) {
        if (!node.isNumber()) {
            throw new ScriptException(place + " must be a number, was " + node);
        }
        return node.doubleValue();
    }

    static String wordOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String text(JsonNode node, String place) {
        if (!node.isString()) {
            throw new ScriptException(place + " must be a text, was " + node);
        }
        return node.stringValue();
    }

    String at(String name) {
        return place.equals(ScriptReader.ROOT) ? name : place + "." + name;
    }
}
