package dev.rtel.tasks.internal.python;

import java.util.List;

/** One function of a small part of Python, ready to be called. Immutable, thread-safe. */
public final class Script {
    private final String name;
    private final List<String> parameters;
    private final Step body;

    Script(String name, List<String> parameters, Step body) {
        this.name = name;
        this.parameters = List.copyOf(parameters);
        this.body = body;
    }

    /**
     * What a call came to.
     *
     * @param value what it returned
     * @param steps statements executed
     */
    public record Result(Object value, int steps) {}

    /**
     * Reads a script that is nothing but one function.
     *
     * @throws UnsupportedScriptException if it is not, or uses more of Python than there is here
     */
    public static Script parse(String text) {
        return new ScriptParser(Lexer.tokens(text)).script();
    }

    /** Returns the name of the function. */
    public String name() {
        return name;
    }

    /** Returns the names of its parameters. */
    public List<String> parameters() {
        return parameters;
    }

    /**
     * Calls the function with copies of the arguments.
     *
     * @throws PythonError if Python would raise
     * @throws UnsupportedScriptException if only the real Python may judge, or after too many steps
     */
    public Result call(List<?> args) {
        Frame frame = new Frame();
        if (args.size() != parameters.size()) {
            throw new UnsupportedScriptException("not as many arguments as parameters");
        }
        for (int i = 0; i < args.size(); i++) {
            frame.set(parameters.get(i), Values.copy(args.get(i)));
        }
        try {
            body.run(frame);
        } catch (ClassCastException e) {
            throw new UnsupportedScriptException("values of kinds that are not expected");
        }
        return new Result(frame.result(), frame.steps());
    }
}
