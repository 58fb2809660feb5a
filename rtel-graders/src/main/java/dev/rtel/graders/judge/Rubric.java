package dev.rtel.graders.judge;

import dev.rtel.eval.Sample;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a proof has to contain and what voids it. Points are read and checked, but earn nothing apart: a proof passes with
 * all checkpoints or not at all.
 *
 * @param checkpoints id to text, in order; never empty
 * @param fatal id to text, in order
 * @param acceptAlso other valid routes; may be empty
 */
record Rubric(Map<String, String> checkpoints, Map<String, String> fatal, String acceptAlso) {
    private static final Set<String> KEYS = Set.of("checkpoints", "fatal", "accept_also", "pass_rule", "max_points");
    private static final List<String> NUMBERS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");
    private static final Pattern IN_WORDS = Pattern.compile(
            "all(?: (\\w+))? checkpoints?(?: (?:are )?(?:met|earned|reached|satisfied))?(?:,? and no fatal errors?(?: (?:is )?found)?)?");

    /**
     * Reads {@code rubric} of the sample. Entries are {@code {id, text}}, a text, or {@code [text, points]}; those without
     * an id are numbered {@code c1, c2 …} and {@code f1, f2 …}.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static Rubric of(Sample sample) {
        if (!(sample.fields().get("rubric") instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(
                    "rubric is missing, expected {checkpoints: [{id, text}], fatal: [{id, text}]}");
        }
        for (Object key : map.keySet()) {
            if (!KEYS.contains(String.valueOf(key))) {
                throw new IllegalArgumentException("unknown key 'rubric." + key + "'; known: "
                        + KEYS.stream().sorted().toList());
            }
        }
        Items checkpoints = new Items("checkpoints", "c").read(map.get("checkpoints"));
        if (checkpoints.texts.isEmpty()) {
            throw new IllegalArgumentException("rubric.checkpoints is empty, expected at least one {id, text}");
        }
        checkpoints.checkPoints(map.get("max_points"));
        checkRule(map.get("pass_rule"), checkpoints.texts.size());
        Object also = map.get("accept_also");
        return new Rubric(checkpoints.texts, new Items("fatal", "f").read(map.get("fatal")).texts, accepted(also));
    }

    private static String accepted(@Nullable Object also) {
        if (also instanceof List<?> routes) {
            return String.join("; ", routes.stream().map(String::valueOf).toList());
        }
        return also == null ? "" : String.valueOf(also);
    }

    /** There is one rule; any other must not be taken for it. */
    private static void checkRule(@Nullable Object rule, int checkpoints) {
        if (rule == null || rule.equals("all")) {
            return;
        }
        Matcher words = IN_WORDS.matcher(
                String.valueOf(rule).strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " "));
        if (!words.matches()) {
            throw new IllegalArgumentException("rubric.pass_rule is '" + rule
                    + "', expected all (every checkpoint met and no fatal error), the only rule there is");
        }
        Optional<String> count = Optional.ofNullable(words.group(1)).filter(w -> !w.equals("the"));
        if (count.isPresent()
                && !count.get().equals(String.valueOf(checkpoints))
                && (checkpoints >= NUMBERS.size() || !count.get().equals(NUMBERS.get(checkpoints)))) {
            throw new IllegalArgumentException("rubric.pass_rule speaks of '" + count.get()
                    + "' checkpoints, but there " + (checkpoints == 1 ? "is 1" : "are " + checkpoints));
        }
    }

    /** Entries of one list. */
    private static final class Items {
        private final String name;
        private final String letter;
        private final Map<String, String> texts = new LinkedHashMap<>();
        private BigDecimal points = BigDecimal.ZERO;
        private boolean pointed;

        Items(String name, String letter) {
            this.name = name;
            this.letter = letter;
        }

        Items read(@Nullable Object value) {
            if (value != null && !(value instanceof List<?>)) {
                throw new IllegalArgumentException("rubric." + name + " is no list of {id, text}");
            }
            if (value instanceof List<?> list) {
                for (Object item : list) {
                    add(item);
                }
            }
            return this;
        }

        private void add(@Nullable Object item) {
            String number = letter + (texts.size() + 1);
            if (item instanceof String text && !text.isBlank()) {
                put(number, text);
            } else if (item instanceof List<?> pair
                    && pair.size() == 2
                    && pair.get(0) instanceof String text
                    && !text.isBlank()
                    && pair.get(1) instanceof Number worth) {
                points = points.add(points(worth));
                pointed = true;
                put(number, text);
            } else if (item instanceof Map<?, ?> map
                    && map.size() == 2
                    && map.get("id") instanceof String id
                    && map.get("text") instanceof String text
                    && !id.isBlank()
                    && !text.isBlank()) {
                put(id, text);
            } else {
                throw new IllegalArgumentException(
                        "rubric." + name + " holds '" + item + "', expected {id, text}, a text, or [text, points]");
            }
        }

        private BigDecimal points(Number worth) {
            BigDecimal value = new BigDecimal(worth.toString());
            if (value.signum() <= 0) {
                throw new IllegalArgumentException("rubric." + name + " gives " + worth + " points, expected above 0");
            }
            return value;
        }

        private void put(String id, String text) {
            if (texts.put(id, text) != null) {
                throw new IllegalArgumentException("rubric." + name + " has the id '" + id + "' twice");
            }
        }

        private void checkPoints(@Nullable Object most) {
            if (most == null) {
                return;
            }
            if (!(most instanceof Number) || !pointed || points.compareTo(new BigDecimal(most.toString())) != 0) {
                throw new IllegalArgumentException("rubric.max_points is '" + most + "', but the checkpoints give "
                        + (pointed ? points.toPlainString() : "no points"));
            }
        }
    }
}
