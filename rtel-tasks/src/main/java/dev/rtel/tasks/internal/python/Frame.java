package dev.rtel.tasks.internal.python;

import java.util.HashMap;
import java.util.Map;

/** One call: its variables, and how many statements it has executed. Not thread-safe. */
final class Frame {
    private static final int LIMIT = 2_000;
    private final Map<String, Object> variables = new HashMap<>();
    private Object result = None.NONE;
    private int steps;

    Object get(String name) {
        Object value = variables.get(name);
        if (value == null) {
            throw new PythonError("NameError");
        }
        return value;
    }

    void set(String name, Object value) {
        variables.put(name, value);
    }

    void step() {
        if (++steps > LIMIT) {
            throw new UnsupportedScriptException("more than " + LIMIT + " steps");
        }
    }

    int steps() {
        return steps;
    }

    Object result() {
        return result;
    }

    void result(Object value) {
        this.result = value;
    }
}
