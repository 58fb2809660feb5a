package dev.rtel.tasks.generated;

import dev.rtel.tasks.internal.SplitMix;
import dev.rtel.tasks.internal.python.PythonError;
import dev.rtel.tasks.internal.python.Script;
import dev.rtel.tasks.internal.python.UnsupportedScriptException;
import dev.rtel.tasks.internal.python.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Calls with expected results.
 *
 * @param cases different calls, in the order drawn
 */
record CaseSet(List<Case> cases) {
    /** One call. */
    record Case(List<Object> args, Object expected) {
        Map<String, Object> plain() {
            Map<String, Object> plain = new LinkedHashMap<>();
            plain.put("args", args);
            plain.put("expected", expected);
            return plain;
        }
    }

    private static final int TRIES = 20;

    CaseSet {
        cases = List.copyOf(cases);
    }

    /** Draws different calls; fewer when there are not as many. */
    static CaseSet draw(Program program, List<Long> constants, int count, SplitMix random) {
        List<Case> cases = new ArrayList<>();
        List<List<Object>> known = new ArrayList<>();
        for (int i = 0; i < TRIES * count && cases.size() < count; i++) {
            List<Object> args = program.inputs().draw(random);
            if (!known.contains(args)) {
                known.add(args);
                cases.add(new Case(args, program.twin().of(args, constants)));
            }
        }
        return new CaseSet(cases);
    }

    CaseSet without(int first) {
        return new CaseSet(cases.subList(Math.min(first, cases.size()), cases.size()));
    }

    /**
     * How a program does: for each case whether it answers rightly.
     *
     * @param steps statements executed over all cases
     */
    record Outcome(List<Boolean> right, int steps) {
        long passed() {
            return right.stream().filter(r -> r).count();
        }

        boolean all() {
            return passed() == right.size();
        }
    }

    /** Runs a program; empty if it is none, does not end or does what only the real Python may judge. */
    Optional<Outcome> outcome(String code) {
        List<Boolean> right = new ArrayList<>();
        int steps = 0;
        try {
            Script script = Script.parse(code);
            for (Case call : cases) {
                try {
                    Script.Result result = script.call(call.args());
                    steps += result.steps();
                    right.add(Values.equal(result.value(), call.expected()));
                } catch (PythonError e) {
                    right.add(false);
                }
            }
        } catch (UnsupportedScriptException e) {
            return Optional.empty();
        }
        return Optional.of(new Outcome(right, steps));
    }
}
