package dev.rtel.tasks.generated;

import dev.rtel.tasks.internal.python.Lexer;
import dev.rtel.tasks.internal.python.Token;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All small changes of a program, without a look at whether they make sense. Not thread-safe. */
final class Mutations {
    private static final Map<String, List<String>> OPERATORS = Map.ofEntries(
            Map.entry("<", List.of("<=", ">")),
            Map.entry("<=", List.of("<", ">=")),
            Map.entry(">", List.of(">=", "<")),
            Map.entry(">=", List.of(">", "<=")),
            Map.entry("==", List.of("!=")),
            Map.entry("!=", List.of("==")),
            Map.entry("+", List.of("-")),
            Map.entry("-", List.of("+")),
            Map.entry("*", List.of("+")),
            Map.entry("//", List.of("%")),
            Map.entry("%", List.of("//")),
            Map.entry("+=", List.of("-=")),
            Map.entry("-=", List.of("+=")),
            Map.entry("and", List.of("or")),
            Map.entry("or", List.of("and")));
    private static final Map<String, String> FUNCTIONS = Map.ofEntries(
            Map.entry("min", "max"),
            Map.entry("max", "min"),
            Map.entry("sum", "max"),
            Map.entry("len", "max"),
            Map.entry("abs", "int"),
            Map.entry("sorted", "list"),
            Map.entry("lower", "upper"),
            Map.entry("find", "rfind"),
            Map.entry("isdigit", "isalpha"),
            Map.entry("split", "strip"),
            Map.entry("append", "count"),
            Map.entry("str", "len"));
    private static final Set<String> KEYWORDS = Set.of(
            "and",
            "or",
            "not",
            "in",
            "if",
            "elif",
            "else",
            "for",
            "while",
            "return",
            "break",
            "continue",
            "pass",
            "def",
            "True",
            "False",
            "None");

    private final String source;
    private final List<Token> tokens;
    private final Set<String> variables = new LinkedHashSet<>();
    private final List<Mutation> found = new ArrayList<>();

    private Mutations(String source) {
        this.source = source;
        this.tokens = Lexer.tokens(source);
    }

    /** In the order of the program; some are no programs, some change nothing. */
    static List<Mutation> of(String source) {
        Mutations mutations = new Mutations(source);
        for (int i = 0; i < mutations.tokens.size(); i++) {
            if (mutations.isVariable(i)) {
                mutations.variables.add(mutations.tokens.get(i).text());
            }
        }
        // the signature stays
        int body = source.indexOf('\n') + 1;
        for (int i = 0; i < mutations.tokens.size(); i++) {
            if (mutations.tokens.get(i).start() >= body) {
                mutations.at(i);
            }
        }
        mutations.lines();
        return mutations.found;
    }

    private boolean isVariable(int i) {
        return tokens.get(i).kind() == Token.Kind.NAME
                && !KEYWORDS.contains(tokens.get(i).text())
                && !tokens.get(i + 1).is("(")
                && (i == 0 || !tokens.get(i - 1).is("."));
    }

    private void change(String kind, String what, int from, int to, String text) {
        found.add(new Mutation(kind, what, source, from, to, text));
    }

    private void replace(String kind, Token token, String text) {
        change(kind, "'" + text + "' in place of '" + token.text() + "'", token.start(), token.end(), text);
    }

    private void at(int i) {
        Token token = tokens.get(i);
        OPERATORS.getOrDefault(token.text(), List.of()).forEach(other -> replace(Mutation.OPERATOR, token, other));
        if (token.kind() == Token.Kind.NUMBER) {
            long value = Long.parseLong(token.text());
            replace(Mutation.VALUE, token, String.valueOf(value + 1));
            if (value > 0) {
                replace(Mutation.VALUE, token, String.valueOf(value - 1));
            }
        }
        if (isVariable(i)) {
            variables.stream()
                    .filter(other -> !other.equals(token.text()))
                    .forEach(other -> replace(Mutation.VARIABLE, token, other));
        }
        if (tokens.get(Math.min(i + 1, tokens.size() - 1)).is("(") && FUNCTIONS.containsKey(token.text())) {
            replace(Mutation.FUNCTION, token, String.valueOf(FUNCTIONS.get(token.text())));
        }
        missing(i);
        excess(i);
    }

