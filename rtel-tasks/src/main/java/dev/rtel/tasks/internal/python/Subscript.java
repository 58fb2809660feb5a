package dev.rtel.tasks.internal.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code on[index]}. */
record Subscript(Expression on, Expression index) implements Expression {
    @Override
    public Object value(Frame frame) {
        Object holder = on.value(frame);
        Object key = index.value(frame);
        if (holder instanceof Map<?, ?> map) {
            Object value = map.get(key);
            if (value == null) {
                throw new PythonError("KeyError");
            }
            return value;
        }
        int at = place(key, Values.length(holder));
        return holder instanceof String text
                ? String.valueOf(text.charAt(at))
                : list(holder).get(at);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void assign(Frame frame, Object value) {
        Object holder = on.value(frame);
        Object key = index.value(frame);
        if (holder instanceof Map<?, ?> map) {
            ((Map<Object, Object>) map).put(key, value);
        } else if (holder instanceof List<?> list) {
            ((List<Object>) list).set(place(key, list.size()), value);
        } else {
            throw new UnsupportedScriptException("an element of this cannot be set");
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object holder) {
        if (holder instanceof List<?> list) {
            return (List<Object>) list;
        }
        throw new UnsupportedScriptException("no list");
    }

    private static int place(Object key, int length) {
        int index = Values.index(key);
        int at = index < 0 ? index + length : index;
        if (at < 0 || at >= length) {
            throw new PythonError("IndexError");
        }
        return at;
    }

    /** {@code on[from:to]}. */
    record Slice(
            Expression on,
            @Nullable Expression from,
            @Nullable Expression to) implements Expression {
        @Override
        public Object value(Frame frame) {
            Object holder = on.value(frame);
            int length = Values.length(holder);
            int start = from == null ? 0 : bound(from.value(frame), length);
            int end = to == null ? length : bound(to.value(frame), length);
            if (holder instanceof String text) {
                return start < end ? text.substring(start, end) : "";
            }
            List<Object> elements = list(holder);
            return start < end ? new ArrayList<>(elements.subList(start, end)) : new ArrayList<>();
        }

        private static int bound(Object value, int length) {
            int index = Values.index(value);
            return Math.max(0, Math.min(length, index < 0 ? index + length : index));
        }
    }
}
