package dev.rtel.tasks.generated;

import java.util.List;

/**
 * A parameter of a generator: a whole number with a range, and a narrower one at each level of difficulty, or one of
 * some words, drawn evenly unless given.
 *
 * @param name as in requests and tags
 * @param about what it is, in a few words
 * @param least smallest number that may be given
 * @param most largest number that may be given
 * @param usual smallest and largest number drawn at each level, in order; empty for words
 * @param words the words; empty for numbers
 */
record Knob(String name, String about, int least, int most, List<Range> usual, List<String> words) {
    /** Smallest and largest number drawn. */
    record Range(int low, int high) {
        String toText() {
            return low == high ? String.valueOf(low) : low + " to " + high;
        }
    }

    Knob {
        usual = List.copyOf(usual);
        words = List.copyOf(words);
    }

    static Knob number(String name, String about, int least, int most, Range easy, Range medium, Range hard) {
        return new Knob(name, about, least, most, List.of(easy, medium, hard), List.of());
    }

    static Knob word(String name, String about, List<String> words) {
        return new Knob(name, about, 0, 0, List.of(), words);
    }

    static Range range(int low, int high) {
        return new Range(low, high);
    }

    boolean isNumber() {
        return words.isEmpty();
    }

    /** What may be given, for messages and listings. */
    String allowed() {
        return isNumber() ? least + " to " + most : "one of " + String.join(", ", words);
    }
}
