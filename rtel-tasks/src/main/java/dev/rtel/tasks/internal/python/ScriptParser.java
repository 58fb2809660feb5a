package dev.rtel.tasks.internal.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the statements of one function. Not thread-safe. */
final class ScriptParser {
    private static final Set<String> CHANGES = Set.of("+=", "-=", "*=", "//=", "%=");
    private final Words words;
    private final ExpressionParser expressions;

    ScriptParser(List<Token> tokens) {
        this.words = new Words(tokens);
        this.expressions = new ExpressionParser(words);
    }

    Script script() {
        words.expect("def");
        String name = words.next().text();
        words.expect("(");
        List<String> parameters = new ArrayList<>();
        while (!words.take(")")) {
            parameters.add(words.next().text());
            if (!words.at(")")) {
                words.expect(",");
            }
        }
        Step body = block();
        words.expect(Token.Kind.END);
        return new Script(name, parameters, body);
    }

    private Step block() {
        words.expect(":");
        words.expect(Token.Kind.LINE);
        words.expect(Token.Kind.INDENT);
        List<Step> steps = new ArrayList<>();
        while (!words.at(Token.Kind.DEDENT)) {
            steps.add(statement());
        }
        words.expect(Token.Kind.DEDENT);
        return frame -> {
            for (Step step : steps) {
                Step.Next next = step.run(frame);
                if (next != Step.Next.GO_ON) {
                    return next;
                }
            }
            return Step.Next.GO_ON;
        };
    }

    private Step statement() {
        if (words.take("if")) {
            return counted(condition());
        }
        if (words.take("while")) {
            Expression condition = expressions.one();
            return counted(loop(condition, block()));
        }
        if (words.take("for")) {
            Expression target = targets();
            words.expect("in");
            Expression over = expressions.one();
            return counted(loop(target, over, block()));
        }
        Step step = simple();
        words.expect(Token.Kind.LINE);
        return counted(step);
    }

    /** The names of a loop; "in" must not be taken for a comparison. */
    private Expression targets() {
        List<String> names = new ArrayList<>();
        do {
            Token token = words.next();
            if (token.kind() != Token.Kind.NAME) {
                throw new UnsupportedScriptException("no name: '" + token.text() + "'");
            }
            names.add(token.text());
        } while (words.take(","));
        return new Expression() {
            @Override
            public Object value(Frame frame) {
                throw new UnsupportedScriptException("a target has no value");
            }

            @Override
            public void assign(Frame frame, Object value) {
                List<Object> values = names.size() == 1 ? List.of(value) : Values.elements(value);
                if (values.size() != names.size()) {
                    throw new PythonError("ValueError");
                }
                for (int i = 0; i < names.size(); i++) {
                    frame.set(names.get(i), values.get(i));
                }
            }
        };
    }

    private static Step counted(Step step) {
        return frame -> {
            frame.step();
            return step.run(frame);
        };
    }

    private Step condition() {
        Expression condition = expressions.one();
        Step then = block();
        Optional<Step> otherwise = Optional.empty();
        if (words.take("elif")) {
            otherwise = Optional.of(condition());
        } else if (words.take("else")) {
            otherwise = Optional.of(block());
        }
        Optional<Step> last = otherwise;
        return frame -> Values.truth(condition.value(frame))
                ? then.run(frame)
                : last.map(step -> step.run(frame)).orElse(Step.Next.GO_ON);
    }

    private static Step loop(Expression condition, Step body) {
        return frame -> {
            while (Values.truth(condition.value(frame))) {
                frame.step();
                Step.Next next = body.run(frame);
                if (next == Step.Next.BREAK) {
                    break;
                }
                if (next == Step.Next.RETURN) {
                    return next;
                }
            }
            return Step.Next.GO_ON;
        };
    }

    private static Step loop(Expression target, Expression over, Step body) {
        return frame -> {
            Object all = over.value(frame);
            // Python sees what is appended meanwhile
            List<?> elements = all instanceof List<?> list ? list : Values.elements(all);
            for (int i = 0; i < elements.size(); i++) {
                frame.step();
                target.assign(frame, elements.get(i));
                Step.Next next = body.run(frame);
                if (next == Step.Next.BREAK) {
                    break;
                }
                if (next == Step.Next.RETURN) {
                    return next;
                }
            }
            return Step.Next.GO_ON;
        };
    }

    private Step simple() {
        if (words.take("return")) {
            Expression value = words.at(Token.Kind.LINE) ? frame -> None.NONE : expressions.several();
            return frame -> {
                frame.result(value.value(frame));
                return Step.Next.RETURN;
            };
        }
        if (words.take("break")) {
            return frame -> Step.Next.BREAK;
        }
        if (words.take("continue")) {
            return frame -> Step.Next.CONTINUE;
        }
        if (words.take("pass")) {
            return frame -> Step.Next.GO_ON;
        }
        Expression target = expressions.several();
        Optional<String> change = CHANGES.stream().filter(words::at).findFirst();
        if (change.isPresent()) {
            words.next();
            Expression value = expressions.several();
            String operator = change.get().replace("=", "");
            return assignment(target, frame -> {
                Object old = target.value(frame);
                if (old instanceof List) {
                    throw new UnsupportedScriptException("a list changed in place by " + operator);
                }
                return Arithmetic.of(operator, old, value.value(frame));
            });
        }
        if (words.take("=")) {
            return assignment(target, expressions.several());
        }
        return frame -> {
            target.value(frame);
            return Step.Next.GO_ON;
        };
    }

    private static Step assignment(Expression target, Expression value) {
        return frame -> {
            target.assign(frame, value.value(frame));
            return Step.Next.GO_ON;
        };
    }
}
