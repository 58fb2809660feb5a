package dev.rtel.graders.answer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds all markers of a cleaned reply in order (rules C1 and C2). One pass; used once. */
final class MarkerFinder {
    private static final Set<String> JSON_KEYS =
            Set.of("answer", "final_answer", "finalanswer", "final answer", "final-answer");
    private static final List<String> TAGS = List.of("answer", "final_answer", "final-answer", "solution");
    private static final Set<String> COPULAS =
            Set.of("is", "equals", "lautet", "ist", "betragt", "est", "es", "e", "is:", "jest", "ar", "er", "je");
    private static final Set<String> ADVERBS = Set.of(
            "therefore",
            "thus",
            "then",
            "hence",
            "simply",
            "just",
            "indeed",
            "clearly",
            "exactly",
            "also",
            "now",
            "so",
            "must",
            "here",
            "daher",
            "somit",
            "folglich",
            "donc",
            "entonces",
            "clairement");
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
    private static final int LONGEST_WORD = 24;
    private static final int LONGEST_BARE_VALUE = 400;
    private final CleanText reply;
    private final String text;
    private final String folded;
    private final ValueForm form;
    private final Phrases phrases;
    private final int[] braces;
    private final Map<String, Integer> nextClosing = new HashMap<>();
    private final List<Marker> found = new ArrayList<>();
    private int knownLineFrom = -1;
    private int knownLineEnd = -1;

    MarkerFinder(CleanText reply, ValueForm form) {
        this.reply = reply;
        this.text = reply.text();
        this.folded = reply.folded();
        this.form = form;
        this.phrases = new Phrases(form.sentences());
        this.braces = text.indexOf("boxed") >= 0 || text.indexOf("\\fbox") >= 0 ? matchBraces(text) : new int[0];
    }

    List<Marker> find() {
        for (int i = 0; i < text.length(); i++) {
            char c = folded.charAt(i);
            if (c == '\\') {
                box(i);
            } else if (c == '<') {
                tag(i);
            } else if (c == '"' || c == '\'') {
                i = json(i);
            } else if (Character.isLetter(c) && (i == 0 || Text.boundary(folded.charAt(i - 1), c))) {
                Phrases.Hit hit = phrases.at(folded, i);
                if (hit.end() > 0) {
                    phrase(i, hit);
                    i = hit.end() - 1;
                } else {
                    ownSentence(i);
                }
            }
        }
        return found;
    }

