package dev.rtel.graders.code;

import dev.rtel.eval.CodeJob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One case: what to send, and whether a reply is right. Immutable. */
final class CaseJudge {
    private static final Set<String> KEYS = Set.of(
            "args", "kwargs", "expected", "approx", "unordered", "raises", "args_after", "same_type", "nan_equal");
    private final List<PyValue> args = new ArrayList<>();
    private final Map<String, PyValue> kwargs = new LinkedHashMap<>();
    private final Optional<PyValue> expected;
    private final Optional<PyValue> argsAfter;
    private final @Nullable Object raises;
    private final PyEquality equality;

    /**
     * Reads a case.
     *
     * @throws IllegalArgumentException if it is malformed
     */
    CaseJudge(CodeJob.Case source) {
        Map<String, @Nullable Object> fields = source.fields();
        for (String key : fields.keySet()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("unknown key '" + key + "'; known: "
                        + KEYS.stream().sorted().toList());
            }
        }
        if (fields.get("args") instanceof List<?> list) {
            list.forEach(arg -> args.add(PyValue.ofPlain(arg)));
        } else if (fields.get("args") != null) {
            throw new IllegalArgumentException("args is no list");
        }
        if (fields.get("kwargs") instanceof Map<?, ?> map) {
            map.forEach((key, value) -> kwargs.put(String.valueOf(key), PyValue.ofPlain(value)));
        } else if (fields.get("kwargs") != null) {
            throw new IllegalArgumentException("kwargs is no map");
        }
        expected = fields.containsKey("expected")
                ? Optional.of(PyValue.ofPlain(fields.get("expected")))
                : Optional.empty();
        argsAfter = fields.containsKey("args_after")
                ? Optional.of(PyValue.ofPlain(fields.get("args_after")))
                : Optional.empty();
        raises = fields.get("raises");
        if (expected.isEmpty() && argsAfter.isEmpty() && raises == null) {
            throw new IllegalArgumentException("needs at least one of expected, raises, args_after");
        }
        if (argsAfter.isPresent()
                && !(argsAfter.get() instanceof PyValue.Items items
                        && items.tag().equals("l"))) {
            throw new IllegalArgumentException("args_after is no list");
        }
        if (raises != null && (expected.isPresent() || !(raises instanceof String || raises.equals(true)))) {
            throw new IllegalArgumentException("raises is the name of an exception or true, and excludes expected");
        }
        equality = PyEquality.of(fields);
    }

    Map<String, Object> request(String entry) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("op", "call");
        request.put("entry", entry);
        request.put("args", args.stream().map(PyValue::toTagged).toList());
        Map<String, Object> named = new LinkedHashMap<>();
        kwargs.forEach((key, value) -> named.put(key, value.toTagged()));
        request.put("kwargs", named);
        request.put("return_args", argsAfter.isPresent());
        return request;
    }

    /** Returns PASS, WRONG or RAISED. */
    String judge(Map<String, ? extends @Nullable Object> reply) throws PyValue.MalformedException {
        if (reply.get("raised") instanceof Map<?, ?> raised) {
            if (raises == null) {
                return "RAISED";
            }
            boolean named = raised.get("types") instanceof List<?> types && types.contains(raises);
            return raises.equals(true) || named ? "PASS" : "RAISED";
        }
        if (!reply.containsKey("value")) {
            throw new PyValue.MalformedException("neither a value nor an exception");
        }
        PyValue value = PyValue.ofTagged(reply.get("value"));
        if (raises != null) {
            return "WRONG";
        }
        boolean right = expected.isEmpty() || equality.equal(expected.get(), value);
        if (right && argsAfter.isPresent()) {
            List<PyValue> after = new ArrayList<>();
            if (reply.get("args") instanceof List<?> list) {
                for (Object item : list) {
                    after.add(PyValue.ofTagged(item));
                }
            }
            right = equality.equal(argsAfter.get(), new PyValue.Items("l", after));
        }
        return right ? "PASS" : "WRONG";
    }
}
