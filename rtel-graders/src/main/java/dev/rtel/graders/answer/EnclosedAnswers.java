package dev.rtel.graders.answer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Finds answers that syntax encloses: a LaTeX box, a tag, a JSON member. Used once, in order of the text. */
final class EnclosedAnswers {
    private static final Set<String> JSON_KEYS =
            Set.of("answer", "final_answer", "finalanswer", "final answer", "final-answer");
    private static final List<String> TAGS = List.of("answer", "final_answer", "final-answer", "solution");
    private static final int LONGEST_QUOTED_VALUE = 4000;
    private static final int LONGEST_BARE_VALUE = 400;
    private final String text;
    private final String folded;
    private final Lines lines;
    private final Consumer<Marker> found;
    private final int[] braces;
    private final Map<String, Integer> nextClosing = new HashMap<>();

    EnclosedAnswers(CleanText reply, Lines lines, Consumer<Marker> found) {
        this.text = reply.text();
        this.folded = reply.folded();
        this.lines = lines;
        this.found = found;
        this.braces = text.indexOf("boxed") >= 0 || text.indexOf("\\fbox") >= 0 ? matchBraces(text) : new int[0];
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

    /** Looks at a backslash. */
    void box(int at) {
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
            add(at, open + 1, end, close >= 0);
        }
    }

    /** Looks at an opening angle bracket. */
    void tag(int at) {
        for (String name : TAGS) {
            if (folded.startsWith(name, at + 1) && folded.startsWith(">", at + 1 + name.length())) {
                int from = at + name.length() + 2;
                int close = closing("</" + name + ">", from);
                int end = close < 0 ? lines.end(from) : close;
                add(at, from, end, close >= 0);
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

    /** Looks at a quotation mark; returns the index to go on from: keys of found values are no phrases. */
    int json(int at) {
        int close = folded.indexOf(folded.charAt(at), at + 1);
        if (close < 0 || close - at > 14 || !JSON_KEYS.contains(folded.substring(at + 1, close))) {
            return at;
        }
        int colon = lines.blanks(close + 1);
        if (colon >= text.length() || text.charAt(colon) != ':') {
            return at;
        }
        int from = lines.blanks(colon + 1);
        if (from >= text.length()) {
            return at;
        }
        char first = text.charAt(from);
        if (first == '"' || first == '\'') {
            quotedValue(at, from);
        } else {
            bareValue(at, from);
        }
        return from;
    }

    private void quotedValue(int at, int from) {
        char quote = text.charAt(from);
        int end = from + 1;
        int limit = Math.min(text.length(), from + LONGEST_QUOTED_VALUE);
        while (end < limit && text.charAt(end) != quote) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        add(at, from + 1, Math.min(end, text.length()), end < limit);
    }

    private void bareValue(int at, int from) {
        int end = from;
        String stops = text.charAt(from) == '[' ? "]\n" : ",}\n";
        int limit = Math.min(text.length(), from + LONGEST_BARE_VALUE);
        while (end < limit && stops.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        boolean complete = end < limit;
        end += complete && text.charAt(end) == ']' ? 1 : 0;
        add(at, from, end, complete);
    }

    private void add(int at, int from, int end, boolean complete) {
        found.accept(new Marker(1, at, from, end, complete, false, false, false));
    }
}
