package dev.rtel.tasks.internal.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Functions and methods that scripts may call. */
final class Functions {
    private static final int LONGEST_RANGE = 5_000;

    private Functions() {}

    static Object call(String name, List<Object> args) {
        String what = name + "/" + args.size();
        return switch (what) {
            case "len/1" -> (long) Values.length(args.get(0));
            case "abs/1" -> Math.abs(Values.number(args.get(0)));
            case "str/1" -> text(args.get(0));
            case "int/1" -> integer(args.get(0));
            case "sum/1" ->
                Values.elements(args.get(0)).stream().mapToLong(Values::number).sum();
            case "min/1" -> extreme(Values.elements(args.get(0)), -1);
            case "max/1" -> extreme(Values.elements(args.get(0)), 1);
            case "min/2", "min/3" -> extreme(args, -1);
            case "max/2", "max/3" -> extreme(args, 1);
            case "list/1" -> Values.elements(args.get(0));
            case "sorted/1" -> sorted(args.get(0));
            case "range/1" -> range(0, Values.index(args.get(0)), 1);
            case "range/2" -> range(Values.index(args.get(0)), Values.index(args.get(1)), 1);
            case "range/3" -> range(Values.index(args.get(0)), Values.index(args.get(1)), Values.index(args.get(2)));
            default -> throw new UnsupportedScriptException("function " + what);
        };
    }

    private static Object text(Object value) {
        if (value instanceof Long || value instanceof String) {
            return value.toString();
        }
        throw new UnsupportedScriptException("text of this");
    }

    private static Object integer(Object value) {
        if (value instanceof Long) {
            return value;
        }
        if (value instanceof String text && text.matches("[0-9]{1,18}")) {
            return Long.parseLong(text);
        }
        throw new UnsupportedScriptException("a number of this");
    }

    private static Object extreme(List<Object> values, int sign) {
        if (values.isEmpty()) {
            throw new PythonError("ValueError");
        }
        Object best = values.get(0);
        for (Object value : values) {
            if (Values.compare(value, best) * sign > 0) {
                best = value;
            }
        }
        return best;
    }

    private static Object sorted(Object value) {
        List<Object> sorted = Values.elements(value);
        sorted.sort(Values::compare);
        return sorted;
    }

    private static Object range(int from, int to, int step) {
        if (step == 0) {
            throw new PythonError("ValueError");
        }
        List<Object> numbers = new ArrayList<>();
        for (long i = from; step > 0 ? i < to : i > to; i += step) {
            numbers.add(i);
            if (numbers.size() > LONGEST_RANGE) {
                throw new UnsupportedScriptException("a long range");
            }
        }
        return numbers;
    }

    @SuppressWarnings("unchecked")
    static Object method(Object on, String name, List<Object> args) {
        String what = name + "/" + args.size();
        if (on instanceof List<?> any) {
            List<Object> list = (List<Object>) any;
            switch (what) {
                case "append/1" -> {
                    list.add(args.get(0));
                    return None.NONE;
                }
                case "pop/0" -> {
                    return removed(list, list.size() - 1);
                }
                case "pop/1" -> {
                    int index = Values.index(args.get(0));
                    return removed(list, index < 0 ? index + list.size() : index);
                }
                case "count/1" -> {
                    return list.stream()
                            .filter(element -> Values.equal(element, args.get(0)))
                            .count();
                }
                default -> throw new UnsupportedScriptException("method " + what);
            }
        }
        if (on instanceof String text) {
            return switch (what) {
                case "lower/0" -> text.toLowerCase(Locale.ROOT);
                case "upper/0" -> text.toUpperCase(Locale.ROOT);
                case "strip/0" -> text.strip();
                case "find/1" -> (long) text.indexOf((String) args.get(0));
                case "rfind/1" -> (long) text.lastIndexOf((String) args.get(0));
                case "count/1" -> (long) text.split(java.util.regex.Pattern.quote((String) args.get(0)), -1).length - 1;
                case "startswith/1" -> text.startsWith((String) args.get(0));
                case "endswith/1" -> text.endsWith((String) args.get(0));
                case "isdigit/0" -> text.matches("[0-9]+");
                case "isalpha/0" -> text.matches("[A-Za-z]+");
                case "split/0" ->
                    text.isBlank()
                            ? new ArrayList<>()
                            : new ArrayList<Object>(List.of(text.strip().split(" +")));
                case "join/1" ->
                    String.join(
                            text,
                            Values.elements(args.get(0)).stream()
                                    .map(String.class::cast)
                                    .toList());
                default -> throw new UnsupportedScriptException("method " + what);
            };
        }
        if (on instanceof Map<?, ?> map && what.equals("get/2")) {
            Object value = map.get(args.get(0));
            return value == null ? args.get(1) : value;
        }
        throw new UnsupportedScriptException("method " + what);
    }

    private static Object removed(List<Object> list, int index) {
        if (index < 0 || index >= list.size()) {
            throw new PythonError("IndexError");
        }
        return list.remove(index);
    }
}
