package dev.rtel.graders.answer;

import java.util.List;
import java.util.Set;

/** Finds the answer in a reply: clean, locate by tier, read (extraction contract, version 1). Linear time, never throws. */
final class AnswerExtractor {
    static final String CONTRACT = "extraction-1";
    private static final int LONGEST_VALUE = 4000;
    private static final Set<String> PLACEHOLDERS = Set.of(
            "value",
            "number",
            "integer",
            "answer",
            "your answer",
            "your final answer",
            "letter",
            "x",
            "n",
            "result",
            "the answer",
            "wert",
            "valeur",
            "valor",
            "insert answer",
            "answer here",
            "answer goes here",
            "your value",
            "your number",
            "the value",
            "the number",
            "final answer",
            "your letter",
            "option",
            "zahl",
            "antwort",
            "ergebnis",
            "reponse",
            "nombre",
            "respuesta",
            "numero",
            "risposta",
            "resposta",
            "\u6570\u503C",
            "\u6570\u5B57",
            "\u7B54\u6848",
            "\u6574\u6570",
            "your answer here");
    private static final Set<String> PROSE = Set.of(
            "consistent",
            "correct",
            "valid",
            "right",
            "unique",
            "plausible",
            "reasonable",
            "verified",
            "in",
            "within",
            "supported",
            "what",
            "confirmed",
            "based",
            "an",
            "obtained",
            "given",
            "found");

    private AnswerExtractor() {}

    static Extracted extract(String reply, boolean truncated, ValueForm form) {
        CleanText clean = CleanText.of(reply);
        if (clean.text().isBlank()) {
            return Extracted.NOTHING;
        }
        List<Marker> markers = new MarkerFinder(clean, form).find();
        Extracted explicit = explicit(clean, markers, truncated, form);
        if (explicit.tier() > 0 || truncated) {
            return explicit;
        }
        Extracted stated = stated(clean, markers, form);
        return stated.tier() > 0 ? stated : alone(clean, form);
    }

    private static Extracted explicit(CleanText clean, List<Marker> markers, boolean truncated, ValueForm form) {
        for (int i = markers.size() - 1; i >= 0; i--) {
            Marker last = markers.get(i);
            if (last.tier() != 1 || placeholder(value(clean, last))) {
                continue;
            }
            if (!last.complete() && (truncated || !last.line())) {
                return found(clean, last, Reading.NONE);
            }
            Reading reading = read(clean, last, form, ValueForm.Place.MARKER);
            return found(clean, last, checked(clean, markers, i, reading, form));
        }
        return Extracted.NOTHING;
    }

    /** Other explicit markers around the last one may take its certainty away. */
    private static Reading checked(CleanText clean, List<Marker> markers, int index, Reading reading, ValueForm form) {
        Marker last = markers.get(index);
        int sentence = Text.sentenceStart(clean.text(), last.start());
        boolean agreed = !last.quoted();
        for (int i = index - 1; i >= Math.max(0, index - 20); i--) {
            Marker other = markers.get(i);
            if (other.tier() != 1 || placeholder(value(clean, other))) {
                continue;
            }
            boolean around = other.valueStart() <= last.start() && other.valueEnd() >= last.valueEnd();
            boolean beside = other.start() >= sentence && !around;
            if (around || beside) {
                Reading second = read(clean, other, form, ValueForm.Place.MARKER);
                boolean conflict = second.kind() == Reading.Kind.SEVERAL
                        || second.isOne() && reading.isOne() && !second.equals(reading);
                if (conflict) {
                    return Reading.SEVERAL;
                }
            } else if (last.quoted() && !other.quoted()) {
                agreed |= read(clean, other, form, ValueForm.Place.MARKER).equals(reading);
            }
        }
        return agreed || !reading.isOne() ? reading : Reading.SEVERAL;
    }

    private static Extracted stated(CleanText clean, List<Marker> markers, ValueForm form) {
        for (int i = markers.size() - 1; i >= 0; i--) {
            Marker marker = markers.get(i);
            String value = value(clean, marker);
            if (marker.tier() != 2 || placeholder(value)) {
                continue;
            }
            Reading reading = read(clean, marker, form, ValueForm.Place.SENTENCE);
            List<String> words = Text.words(Fold.of(value));
            if (reading == Reading.NONE && !words.isEmpty() && PROSE.contains(words.get(0))) {
                continue;
            }
            return found(clean, marker, marker.quoted() && reading.isOne() ? Reading.SEVERAL : reading);
        }
        return Extracted.NOTHING;
    }

    private static Extracted alone(CleanText clean, ValueForm form) {
        String text = clean.text();
        int end = text.length();
        while (end > 0 && form.lastLineCounts()) {
            int start = text.lastIndexOf('\n', end - 1) + 1;
            String line = text.substring(start, Math.min(end, start + LONGEST_VALUE));
            if (Text.solid(line)) {
                Reading reading = end - start < LONGEST_VALUE ? form.read(line, ValueForm.Place.LINE) : Reading.NONE;
                if (reading.isOne()) {
                    return new Extracted(reading, 3, clean.origin(start), clean.origin(end));
                }
                break;
            }
            end = start - 1;
        }
        Reading first = form.firstWord(clean);
        return first.isOne() ? firstWord(clean, first) : Extracted.NOTHING;
    }

