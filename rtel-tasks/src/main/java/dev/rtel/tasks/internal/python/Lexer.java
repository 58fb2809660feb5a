package dev.rtel.tasks.internal.python;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a script into words: no comments, no statement over two lines, no escapes in texts. */
public final class Lexer {
    private static final Pattern WORD = Pattern.compile(
            "(?<name>[A-Za-z_][A-Za-z_0-9]*)|(?<number>[0-9]+)|(?<text>\"[^\"\\\\]*\")|(?<sign>//=|\\+=|-=|\\*=|%=|//|==|!=|<=|>=|[-+*%<>=()\\[\\]{},.:])| +");

    private Lexer() {}

    /**
     * Returns the words in order.
     *
     * @throws UnsupportedScriptException if something is none
     */
    public static List<Token> tokens(String script) {
        List<Token> tokens = new ArrayList<>();
        Deque<Integer> margins = new ArrayDeque<>(List.of(0));
        int start = 0;
        for (String line : script.split("\n")) {
            String words = line.stripLeading();
            if (!words.isEmpty()) {
                indent(line.length() - words.length(), margins, start, tokens);
                words(line, line.length() - words.length(), start, tokens);
                tokens.add(new Token(Token.Kind.LINE, "", start + line.length()));
            }
            start += line.length() + 1;
        }
        indent(0, margins, start, tokens);
        tokens.add(new Token(Token.Kind.END, "", start));
        return tokens;
    }

    private static void indent(int margin, Deque<Integer> margins, int at, List<Token> tokens) {
        if (margin > margins.getLast()) {
            margins.addLast(margin);
            tokens.add(new Token(Token.Kind.INDENT, "", at));
        }
        while (margin < margins.getLast()) {
            margins.removeLast();
            tokens.add(new Token(Token.Kind.DEDENT, "", at));
        }
        if (margin != margins.getLast()) {
            throw new UnsupportedScriptException("a margin that fits no block");
        }
    }

    private static void words(String line, int from, int start, List<Token> tokens) {
        Matcher matcher = WORD.matcher(line);
        int at = from;
        while (at < line.length()) {
            if (!matcher.region(at, line.length()).lookingAt()) {
                throw new UnsupportedScriptException("no word: " + line.substring(at));
            }
            at = matcher.end();
            Token.Kind kind = matcher.group("name") != null
                    ? Token.Kind.NAME
                    : matcher.group("number") != null
                            ? Token.Kind.NUMBER
                            : matcher.group("text") != null ? Token.Kind.TEXT : Token.Kind.SIGN;
            if (!matcher.group().isBlank()) {
                tokens.add(new Token(kind, matcher.group(), start + matcher.start()));
            }
        }
    }
}