    /** Leaves out a term, or one side of "and" and "or". */
    private void missing(int i) {
        Token token = tokens.get(i);
        if ((token.is("+") || token.is("-") || token.is("%"))
                && i > 0
                && tokens.get(i + 1).kind() == Token.Kind.NUMBER) {
            String term = source.substring(token.start(), tokens.get(i + 1).end());
            change(
                    Mutation.MISSING,
                    "without '" + term + "'",
                    tokens.get(i - 1).end(),
                    tokens.get(i + 1).end(),
                    "");
        }
        if (token.is("and") || token.is("or")) {
            int end = endOfSide(i);
            String side = source.substring(token.start(), end);
            change(Mutation.MISSING, "without '" + side + "'", tokens.get(i - 1).end(), end, "");
        }
    }

    private int endOfSide(int i) {
        int depth = 0;
        for (int j = i + 1; ; j++) {
            Token token = tokens.get(j);
            depth += token.is("(") || token.is("[") ? 1 : token.is(")") || token.is("]") ? -1 : 0;
            boolean over = token.is("and") || token.is("or") || token.is(":") && depth == 0;
            if (depth < 0 || over || token.kind() == Token.Kind.LINE) {
                return tokens.get(j - 1).end();
            }
        }
    }

    /** Adds a term, or skips the first or last element of a loop. */
    private void excess(int i) {
        Token token = tokens.get(i);
        Token next = tokens.get(Math.min(i + 1, tokens.size() - 1));
        boolean ends = next.is(")") || next.is("]") || next.is(":") || next.kind() == Token.Kind.LINE;
        boolean value = token.kind() == Token.Kind.NUMBER
                || token.is(")")
                || token.is("]")
                || i > 0 && isVariable(i) && !tokens.get(i - 1).is("for");
        if (ends && value) {
            String after = "'" + token.text() + "' in line " + line(token);
            change(Mutation.EXCESS, "1 added after " + after, token.end(), token.end(), " + 1");
            change(Mutation.EXCESS, "1 taken away after " + after, token.end(), token.end(), " - 1");
            if (tokens.subList(Math.max(0, i - 3), i).stream().anyMatch(t -> t.is("in")) && next.is(":")) {
                change(Mutation.EXCESS, "the first element of the loop skipped", token.end(), token.end(), "[1:]");
                change(Mutation.EXCESS, "the last element of the loop skipped", token.end(), token.end(), "[:-1]");
            }
        }
        if (token.is("if") || token.is("while") || token.is("elif")) {
            change(Mutation.EXCESS, "a condition reversed in line " + line(token), token.end(), token.end(), " not");
        }
    }

    private long line(Token token) {
        return source.substring(0, token.start()).lines().count();
    }

    /** Leaves out a statement with all that belongs to it, or has one twice. */
    private void lines() {
        List<String> lines = source.lines().toList();
        int start = lines.get(0).length() + 1;
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            int end = start + line.length() + 1;
            for (int j = i + 1; j < lines.size() && margin(lines.get(j)) > margin(line); j++) {
                end += lines.get(j).length() + 1;
            }
            change(Mutation.MISSING, "without '" + line.strip() + "'", start, end, "");
            if (line.contains("+=") || line.contains("-=") || line.contains(".append(")) {
                change(Mutation.EXCESS, "'" + line.strip() + "' twice", start, start, line + "\n");
            }
            start += line.length() + 1;
        }
    }

    private static int margin(String line) {
        return line.length() - line.stripLeading().length();
    }
}
