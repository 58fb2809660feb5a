package dev.rtel.graders.code;

import dev.rtel.graders.internal.Rational;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code ==} on plain data, judged outside the process that made the answer.
 *
 * @param approx largest absolute or relative difference of numbers; 0 = exact
 * @param unordered whether the outermost list or tuple is a bag
 * @param sameType whether {@code 2 == 2.0} and {@code True == 1} do not count
 * @param nanEqual whether nan equals nan
 */
record PyEquality(double approx, boolean unordered, boolean sameType, boolean nanEqual) {
    private static final int LARGEST_BAG = 5000;

    static PyEquality of(Map<String, ? extends @Nullable Object> options) {
        Object approx = options.get("approx");
        double tolerance =
                approx instanceof Number number ? number.doubleValue() : Boolean.TRUE.equals(approx) ? 1e-9 : 0;
        return new PyEquality(
                tolerance,
                Boolean.TRUE.equals(options.get("unordered")),
                Boolean.TRUE.equals(options.get("same_type")),
                Boolean.TRUE.equals(options.get("nan_equal")));
    }

    boolean equal(PyValue expected, PyValue actual) {
        if (unordered
                && expected instanceof PyValue.Items a
                && actual instanceof PyValue.Items b
                && ordered(a)
                && ordered(b)) {
            return a.tag().equals(b.tag()) && bag(a.items(), b.items());
        }
        return same(expected, actual);
    }

    private static boolean ordered(PyValue.Items items) {
        return items.tag().equals("l") || items.tag().equals("t");
    }

    private boolean same(PyValue expected, PyValue actual) {
        if (expected instanceof PyValue.Num a && actual instanceof PyValue.Num b) {
            return (!sameType || a.type().equals(b.type()))
                    && (a.value().equals(b.value()) || near(a.value(), b.value()));
        }
        if (expected instanceof PyValue.Special a && actual instanceof PyValue.Special b) {
            return a.name().equals(b.name()) && (nanEqual || !a.name().equals("nan"));
        }
        if (expected instanceof PyValue.Items a && actual instanceof PyValue.Items b) {
            if (ordered(a) || ordered(b)) {
                return a.tag().equals(b.tag()) && sequence(a.items(), b.items());
            }
            return (!sameType || a.tag().equals(b.tag())) && bag(a.items(), b.items());
        }
        if (expected instanceof PyValue.Dict a && actual instanceof PyValue.Dict b) {
            return bag(pairs(a), pairs(b));
        }
        if (expected instanceof PyValue.Complex a && actual instanceof PyValue.Complex b) {
            return same(a.real(), b.real()) && same(a.imaginary(), b.imaginary());
        }
        return !(expected instanceof PyValue.Opaque) && expected.equals(actual);
    }

    private static List<PyValue> pairs(PyValue.Dict dict) {
        List<PyValue> pairs = new ArrayList<>();
        dict.entries().forEach(e -> pairs.add(new PyValue.Items("t", List.of(e.key(), e.value()))));
        return pairs;
    }

    private boolean sequence(List<PyValue> expected, List<PyValue> actual) {
        if (expected.size() != actual.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!same(expected.get(i), actual.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Equal as bags: by canonical text where equality is exact, by pairing where it is not. */
    private boolean bag(List<PyValue> expected, List<PyValue> actual) {
        if (expected.size() != actual.size()) {
            return false;
        }
        if (approx == 0) {
            Map<String, Integer> counts = new TreeMap<>();
            expected.forEach(v -> counts.merge(key(v), 1, Integer::sum));
            for (PyValue value : actual) {
                Integer left = counts.merge(key(value), -1, Integer::sum);
                if (left < 0) {
                    return false;
                }
            }
            return expected.stream().noneMatch(this::neverEqual);
        }
        if (expected.size() > LARGEST_BAG) {
            return false;
        }
        List<PyValue> rest = new ArrayList<>(actual);
        for (PyValue value : expected) {
            boolean found = false;
            for (int i = 0; i < rest.size() && !found; i++) {
                if (same(value, rest.get(i))) {
                    rest.remove(i);
                    found = true;
                }
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private boolean neverEqual(PyValue value) {
        return value instanceof PyValue.Opaque
                || (value instanceof PyValue.Special s && s.name().equals("nan") && !nanEqual);
    }

    private String key(PyValue value) {
        if (value instanceof PyValue.Num num) {
            return (sameType ? num.type() : "") + "#" + num.value();
        }
        if (value instanceof PyValue.Str str) {
            return "s" + str.value().length() + ":" + str.value();
        }
        if (value instanceof PyValue.Items items) {
            List<String> keys = new ArrayList<>();
            items.items().forEach(item -> keys.add(key(item)));
            if (!ordered(items)) {
                keys.sort(null);
            }
            String tag = ordered(items) || sameType ? items.tag() : "S";
            return tag + keys.size() + "[" + String.join(",", keys) + "]";
        }
        if (value instanceof PyValue.Dict dict) {
            List<String> keys = new ArrayList<>();
            pairs(dict).forEach(pair -> keys.add(key(pair)));
            keys.sort(null);
            return "d" + keys.size() + "{" + String.join(",", keys) + "}";
        }
        // identity keeps an opaque value or a nan apart from everything else
        return neverEqual(value) ? "!" + System.identityHashCode(value) : String.valueOf(value);
    }

    private boolean near(Rational a, Rational b) {
        if (approx <= 0) {
            return false;
        }
        BigDecimal x = decimal(a);
        BigDecimal y = decimal(b);
        BigDecimal tolerance = BigDecimal.valueOf(approx);
        BigDecimal difference = x.subtract(y).abs();
        return difference.compareTo(tolerance) <= 0 || difference.compareTo(tolerance.multiply(x.abs())) <= 0;
    }

    private static BigDecimal decimal(Rational value) {
        return new BigDecimal(value.numerator()).divide(new BigDecimal(value.denominator()), MathContext.DECIMAL128);
    }
}