    private static Extracted firstWord(CleanText clean, Reading reading) {
        String text = clean.text();
        int start = 0;
        while (start < text.length() && !Character.isLetter(text.charAt(start))) {
            start++;
        }
        int end = start;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return new Extracted(reading, 3, clean.origin(start), clean.origin(end));
    }

    private static String value(CleanText clean, Marker marker) {
        return clean.text()
                .substring(
                        marker.valueStart(),
                        Math.max(
                                marker.valueStart(),
                                Math.min(marker.valueEnd(), marker.valueStart() + LONGEST_VALUE + 1)));
    }

    private static Reading read(CleanText clean, Marker marker, ValueForm form, ValueForm.Place place) {
        String value = value(clean, marker);
        int cut = marker.line() ? Text.sentenceEnd(value, 0, value.length()) : value.length();
        if (cut > LONGEST_VALUE) {
            return Reading.NONE;
        }
        String sentence = marker.line() ? insideBraces(value.substring(0, cut)) : value.substring(0, cut);
        if (marker.nextLine() && sentence.strip().matches("(?s)[-\u2013\u2014\u2022+]\\s.*")) {
            return sentence.strip().charAt(0) == '\u2022'
                    ? form.read(sentence.strip().substring(1), place)
                    : Reading.SEVERAL;
        }
        Reading reading = form.read(sentence, place);
        if (!reading.isOne() && form.wholeLine() && value.length() <= LONGEST_VALUE) {
            Reading line = form.read(value, place);
            reading = line.isOne() ? line : reading;
        }
        if (reading == Reading.NONE && marker.line()) {
            reading = inner(sentence, form, place);
        }
        return reading.isOne() && (taken(value.substring(cut), form) || doubted(value, cut))
                ? Reading.SEVERAL
                : reading;
    }

    /** Up to a brace that was opened before the marker: {@code \textbf{Answer: 42}}. */
    private static String insideBraces(String sentence) {
        int depth = 0;
        for (int i = 0; i < sentence.length(); i++) {
            depth += sentence.charAt(i) == '{' ? 1 : sentence.charAt(i) == '}' ? -1 : 0;
            if (depth < 0) {
                return sentence.substring(0, i);
            }
        }
        return sentence;
    }

    /** "Final answer: the answer is 42". */
    private static Reading inner(String sentence, ValueForm form, ValueForm.Place place) {
        CleanText clean = CleanText.of(sentence);
        List<Marker> markers = new MarkerFinder(clean, form).find();
        for (int i = markers.size() - 1; i >= 0; i--) {
            Marker marker = markers.get(i);
            if (marker.tier() == 2) {
                String value = value(clean, marker);
                return form.read(value.substring(0, Text.sentenceEnd(value, 0, value.length())), place);
            }
        }
        return Reading.NONE;
    }

    /** "17? 19?": a value with a question mark, and more behind it. */
    private static boolean doubted(String value, int cut) {
        int line = Text.lineEnd(value, cut);
        return cut > 0 && value.charAt(cut - 1) == '?' && Text.solid(value.substring(cut, line));
    }

    /** Whether the same line goes on with a second offer: "17. Or maybe 19." */
    private static boolean taken(String rest, ValueForm form) {
        List<String> words = Text.words(Fold.of(rest.length() > 200 ? rest.substring(0, 200) : rest));
        return !words.isEmpty()
                && Set.of(
                                "or",
                                "maybe",
                                "perhaps",
                                "possibly",
                                "alternatively",
                                "wait",
                                "actually",
                                "oder",
                                "ou",
                                "hmm",
                                "no",
                                "nein")
                        .contains(words.get(0))
                && !(form instanceof TruthForm && words.size() == 1);
    }

    /** Blank, dots, a blank to fill, or the name of a value in brackets. */
    private static boolean placeholder(String text) {
        String value = text.length() < 200 ? Latex.plain(text) : text;
        String bare = Text.trim(value, "<>[]{}().,:;$\\\u2026_-?*=");
        if (bare.isEmpty()) {
            return true;
        }
        String stripped = value.strip();
        boolean angled = stripped.startsWith("<")
                && stripped.indexOf('>') > 0
                && Text.trim(stripped.substring(stripped.indexOf('>') + 1), ".,")
                        .isEmpty();
        return angled && !stripped.startsWith("</")
                || (PLACEHOLDERS.contains(Fold.of(bare)) && bare.length() > 1)
                || (PLACEHOLDERS.contains(Fold.of(bare)) && !bare.equals(stripped) && stripped.startsWith("<"));
    }

    private static Extracted found(CleanText clean, Marker marker, Reading reading) {
        int start = marker.valueStart();
        int end = Math.max(start, marker.valueEnd());
        if (marker.line()) {
            end = Text.sentenceEnd(clean.text(), start, Math.min(end, start + LONGEST_VALUE));
        }
        while (start < end && Character.isWhitespace(clean.text().charAt(start))) {
            start++;
        }
        return new Extracted(reading, marker.tier(), clean.origin(start), clean.origin(end));
    }
}
