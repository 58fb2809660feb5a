package dev.rtel.graders.answer;

import dev.rtel.graders.internal.Thinking;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Set;

/**
 * A reply without thinking, zero-width characters, Markdown emphasis and formatting tags, its digits and letters in
 * plain form (rule C0), with the way back to the reply's indices. Immutable; made in one pass.
 */
final class CleanText {
    private static final Set<String> FORMATTING =
            Set.of("b", "i", "em", "strong", "u", "p", "br", "span", "div", "code", "h1", "h2", "h3", "h4", "center");
    private final String text;
    private final String folded;
    private final int[] origin;

    private CleanText(String text, int[] origin) {
        this.text = text;
        this.folded = Fold.of(text);
        this.origin = origin;
    }

    static CleanText of(String reply) {
        Collector plain = new Collector(reply.length());
        for (Thinking.Part part : Thinking.strip(reply).parts()) {
            plain(reply, part.start(), part.end(), plain);
        }
        Collector bare = new Collector(plain.length());
        undecorate(plain, bare);
        return new CleanText(bare.toString(), bare.origins(reply.length()));
    }

    /** The cleaned text. */
    String text() {
        return text;
    }

    /** The cleaned text in lower case and without accents, same indices. */
    String folded() {
        return folded;
    }

    /** The reply's index of a character of the cleaned text. */
    int origin(int index) {
        return origin[index];
    }

    private static void plain(String reply, int start, int end, Collector out) {
        for (int i = start; i < end; ) {
            char ascii = reply.charAt(i);
            if (ascii < 0x80 && ascii >= ' ') {
                out.add(ascii, i++);
                continue;
            }
            int c = reply.codePointAt(i);
            int width = Character.charCount(c);
            if (c == '\r' || c == 0x0B || c == '\f' || c == 0x85 || c == 0x2028 || c == 0x2029) {
                if (!(c == '\r' && i + 1 < end && reply.charAt(i + 1) == '\n')) {
                    out.add('\n', i);
                }
            } else if (c < 0x80) {
                out.add((char) c, i);
            } else if (!invisible(c)) {
                out.add(simple(c, reply, i, width), i);
            }
            i += width;
        }
    }

    private static boolean invisible(int c) {
        return (c >= 0x200B && c <= 0x200F)
                || (c >= 0x2060 && c <= 0x2069)
                || (c >= 0x202A && c <= 0x202E)
                || c == 0xFEFF
                || c == 0xAD;
    }

    private static String simple(int c, String reply, int at, int width) {
        if (c >= 0xFF01 && c <= 0xFF5E) {
            return String.valueOf((char) (c - 0xFEE0));
        }
        if (c == 0x2212 || c == 0xFE63 || c == 0x2010 || c == 0x2011) {
            return "-";
        }
        if (Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER) {
            return String.valueOf((char) ('0' + Character.digit(c, 10)));
        }
        if (Character.getType(c) == Character.SPACE_SEPARATOR || pictograph(c)) {
            return " ";
        }
        if (c >= 0x1D400 && c <= 0x1D7FF) {
            return Normalizer.normalize(new String(Character.toChars(c)), Normalizer.Form.NFKC);
        }
        return reply.substring(at, at + width);
    }

    /** Pictures behind a value say nothing; the arrow among them announces one. */
    private static boolean pictograph(int c) {
        return (c >= 0x2600 && c <= 0x27BF && !(c >= 0x2794 && c <= 0x27BE))
                || c == 0xFE0F
                || (c >= 0x1F300 && c <= 0x1FAFF);
    }

    /** Drops emphasis, code marks, heading and quote marks at line starts, and formatting tags. */
    private static void undecorate(Collector in, Collector out) {
        int n = in.length();
        boolean lineStart = true;
        for (int i = 0; i < n; ) {
            char c = in.at(i);
            int next = i + 1;
            if (c > '`' || (c >= '0' && c <= '9') || c == ' ' && !lineStart) {
                out.add(c, in.origin(i++));
                lineStart = false;
                continue;
            }
            if (c == '*' || c == '_') {
                while (next < n && in.at(next) == c) {
                    next++;
                }
                if (!emphasis(in, i, next, c)) {
                    for (int j = i; j < next; j++) {
                        out.add(c, in.origin(j));
                    }
                } else if (next < n && in.at(next) == '!' && i > 0 && Character.isDigit(in.at(i - 1))) {
                    next++;
                }
            } else if (lineStart && (c == '>' || (c == '#' && next < n && " #".indexOf(in.at(next)) >= 0))) {
                next = i + 1;
            } else if (c == '<' && tagEnd(in, i) > 0) {
                next = tagEnd(in, i);
            } else if (c != '`') {
                out.add(c, in.origin(i));
            }
            lineStart = c == '\n' || (lineStart && (c == ' ' || c == '\t' || c == '#' || c == '>'));
            i = next;
        }
    }

    /** Whether a run of asterisks or underscores is emphasis and not a power, a product or part of a name. */
    private static boolean emphasis(Collector in, int start, int end, char mark) {
        char before = start > 0 ? in.at(start - 1) : '\n';
        char after = end < in.length() ? in.at(end) : '\n';
        if (mark == '*' && end - start <= 2) {
            boolean factorBefore = Character.isLetterOrDigit(before) || before == ')' || before == '}';
            boolean factorAfter = Character.isLetterOrDigit(after) || after == '(' || after == '{' || after == '-';
            boolean spaced = before == ' ' && after == ' ';
            boolean wordBefore = Character.isLetter(before) && start > 1 && Character.isLetter(in.at(start - 2));
            return !spaced && (!(factorBefore && factorAfter) || wordBefore);
        }
        return mark == '*'
                || !(Character.isLetterOrDigit(before)
                        && (Character.isLetterOrDigit(after) || after == '{' || after == '\\'));
    }

    private static int tagEnd(Collector in, int at) {
        int i = at + 1;
        if (i < in.length() && in.at(i) == '/') {
            i++;
        }
        StringBuilder name = new StringBuilder();
        while (i < in.length() && name.length() < 8 && Character.isLetterOrDigit(in.at(i))) {
            name.append(Character.toLowerCase(in.at(i++)));
        }
        if (!FORMATTING.contains(name.toString())) {
            return -1;
        }
        int limit = Math.min(in.length(), i + 120);
        while (i < limit && in.at(i) != '>' && in.at(i) != '<' && in.at(i) != '\n') {
            i++;
        }
        return i < limit && in.at(i) == '>' ? i + 1 : -1;
    }

    /** Characters with the index each came from. */
    private static final class Collector {
        private char[] chars;
        private int[] origins;
        private int length;

        Collector(int capacity) {
            chars = new char[Math.max(16, capacity)];
            origins = new int[chars.length];
        }

        void add(char c, int from) {
            if (length == origins.length) {
                chars = Arrays.copyOf(chars, length * 2);
                origins = Arrays.copyOf(origins, length * 2);
            }
            chars[length] = c;
            origins[length++] = from;
        }

        void add(String text, int from) {
            for (int i = 0; i < text.length(); i++) {
                add(text.charAt(i), from);
            }
        }

        int length() {
            return length;
        }

        char at(int index) {
            return chars[index];
        }

        int origin(int index) {
            return origins[index];
        }

        int[] origins(int end) {
            int[] all = Arrays.copyOf(origins, length + 1);
            all[length] = end;
            return all;
        }

        @Override
        public String toString() {
            return new String(chars, 0, length);
        }
    }
}