    private static int[] matchBraces(String text) {
        int[] match = new int[text.length()];
        int[] stack = new int[text.length()];
        int depth = 0;
        for (int i = 0; i < match.length; i++) {
            match[i] = -1;
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < match.length && !Character.isLetter(text.charAt(i + 1))) {
                match[++i] = -1;
            } else if (c == '{') {
                stack[depth++] = i;
            } else if (c == '}' && depth > 0) {
                match[stack[--depth]] = i;
            }
        }
        return match;
    }

    private void box(int at) {
        int name = text.startsWith("boxed", at + 1) ? 6 : text.startsWith("fbox", at + 1) ? 5 : 0;
        if (name == 0) {
            return;
        }
        int open = at + name;
        while (open < text.length() && open - at < name + 4 && text.charAt(open) == ' ') {
            open++;
        }
        if (open < text.length() && text.charAt(open) == '{') {
            int close = braces[open];
            int end = close < 0 ? Math.min(text.length(), open + 200) : close;
            found.add(new Marker(1, at, open + 1, end, close >= 0, false, false, false));
        }
    }

    private void tag(int at) {
        for (String name : TAGS) {
            if (folded.startsWith(name, at + 1) && folded.startsWith(">", at + 1 + name.length())) {
                int from = at + name.length() + 2;
                int close = closing("</" + name + ">", from);
                int end = close < 0 ? lineEnd(from) : close;
                found.add(new Marker(1, at, from, end, close >= 0, false, false, false));
                return;
            }
        }
    }

    /** Next closing tag from here; remembered so that many opening tags stay cheap. */
    private int closing(String tag, int from) {
        Integer known = nextClosing.get(tag);
        if (known == null || (known >= 0 && known < from)) {
            known = folded.indexOf(tag, from);
            nextClosing.put(tag, known);
        }
        return known;
    }

    /** Returns the index to go on from: keys of found values are no phrases. */
    private int json(int at) {
        int close = folded.indexOf(folded.charAt(at), at + 1);
        if (close < 0 || close - at > 14 || !JSON_KEYS.contains(folded.substring(at + 1, close))) {
            return at;
        }
        int colon = blanks(close + 1);
        if (colon >= text.length() || text.charAt(colon) != ':') {
            return at;
        }
        int from = blanks(colon + 1);
        if (from >= text.length()) {
            return at;
        }
        char first = text.charAt(from);
        int end;
        if (first == '"' || first == '\'') {
            end = from + 1;
            int limit = Math.min(text.length(), from + 4000);
            while (end < limit && text.charAt(end) != first) {
                end += text.charAt(end) == '\\' ? 2 : 1;
            }
            found.add(new Marker(1, at, from + 1, Math.min(end, text.length()), end < limit, false, false, false));
        } else {
            end = from;
            String stops = first == '[' ? "]\n" : ",}\n";
            int limit = Math.min(text.length(), from + LONGEST_BARE_VALUE);
            while (end < limit && stops.indexOf(text.charAt(end)) < 0) {
                end++;
            }
            boolean complete = end < limit;
            end += complete && text.charAt(end) == ']' ? 1 : 0;
            found.add(new Marker(1, at, from, end, complete, false, false, false));
        }
        return from;
    }

    private void phrase(int at, Phrases.Hit hit) {
        Phrases.Role role = hit.phrase().role();
        if (role == Phrases.Role.CLAIM && !determined(at)) {
            return;
        }
        if (role != Phrases.Role.CLAIM && OTHERS.contains(wordBefore(at)) && role != Phrases.Role.FINAL) {
            return;
        }
        int tier = role == Phrases.Role.FINAL ? 1 : 2;
        int i = comment(hit.end(), role);
        if (i < text.length() && Text.quote(text.charAt(i))) {
            i = blanks(i + 1);
        }
        boolean colon =
                i < text.length() && (":=\u2192\u21D2\u2794".indexOf(text.charAt(i)) >= 0 || arrow(i) || dash(i));
        int from;
        boolean copula = false;
        if (colon) {
            from = i + (arrow(i) ? 2 : 1);
        } else {
            from = copula(i);
            copula = from > i || hit.phrase().words().endsWith("\uC740");
            if (!copula && !(i >= lineEnd(hit.end()) && headingStart(at))) {
                return;
            }
        }
        if ((copula || role == Phrases.Role.CLAIM || tier == 2) && unsure(at, from)) {
            return;
        }
        if (tier == 1 && folded.substring(Math.max(0, at - 9), at).matches("(?s).*\\bnot (the|my|a) ")) {
            return;
        }
        value(tier, at, from, role != Phrases.Role.CLAIM);
    }

    private void value(int tier, int at, int from, boolean mayBreak) {
        from = blanks(from);
        while (from < text.length() && ":=".indexOf(text.charAt(from)) >= 0) {
            from = blanks(from + 1);
        }
        int end = lineEnd(from);
        boolean nextLine = false;
        for (int lines = 0;
                mayBreak
                        && lines < 4
                        && end < text.length()
                        && !Text.solid(text.substring(from, Math.min(end, from + 200)));
                lines++) {
            if (end - from > 60 || text.substring(from, end).indexOf('?') >= 0) {
                break;
            }
            from = blanks(end + 1);
            end = lineEnd(from);
            nextLine = true;
        }
        boolean quoted = false;
        if (at > 0 && Text.quote(text.charAt(at - 1))) {
            int close = closingQuote(from, end);
            boolean wholeLine = lineBefore(at - 1).isBlank()
                    && (close < 0 || text.substring(close + 1, end).isBlank());
            quoted = !wholeLine;
            end = close < 0 ? end : close;
        }
        found.add(new Marker(tier, at, from, end, end < text.length(), true, quoted, nextLine));
    }

    private int closingQuote(int from, int end) {
        for (int i = from; i < Math.min(end, from + 4000); i++) {
            if (Text.quote(text.charAt(i)) && (i + 1 == end || !Character.isLetterOrDigit(text.charAt(i + 1)))) {
                return i;
            }
        }
        return -1;
    }

    private void ownSentence(int at) {
        ValueForm.Sentence sentence = form.sentenceAt(reply, at);
        if (sentence.valueStart() >= 0 && !unsure(at, sentence.valueEnd())) {
            found.add(new Marker(2, at, sentence.valueStart(), sentence.valueEnd(), true, false, false, false));
        }
    }

    /** Whether the sentence supposes, asks or denies rather than states. */
    private boolean unsure(int at, int from) {
        for (String word : Text.words(folded.substring(Text.sentenceStart(text, at), at))) {
            if (UNSURE.contains(word)) {
                return true;
            }
        }
        int end = Text.sentenceEnd(text, from, Math.min(text.length(), from + 400));
        return end > from && (text.charAt(end - 1) == '?' || text.charAt(end - 1) == '\uFF1F');
    }

    private boolean determined(int at) {
        String before = wordBefore(at);
        return before.isEmpty()
                || Set.of(
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
                                "final")
                        .contains(before)
                || Text.ideographic(folded.charAt(at));
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

    /** After the phrase: blanks, a remark in parentheses, "to the question". */
    private int comment(int from, Phrases.Role role) {
        int i = blanks(from);
        if (role != Phrases.Role.CLAIM && i < text.length() && text.charAt(i) == '(') {
            int close = i;
            while (close < text.length() && close - i < 80 && ")\n".indexOf(text.charAt(close)) < 0) {
                close++;
            }
            if (close < text.length() && text.charAt(close) == ')') {
                i = blanks(close + 1);
            }
        }
        for (String of : List.of(
                "to the question",
                "to this question",
                "to the problem",
                "to this problem",
                "to the puzzle",
                "to your question",
                "auf die frage",
                "a la question")) {
            if (folded.startsWith(of, i)) {
                i = blanks(i + of.length());
            }
        }
        return i;
    }

    private int copula(int from) {
        int i = from;
        boolean seen = false;
        for (int words = 0; words < 5 && i < text.length(); words++) {
            if ("\u662F\u4E3A\u70BA\u306F\u7B49".indexOf(folded.charAt(i)) >= 0) {
                return i + 1;
            }
            int end = i;
            while (end < text.length() && end - i < LONGEST_WORD && Character.isLetter(folded.charAt(end))) {
                end++;
            }
            String word = folded.substring(i, end);
            boolean is = COPULAS.contains(word);
            if (end == i || !(is || ADVERBS.contains(word))) {
                break;
            }
            seen |= is;
            i = blanks(end);
            if (seen && i < text.length() && (text.charAt(i) == ',' || text.charAt(i) == ':')) {
                i = blanks(i + 1);
            }
        }
        return seen ? i : from;
    }

    private boolean arrow(int i) {
        return text.startsWith("->", i) || text.startsWith("=>", i);
    }

    /** A dash that separates: blanks after it, so that it is no sign. */
    private boolean dash(int i) {
        return Text.DASHES.indexOf(text.charAt(i)) >= 0
                && i + 1 < text.length()
                && text.charAt(i + 1) == ' '
                && i > 0
                && text.charAt(i - 1) == ' ';
    }

    private boolean headingStart(int at) {
        String before = lineBefore(at);
        return before.length() < 20
                && Text.words(before).stream()
                        .allMatch(w ->
                                Set.of("the", "my", "die", "la", "le", "so").contains(w) || Text.digit(w));
    }

    /** The line up to this index, its last 40 characters at most. */
    private String lineBefore(int at) {
        int start = at;
        while (start > 0 && at - start < 40 && text.charAt(start - 1) != '\n') {
            start--;
        }
        return folded.substring(start, at);
    }

    /** End of the line; remembered, because markers come in order and lines may be long. */
    private int lineEnd(int from) {
        if (from < knownLineFrom || from > knownLineEnd) {
            knownLineFrom = from;
            knownLineEnd = Text.lineEnd(text, Math.min(from, text.length()));
        }
        return knownLineEnd;
    }

    private int blanks(int from) {
        int i = from;
        while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
            i++;
        }
        return i;
    }
}
