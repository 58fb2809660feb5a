package dev.rtel.eval;

import dev.rtel.common.PlainJson;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Text of JSON objects that is written member by member; what is empty is left out. */
abstract class WrittenJson {
    final StringBuilder out;

    WrittenJson(int usualLength) {
        out = new StringBuilder(usualLength);
    }

    final void field(String name, Optional<?> value) {
        if (value.isPresent()) {
            field(name, value.get());
        }
    }

    final void field(String name, OptionalLong value) {
        if (value.isPresent()) {
            field(name, value.getAsLong());
        }
    }

    final void field(String name, OptionalDouble value) {
        if (value.isPresent()) {
            field(name, value.getAsDouble());
        }
    }

    final void field(String name, OptionalInt value) {
        if (value.isPresent()) {
            field(name, value.getAsInt());
        }
    }

    final void field(String name, Map<String, ? extends @Nullable Object> value) {
        name(name);
        PlainJson.write(value, out);
    }

    final void field(String name, Object value) {
        name(name);
        PlainJson.write(value, out);
    }

    final void name(String name) {
        if (out.charAt(out.length() - 1) != '{') {
            out.append(',');
        }
        out.append('"').append(name).append("\":");
    }
}
