package dev.rtel.eval;

import java.util.List;
import java.util.stream.Collectors;

/** The gold answer of a sample, as the task file states it. */
public sealed interface Target {
    /** One exact answer as text; numbers too, so that {@code 073} and {@code 1e3} survive. */
    record Text(String value) implements Target {
        @Override
        public String display() {
            return value;
        }
    }

    /** One truth value, or several in order that must all be right. */
    record Claims(List<Boolean> values) implements Target {
        /** Copies the list. */
        public Claims {
            values = List.copyOf(values);
        }

        @Override
        public String display() {
            return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
    }

    /** Any of several answers is right. */
    record AnyOf(List<String> values) implements Target {
        /** Copies the list. */
        public AnyOf {
            values = List.copyOf(values);
        }

        @Override
        public String display() {
            return String.join(" | ", values);
        }
    }

    /** No gold answer: the grader needs none, or has it in its own fields (cases, rubric). */
    record None() implements Target {
        @Override
        public String display() {
            return "";
        }
    }

    /** Returns the answer for people; empty for {@link None}. */
    String display();

    /** A text target. */
    static Target of(String value) {
        return new Text(value);
    }

    /** A single truth value. */
    static Target of(boolean value) {
        return new Claims(List.of(value));
    }
}
