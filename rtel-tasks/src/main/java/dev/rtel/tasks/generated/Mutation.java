package dev.rtel.tasks.generated;

import java.util.List;

/**
 * A change that makes a program wrong.
 *
 * @param kind one of {@link #KINDS}
 * @param what what was changed, in a few words
 * @param source the program before it
 * @param from where the change starts
 * @param to where it ends
 * @param text what stands there after it
 */
record Mutation(String kind, String what, String source, int from, int to, String text) {
    static final String VALUE = "value-misuse";
    static final String MISSING = "missing-logic";
    static final String EXCESS = "excess-logic";
    static final String OPERATOR = "operator-misuse";
    static final String VARIABLE = "variable-misuse";
    static final String FUNCTION = "function-misuse";

    /** The kinds of HumanEvalFix (arXiv 2308.07124). */
    static final List<String> KINDS = List.of(VALUE, MISSING, EXCESS, OPERATOR, VARIABLE, FUNCTION);

    /** The program after it. */
    String code() {
        return source.substring(0, from) + text + source.substring(to);
    }
}
