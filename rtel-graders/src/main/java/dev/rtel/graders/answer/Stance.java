package dev.rtel.graders.answer;

import java.util.Set;

/** Tells how a sentence stands to the value it names: asserts it, supposes, asks, denies, or gives it to another. */
final class Stance {
    private static final Set<String> UNSURE = Set.of(
            "if",
            "suppose",
            "supposing",
            "assume",
            "assuming",
            "whether",
            "would",
            "might",
            "could",
            "may",
            "thought",
            "glance",
            "naively",
            "unless",
            "perhaps",
            "maybe",
            "possibly",
            "wenn",
            "falls",
            "angenommen",
            "vielleicht",
            "supposons",
            "peut",
            "quiza",
            "wrong",
            "incorrect",
            "example",
            "beispiel",
            "exemple",
            "ejemplo",
            "not",
            "never",
            "wurde",
            "ob");
    private static final Set<String> OTHERS = Set.of(
            "wrong",
            "incorrect",
            "naive",
            "possible",
            "tempting",
            "expected",
            "user's",
            "his",
            "her",
            "student's",
            "their",
            "first",
            "initial",
            "previous",
            "old",
            "intermediate",
            "partial",
            "obvious",
            "falsche",
            "zwischen",
            "such",
            "short",
            "no",
            "an",
            "any",
            "every",
            "each",
            "candidate");
    private static final Set<String> DETERMINERS = Set.of(
            "the",
            "this",
            "that",
            "die",
            "diese",
            "der",
            "la",
            "l'",
            "le",
            "cette",
            "ce",
            "esta",
            "given",
            "original",
            "asked",
            "queried",
            "stated",
            "final");
    private final String text;
    private final String folded;

    Stance(CleanText reply) {
        this.text = reply.text();
        this.folded = reply.folded();
    }

    /** Whether the sentence supposes, asks or denies rather than states. */
    boolean unsure(int at, int from) {
        for (String word : Text.words(folded.substring(Text.sentenceStart(text, at), at))) {
            if (UNSURE.contains(word)) {
                return true;
            }
        }
        int end = Text.sentenceEnd(text, from, Math.min(text.length(), from + 400));
        return end > from && (text.charAt(end - 1) == '?' || text.charAt(end - 1) == '\uFF1F');
    }

    /** Whether "not the" or the like stands right before this index. */
    boolean denied(int at) {
        return folded.substring(Math.max(0, at - 9), at).matches("(?s).*\\bnot (the|my|a) ");
    }

    /** Whether the word before speaks of an answer that is not the last one: "the naive answer". */
    boolean ofAnother(int at) {
        return OTHERS.contains(wordBefore(at));
    }

    /** Whether a noun here is the one asked about: "the claim" rather than "a claim". */
    boolean determined(int at) {
        String before = wordBefore(at);
        return before.isEmpty() || DETERMINERS.contains(before) || Text.ideographic(folded.charAt(at));
    }

    private String wordBefore(int at) {
        int end = at;
        while (end > 0 && (folded.charAt(end - 1) == ' ' || Text.quote(folded.charAt(end - 1)))) {
            end--;
        }
        int start = end;
        while (start > 0
                && end - start < 20
                && (Character.isLetter(folded.charAt(start - 1)) || folded.charAt(start - 1) == '\'')) {
            start--;
        }
        return folded.substring(start, end);
    }
}
