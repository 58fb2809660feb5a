package dev.rtel.tasks.internal.python;

import java.util.ArrayList;
import java.util.List;

/** Operators between two values. */
final class Arithmetic {
    private static final int LONGEST = 2_000;

    private Arithmetic() {}

    static Object of(String operator, Object one, Object other) {
        try {
            return switch (operator) {
                case "+" -> plus(one, other);
                case "-" -> Math.subtractExact(Values.number(one), Values.number(other));
                case "*" -> times(one, other);
                case "//" -> Math.floorDiv(Values.number(one), divisor(other));
                case "%" -> Math.floorMod(Values.number(one), divisor(other));
                default -> throw new UnsupportedScriptException("operator " + operator);
            };
        } catch (ArithmeticException e) {
            throw new UnsupportedScriptException("a number of more than 64 bits");
        }
    }

    private static long divisor(Object value) {
        long divisor = Values.number(value);
        if (divisor == 0) {
            throw new PythonError("ZeroDivisionError");
        }
        return divisor;
    }

    private static Object plus(Object one, Object other) {
        if (one instanceof String a && other instanceof String b) {
            return a + b;
        }
        if (one instanceof List<?> a && other instanceof List<?> b) {
            List<Object> sum = new ArrayList<>(a);
            sum.addAll(b);
            return sum;
        }
        return Math.addExact(Values.number(one), Values.number(other));
    }

    private static Object times(Object one, Object other) {
        if (one instanceof String text && other instanceof Long times && times * text.length() < LONGEST) {
            return text.repeat((int) Math.max(0, times));
        }
        if (one instanceof List<?> list && other instanceof Long times && times * list.size() < LONGEST) {
            List<Object> product = new ArrayList<>();
            for (long i = 0; i < times; i++) {
                product.addAll(list);
            }
            return product;
        }
        return Math.multiplyExact(Values.number(one), Values.number(other));
    }

    static boolean compare(String operator, Object one, Object other) {
        return switch (operator) {
            case "==" -> Values.equal(one, other);
            case "!=" -> !Values.equal(one, other);
            case "<" -> Values.compare(one, other) < 0;
            case "<=" -> Values.compare(one, other) <= 0;
            case ">" -> Values.compare(one, other) > 0;
            case ">=" -> Values.compare(one, other) >= 0;
            case "in" -> Values.contains(other, one);
            case "not in" -> !Values.contains(other, one);
            default -> throw new UnsupportedScriptException("operator " + operator);
        };
    }
}
