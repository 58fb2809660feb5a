package dev.rtel.tasks.generated;

import dev.rtel.tasks.internal.SplitMix;
import java.util.ArrayList;
import java.util.List;

/**
 * A small function with a purpose: its Python source, inputs for it, and the same written independently in Java.
 * {@code {name}} stands for its name, {@code {a}} and {@code {b}} for constants that differ between samples.
 *
 * @param level how difficult it is to read
 * @param topic short name, part of the tags
 * @param names names that the function may have
 * @param constants ranges of its constants
 * @param purpose what it should do, after "should"
 * @param source the reference
 * @param inputs draws arguments
 * @param twin computes what is expected
 */
record Program(
        Level level,
        String topic,
        List<String> names,
        List<Knob.Range> constants,
        String purpose,
        String source,
        Inputs inputs,
        Twin twin) {
    /** Draws the arguments of one call: {@link Long}, {@link String}, {@link Boolean} or lists of these. */
    interface Inputs {
        List<Object> draw(SplitMix random);
    }

    /** What a call should return. */
    interface Twin {
        Object of(List<Object> args, List<Long> constants);
    }

    Program {
        names = List.copyOf(names);
        constants = List.copyOf(constants);
    }

    List<Long> drawConstants(SplitMix random) {
        List<Long> drawn = new ArrayList<>();
        constants.forEach(range -> drawn.add((long) random.between(range.low(), range.high())));
        return drawn;
    }

    static String filled(String text, String name, List<Long> constants) {
        String filled = text.replace("{name}", name);
        for (int i = 0; i < constants.size(); i++) {
            filled = filled.replace("{" + (char) ('a' + i) + "}", String.valueOf(constants.get(i)));
        }
        return filled;
    }

    // what the twins and inputs of all programs use

    static long number(Object value) {
        return (Long) value;
    }

    static List<Long> numbers(Object value) {
        List<Long> numbers = new ArrayList<>();
        ((List<?>) value).forEach(element -> numbers.add((Long) element));
        return numbers;
    }

    static String text(Object value) {
        return (String) value;
    }

    static Object drawNumber(SplitMix random, int low, int high) {
        return (long) random.between(low, high);
    }

    static List<Object> drawNumbers(SplitMix random, int shortest, int longest, int low, int high) {
        List<Object> numbers = new ArrayList<>();
        int length = random.between(shortest, longest);
        for (int i = 0; i < length; i++) {
            numbers.add(drawNumber(random, low, high));
        }
        return numbers;
    }

    static List<Object> drawAscending(SplitMix random, int longest, int low, int high) {
        return List.copyOf(numbers(drawNumbers(random, 0, longest, low, high)).stream()
                .sorted()
                .toList());
    }

    static String drawText(SplitMix random, int shortest, int longest, String letters) {
        StringBuilder text = new StringBuilder();
        int length = random.between(shortest, longest);
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.below(letters.length())));
        }
        return text.toString();
    }

    static String drawWords(SplitMix random, int most) {
        List<String> words = new ArrayList<>();
        int count = random.between(0, most);
        for (int i = 0; i < count; i++) {
            words.add(drawText(random, 1, 8, "aeinorst"));
        }
        return String.join(" ", words);
    }
}
