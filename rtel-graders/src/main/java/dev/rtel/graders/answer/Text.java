package dev.rtel.graders.answer;

import java.util.ArrayList;
import java.util.List;

/** Small looks at text, all linear. */
final class Text {
    /** Dashes that stand for a minus sign before a digit. */
    static final String DASHES = "-\u2013\u2014\u2012\u2015";

    private static final String QUOTES = "\"'\u201C\u201D\u201E\u2018\u2019\u00AB\u00BB\u300C\u300D\u300E\u300F";

    private Text() {}

    /** Whether a word may end between these two characters. */
    static boolean boundary(char left, char right) {
        return ideographic(left)
                || ideographic(right)
                || !Character.isLetterOrDigit(left)
                || !Character.isLetterOrDigit(right);
    }

    /** Whether the script writes words without spaces (Chinese, Japanese, Korean particles). */
    static boolean ideographic(char c) {
        return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF);
    }

    /** Whether text holds a character of such a script. */
    static boolean ideographs(String text) {
        return text.chars().anyMatch(c -> ideographic((char) c));
    }

    static boolean quote(char c) {
        return QUOTES.indexOf(c) >= 0;
    }

    /** Index of the next line break, or the end. */
    static int lineEnd(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    /** Index where the sentence ends: at its full stop outside of braces, at the line's end, or at the limit. */
    static int sentenceEnd(String text, int from, int limit) {
        int depth = 0;
        for (int i = from; i < limit; i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                return i;
            }
            depth = c == '{' ? depth + 1 : c == '}' ? Math.max(0, depth - 1) : depth;
            if (depth > 0) {
                continue;
            }
            if (c == '\u3002' || c == '\uFF01' || c == '\uFF1F') {
                return i + 1;
            }
            if (c == '.' && i + 1 < limit && text.charAt(i + 1) == '.') {
                continue;
            }
            if ((c == '.' || c == '!' || c == '?')
                    && (i + 1 == limit || ends(text, i + 1))
                    && !option(text, from, i)
                    && !decimals(text, i, limit)) {
                return i + 1;
            }
        }
        return limit;
    }

    /** "0.\overline{3}": the point of a number whose decimals are typeset. */
    private static boolean decimals(String text, int stop, int limit) {
        return stop > 0
                && stop + 2 < limit
                && Character.isDigit(text.charAt(stop - 1))
                && text.charAt(stop + 1) == '\\'
                && Character.isLetter(text.charAt(stop + 2));
    }

    /** "B. 14 days": a single letter or digit and a stop at the very start is a label, not a sentence. */
    private static boolean option(String text, int from, int stop) {
        int start = from;
        while (start < stop && (text.charAt(start) == ' ' || text.charAt(start) == '(')) {
            start++;
        }
        return stop - start == 1 && Character.isLetter(text.charAt(start)) && text.charAt(stop) == '.';
    }

    private static boolean ends(String text, int at) {
        char c = text.charAt(at);
        return Character.isWhitespace(c)
                || quote(c)
                || c == ')'
                || c == '$'
                || c == '\\'
                || c == ']'
                || c == '}'
                || c == '.';
    }

    /** Index where the sentence that holds this index begins; looks back 300 characters at most. */
    static int sentenceStart(String text, int index) {
        int limit = Math.max(0, index - 300);
        for (int i = index - 1; i >= limit; i--) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\u3002') {
                return i + 1;
            }
            if ((c == '.' || c == '!' || c == '?')
                    && i + 1 < text.length()
                    && Character.isWhitespace(text.charAt(i + 1))) {
                return i + 1;
            }
        }
        return limit;
    }

    /** The words of folded text: letters and inner apostrophes; digits make words of their own. */
    static List<String> words(String folded) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= folded.length(); i++) {
            char c = i < folded.length() ? folded.charAt(i) : ' ';
            boolean inside = Character.isLetterOrDigit(c) || (c == '\'' && start >= 0);
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                words.add(folded.substring(start, i));
                start = -1;
            }
        }
        return words;
    }

    /** Whether text holds a digit. */
    static boolean digit(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isDigit(text.charAt(i)) || NumberReader.VULGAR.indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether text holds a letter or digit. */
    static boolean solid(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isLetterOrDigit(text.charAt(i)) || NumberReader.VULGAR.indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Drops blanks, quotation marks and the given characters from both ends. */
    static String trim(String text, String also) {
        int start = 0;
        int end = text.length();
        while (start < end && trimmed(text.charAt(start), also)) {
            start++;
        }
        while (end > start && trimmed(text.charAt(end - 1), also)) {
            end--;
        }
        return text.substring(start, end);
    }

    /** The same at the end only. */
    static String trimEnd(String text, String also) {
        int end = text.length();
        while (end > 0 && trimmed(text.charAt(end - 1), also)) {
            end--;
        }
        return text.substring(0, end).stripLeading();
    }

    private static boolean trimmed(char c, String also) {
        return Character.isWhitespace(c) || quote(c) || also.indexOf(c) >= 0;
    }

    /** Index of the bracket that closes the one at this index, or -1. */
    static int closing(String text, int open) {
        char left = text.charAt(open);
        char right = left == '(' ? ')' : left == '[' ? ']' : left == '{' ? '}' : '\uFF09';
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == left) {
                depth++;
            } else if (c == right && --depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
