package dev.rtel.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a proof a known flaw is: a passage in its own words, or described as people do ({@code third sentence},
 * {@code last two sentences}, {@code second paragraph}, {@code whole text}, {@code beginning}).
 */
final class FlawPlace {
    private static final List<String> ORDINALS =
            List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth");
    private static final List<String> NUMBERS = List.of("one", "two", "three", "four", "five");
    private static final Pattern PART = Pattern.compile(
            "\\b(first|last) (one|two|three|four|five) (sentence|paragraph)s|\\b(last[- ]but[- ]one|second[- ]last|penultimate|last|"
                    + String.join("|", ORDINALS) + ") (sentence|paragraph)");
    private static final Pattern SENTENCE = Pattern.compile("[^.!?]+(?:[.!?]+(?!\\s|$)[^.!?]*)*[.!?]*");

    private record Range(int start, int end) {
        boolean overlaps(Range other) {
            return start < other.end && other.start < end;
        }
    }

    private FlawPlace() {}

    /** Whether a quote lies at the flaw, at least in part; empty if the description of the place is not understood. */
    static Optional<Boolean> overlaps(String proof, String where, String quote) {
        List<Range> places = places(proof, where);
        if (places.isEmpty()) {
            return Optional.empty();
        }
        String text = squeezed(proof);
        String wanted = squeezed(quote);
        for (int at = text.indexOf(wanted); at >= 0 && !wanted.isEmpty(); at = text.indexOf(wanted, at + 1)) {
            Range quoted = new Range(at, at + wanted.length());
            if (places.stream().anyMatch(quoted::overlaps)) {
                return Optional.of(true);
            }
        }
        return Optional.of(false);
    }

    private static List<Range> places(String proof, String where) {
        String text = squeezed(proof);
        int literal = text.indexOf(squeezed(where));
        if (literal >= 0) {
            return List.of(new Range(literal, literal + squeezed(where).length()));
        }
        String described = where.toLowerCase(Locale.ROOT);
        List<Range> places = new ArrayList<>();
        if (described.contains("whole") || described.contains("entire") || described.contains("throughout")) {
            places.add(new Range(0, text.length()));
        }
        if (described.contains("beginning") || described.matches(".*\\bstart\\b.*")) {
            places.add(new Range(0, text.length() / 3));
        }
        if (described.matches(".*\\b(at the end|the end|conclusion)\\b.*")) {
            places.add(new Range(text.length() - text.length() / 3, text.length()));
        }
        Matcher matcher = PART.matcher(described);
        while (matcher.find()) {
            boolean several = matcher.group(1) != null;
            List<Range> parts = (several ? matcher.group(3) : matcher.group(5)).equals("sentence")
                    ? sentences(text)
                    : paragraphs(proof);
            if (several) {
                int count = Math.min(NUMBERS.indexOf(matcher.group(2)) + 1, parts.size());
                places.addAll(
                        matcher.group(1).equals("first")
                                ? parts.subList(0, count)
                                : parts.subList(parts.size() - count, parts.size()));
            } else {
                int index = index(matcher.group(4), parts.size());
                if (index >= 0 && index < parts.size()) {
                    places.add(parts.get(index));
                }
            }
        }
        return places;
    }

    private static int index(String word, int size) {
        int ordinal = ORDINALS.indexOf(word);
        return ordinal >= 0 ? ordinal : word.equals("last") ? size - 1 : size - 2;
    }

    private static List<Range> sentences(String text) {
        List<Range> all = new ArrayList<>();
        Matcher matcher = SENTENCE.matcher(text);
        while (matcher.find()) {
            if (!matcher.group().isBlank()) {
                all.add(new Range(matcher.start(), matcher.end()));
            }
        }
        return all;
    }

    /** Paragraphs of the proof as ranges of its squeezed form. */
    private static List<Range> paragraphs(String proof) {
        List<Range> all = new ArrayList<>();
        int at = 0;
        for (String part : proof.strip().split("\\n\\s*\\n")) {
            int length = squeezed(part).length();
            all.add(new Range(at, at + length));
            at += length + 1;
        }
        return all;
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
