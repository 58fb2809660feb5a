package dev.rtel.tasks.internal.python;

import java.util.List;
import java.util.Set;

/** The words of a script, one after the other. Not thread-safe. */
final class Words {
    private final List<Token> tokens;
    private int at;

    Words(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token next() {
        return tokens.get(Math.min(at++, tokens.size() - 1));
    }

    private Token peek() {
        return tokens.get(Math.min(at, tokens.size() - 1));
    }

    boolean at(String word) {
        return peek().is(word);
    }

    /** Whether it is one of these; the words must not be such as texts in quotes could be. */
    boolean atAny(Set<String> some) {
        return some.contains(peek().text());
    }

    boolean at(Token.Kind kind) {
        return peek().kind() == kind;
    }

    boolean take(String word) {
        if (at(word)) {
            at++;
            return true;
        }
        return false;
    }

    void expect(String word) {
        if (!take(word)) {
            throw new UnsupportedScriptException("'" + peek().text() + "' in place of '" + word + "'");
        }
    }

    void expect(Token.Kind kind) {
        Token token = next();
        if (token.kind() != kind) {
            throw new UnsupportedScriptException("'" + token.text() + "' in place of " + kind);
        }
    }
}
