package dev.rtel.tasks.internal.python;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Python's values: {@link Long}, {@link Boolean}, {@link String}, {@link List}, {@link Map} and {@link None}. Where two
 * of them meet that these scripts should not mix, only the real Python may judge.
 */
public final class Values {
    private Values() {}

    static UnsupportedScriptException mixed(String operation, Object one, Object other) {
        return new UnsupportedScriptException(operation + " of "
                + one.getClass().getSimpleName() + " and " + other.getClass().getSimpleName());
    }

    static boolean truth(Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        if (value instanceof Long number) {
            return number != 0;
        }
        return value != None.NONE && length(value) > 0;
    }

    static long number(Object value) {
        if (value instanceof Long number) {
            return number;
        }
        throw new UnsupportedScriptException("no number: " + value.getClass().getSimpleName());
    }

    static int index(Object value) {
        try {
            return Math.toIntExact(number(value));
        } catch (ArithmeticException e) {
            throw new UnsupportedScriptException("an index of more than 32 bits");
        }
    }

    static int length(Object value) {
        if (value instanceof String text) {
            return text.length();
        }
        if (value instanceof Collection<?> list) {
            return list.size();
        }
        if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        throw new UnsupportedScriptException("no length");
    }

    /** The elements of what a loop may run over. */
    static List<Object> elements(Object value) {
        if (value instanceof String text) {
            List<Object> letters = new ArrayList<>();
            text.chars().forEach(c -> letters.add(String.valueOf((char) c)));
            return letters;
        }
        if (value instanceof Collection<?> list) {
            return new ArrayList<>(list);
        }
        if (value instanceof Map<?, ?> map) {
            return new ArrayList<>(map.keySet());
        }
        throw new UnsupportedScriptException("nothing to run over");
    }

    /** Whether {@code ==} holds in Python, where {@code True == 1}. */
    public static boolean equal(Object one, Object other) {
        if (one instanceof List<?> a && other instanceof List<?> b) {
            if (a.size() != b.size()) {
                return false;
            }
            for (int i = 0; i < a.size(); i++) {
                if (!equal(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return plain(one).equals(plain(other));
    }

    private static Object plain(Object value) {
        return value instanceof Boolean truth ? (Object) (truth ? 1L : 0L) : value;
    }

    static int compare(Object one, Object other) {
        if (one instanceof Long a && other instanceof Long b) {
            return a.compareTo(b);
        }
        if (one instanceof String a && other instanceof String b) {
            return a.compareTo(b);
        }
        if (one instanceof List<?> a && other instanceof List<?> b) {
            for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
                if (!equal(a.get(i), b.get(i))) {
                    return compare(a.get(i), b.get(i));
                }
            }
            return Integer.compare(a.size(), b.size());
        }
        throw mixed("an order", one, other);
    }

    static boolean contains(Object holder, Object value) {
        if (holder instanceof String text && value instanceof String part) {
            return text.contains(part);
        }
        if (holder instanceof String) {
            throw mixed("containment", holder, value);
        }
        return elements(holder).stream().anyMatch(element -> equal(element, value));
    }

    /** A copy that shares nothing which can change. */
    public static Object copy(Object value) {
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(copy(element)));
            return copy;
        }
        return value;
    }
}
