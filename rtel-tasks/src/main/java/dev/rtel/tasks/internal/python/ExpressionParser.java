package dev.rtel.tasks.internal.python;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads expressions. Not thread-safe. */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=", "in", "not");
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
            "raise");
    private final Words words;

    ExpressionParser(Words words) {
        this.words = words;
    }

    /** One expression, or several with commas between, which are a list. */
    Expression several() {
        Expression first = one();
        if (!words.at(",")) {
            return first;
        }
        List<Expression> all = new ArrayList<>(List.of(first));
        while (words.take(",")) {
            all.add(one());
        }
        return new Items(all);
    }

    private record Items(List<Expression> all) implements Expression {
        @Override
        public Object value(Frame frame) {
            List<Object> values = new ArrayList<>();
            all.forEach(e -> values.add(e.value(frame)));
            return values;
        }

        @Override
        public void assign(Frame frame, Object value) {
            List<Object> values = Values.elements(value);
            if (values.size() != all.size()) {
                throw new PythonError("ValueError");
            }
            for (int i = 0; i < all.size(); i++) {
                all.get(i).assign(frame, values.get(i));
            }
        }
    }

    Expression one() {
        Expression left = conjunction();
        while (words.take("or")) {
            Expression a = left;
            Expression b = conjunction();
            left = frame -> {
                Object value = a.value(frame);
                return Values.truth(value) ? value : b.value(frame);
            };
        }
        return left;
    }

    private Expression conjunction() {
        Expression left = negation();
        while (words.take("and")) {
            Expression a = left;
            Expression b = negation();
            left = frame -> {
                Object value = a.value(frame);
                return Values.truth(value) ? b.value(frame) : value;
            };
        }
        return left;
    }

    private Expression negation() {
        if (words.take("not")) {
            Expression inner = negation();
            return frame -> !Values.truth(inner.value(frame));
        }
        return comparison();
    }

    private Expression comparison() {
        Expression left = sum();
        if (!words.atAny(COMPARISONS)) {
            return left;
        }
        String operator = words.next().text();
        if (operator.equals("not")) {
            words.expect("in");
            operator = "not in";
        }
        String sign = operator;
        Expression right = sum();
        if (words.atAny(COMPARISONS)) {
            throw new UnsupportedScriptException("a chain of comparisons");
        }
        return frame -> Arithmetic.compare(sign, left.value(frame), right.value(frame));
    }

    private Expression sum() {
        Expression left = product();
        while (words.at("+") || words.at("-")) {
            left = operation(words.next().text(), left, product());
        }
        return left;
    }

    private Expression product() {
        Expression left = sign();
        while (words.at("*") || words.at("//") || words.at("%")) {
            left = operation(words.next().text(), left, sign());
        }
        return left;
    }

    static Expression operation(String operator, Expression left, Expression right) {
        return frame -> Arithmetic.of(operator, left.value(frame), right.value(frame));
    }

    private Expression sign() {
        if (words.take("-")) {
            Expression inner = sign();
            return frame -> -Values.number(inner.value(frame));
        }
        Expression on = atom();
        while (words.at("[") || words.at(".")) {
            on = words.take(".") ? method(on) : subscript(on);
        }
        return on;
    }

    private Expression method(Expression on) {
        String name = words.next().text();
        List<Expression> args = list("(", ")");
        return frame -> Functions.method(
                on.value(frame), name, args.stream().map(a -> a.value(frame)).toList());
    }

    private Expression subscript(Expression on) {
        words.expect("[");
        Expression from = words.at(":") ? null : one();
        if (words.take("]")) {
            if (from == null) {
                throw new UnsupportedScriptException("an empty subscript");
            }
            return new Subscript(on, from);
        }
        words.expect(":");
        Expression to = words.at("]") ? null : one();
        words.expect("]");
        return new Subscript.Slice(on, from, to);
    }

    List<Expression> list(String open, String close) {
        words.expect(open);
        List<Expression> items = new ArrayList<>();
        while (!words.take(close)) {
            items.add(one());
            if (!words.at(close)) {
                words.expect(",");
            }
        }
        return items;
    }

    private Expression atom() {
        if (words.at("[")) {
            return new Items(list("[", "]"));
        }
        if (words.take("(")) {
            Expression inner = several();
            words.expect(")");
            return inner;
        }
        if (words.at("{")) {
            return dictionary();
        }
        Token token = words.next();
        return switch (token.kind()) {
            case NUMBER -> constant(Long.parseLong(token.text()));
            case TEXT -> constant(token.text().substring(1, token.text().length() - 1));
            case NAME -> name(token.text());
            default -> throw new UnsupportedScriptException("no expression: '" + token.text() + "'");
        };
    }

    private static Expression constant(Object value) {
        return frame -> value;
    }

    private Expression dictionary() {
        words.expect("{");
        Map<Expression, Expression> entries = new LinkedHashMap<>();
        while (!words.take("}")) {
            Expression key = one();
            words.expect(":");
            entries.put(key, one());
            if (!words.at("}")) {
                words.expect(",");
            }
        }
        return frame -> {
            Map<Object, Object> map = new LinkedHashMap<>();
            entries.forEach((key, value) -> map.put(key.value(frame), value.value(frame)));
            return map;
        };
    }

    private Expression name(String name) {
        if (KEYWORDS.contains(name)) {
            throw new UnsupportedScriptException("no expression: " + name);
        }
        switch (name) {
            case "True":
                return constant(true);
            case "False":
                return constant(false);
            case "None":
                return constant(None.NONE);
            default:
                break;
        }
        if (words.at("(")) {
            List<Expression> args = list("(", ")");
            return frame ->
                    Functions.call(name, args.stream().map(a -> a.value(frame)).toList());
        }
        return new Variable(name);
    }

    private record Variable(String name) implements Expression {
        @Override
        public Object value(Frame frame) {
            return frame.get(name);
        }

        @Override
        public void assign(Frame frame, Object value) {
            frame.set(name, value);
        }
    }
}
