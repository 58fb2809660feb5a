package dev.rtel.common;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes {@link PlainData} as JSON text. Thread-safe. */
public final class PlainJson {
    private static final JsonFactory LENIENT = new JsonFactory();
    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final String HEX = "0123456789ABCDEF";

    /** Decimal places beyond which a number is written with an exponent: 1e999999999 has a billion digits. */
    private static final int LONGEST_PLAIN = 1_000;

    private PlainJson() {}

    /** Text that is not JSON, with the place where reading stopped. */
    public static final class MalformedJsonException extends RtelException {
        private static final long serialVersionUID = 1L;

        MalformedJsonException(JacksonException cause) {
            super("not JSON: " + cause.getOriginalMessage() + at(cause), cause);
        }

        MalformedJsonException(String reason) {
            super("not JSON as expected: " + reason, null);
        }

        private static String at(JacksonException cause) {
            var location = cause.getLocation();
            return location == null || location.getLineNr() < 0
                    ? ""
                    : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
        }
    }

    /** Writes on one line; map order is kept. Halves of surrogate pairs, which UTF-8 cannot hold, are escaped. */
    public static String write(@Nullable Object plain) {
        StringBuilder out = new StringBuilder();
        write(plain, out);
        return out.toString();
    }

    /** Appends what {@link #write(Object)} returns. By hand, since it runs many times a trial; binding takes its time. */
    public static void write(@Nullable Object plain, StringBuilder out) {
        if (plain instanceof String text) {
            quote(text, out);
        } else if (plain instanceof Map<?, ?> map) {
            out.append('{');
            String separator = "";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator);
                quote(String.valueOf(entry.getKey()), out);
                out.append(':');
                write(entry.getValue(), out);
                separator = ",";
            }
            out.append('}');
        } else if (plain instanceof Collection<?> list) {
            out.append('[');
            String separator = "";
            for (Object value : list) {
                out.append(separator);
                write(value, out);
                separator = ",";
            }
            out.append(']');
        } else if (plain == null
                || plain instanceof Boolean
                || plain instanceof Long
                || plain instanceof Integer
                || plain instanceof BigDecimal
                || plain instanceof BigInteger
                || plain instanceof Double number && Double.isFinite(number)) {
            out.append(plain);
        } else {
            out.append(Binding.MAPPER.writeValueAsString(plain));
        }
    }

    /** For what is no plain data; loaded late, since making a mapper takes longer than most that is written here. */
    private static final class Binding {
        static final JsonMapper MAPPER = JsonMapper.builder().build();
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        int copied = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c) && !paired(text, i)) {
                out.append(text, copied, i);
                escape(c, out);
                copied = i + 1;
            }
        }
        out.append(text, copied, text.length()).append('"');
    }

    private static boolean paired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    private static void escape(char c, StringBuilder out) {
        out.append('\\');
        switch (c) {
            case '\n' -> out.append('n');
            case '\r' -> out.append('r');
            case '\t' -> out.append('t');
            case '\b' -> out.append('b');
            case '\f' -> out.append('f');
            case '"', '\\' -> out.append(c);
            default -> {
                out.append('u');
                for (int shift = Short.SIZE - 4; shift >= 0; shift -= 4) {
                    out.append(HEX.charAt(c >> shift & 0xf));
                }
            }
        }
    }

    /** Writes with indentation, lists on one line as far as they hold no objects; map order is kept. */
    public static String writePretty(@Nullable Object plain) {
        StringBuilder out = new StringBuilder();
        writePretty(plain, "\n", out);
        return out.toString();
    }

    private static void writePretty(@Nullable Object plain, String margin, StringBuilder out) {
        if (plain instanceof Map<?, ?> map) {
            String inner = margin + "  ";
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator).append(inner);
                quote(String.valueOf(entry.getKey()), out);
                out.append(" : ");
                writePretty(entry.getValue(), inner, out);
                separator = ",";
            }
            out.append(map.isEmpty() ? "{ }" : margin + "}");
        } else if (plain instanceof Collection<?> list) {
            String separator = "[ ";
            for (Object value : list) {
                out.append(separator);
                writePretty(value, margin, out);
                separator = ", ";
            }
            out.append(list.isEmpty() ? "[ ]" : " ]");
        } else {
            write(plain, out);
        }
    }

    /**
     * Reads any JSON value; of duplicate keys the last one holds.
     *
     * @throws MalformedJsonException if the text is not exactly one JSON value
     */
    public static @Nullable Object read(String json) {
        return read(LENIENT, json);
    }

    /**
     * Reads a JSON object and refuses duplicate keys.
     *
     * @throws MalformedJsonException if the text is not exactly one JSON object with unique keys
     */
    public static Map<String, @Nullable Object> readObject(String json) {
        if (read(STRICT, json) instanceof PlainMap object) {
            return object;
        }
        throw new MalformedJsonException("expected an object");
    }

    private static @Nullable Object read(JsonFactory factory, String json) {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), json)) {
            return new PlainReader(parser).read();
        } catch (JacksonException e) {
            throw new MalformedJsonException(e);
        }
    }

    /**
     * Reads the objects of a long list one after another, in order, and of each only some members: nothing else is held.
     * Values in the list that are no objects are passed over.
     *
     * @param member name of the list in the one object that the text holds
     * @param keys members to read
     * @param each told each object
     * @return whether there is such a list
     * @throws MalformedJsonException if the text is not exactly one JSON value; some objects may have been told by then
     */
    public static boolean readEach(
            String json, String member, Set<String> keys, Consumer<Map<String, @Nullable Object>> each) {
        try (JsonParser parser = LENIENT.createParser(ObjectReadContext.empty(), json)) {
            return new PlainReader(parser).readEach(member, keys, each);
        } catch (JacksonException e) {
            throw new MalformedJsonException(e);
        }
    }

    /** Writes with sorted keys, no white space and shortest decimals: equal data, equal text. For fingerprints. */
    public static String canonical(@Nullable Object plain) {
        StringBuilder out = new StringBuilder();
        canonical(PlainData.copyOfValue(plain), out);
        return out.toString();
    }

    private static void canonical(@Nullable Object value, StringBuilder out) {
        if (value instanceof Map<?, ?> map) {
            out.append('{');
            Iterator<? extends Map.Entry<?, ?>> entries =
                    new TreeMap<>(map).entrySet().iterator();
            while (entries.hasNext()) {
                Map.Entry<?, ?> entry = entries.next();
                out.append(write(entry.getKey())).append(':');
                canonical(entry.getValue(), out);
                out.append(entries.hasNext() ? "," : "");
            }
            out.append('}');
        } else if (value instanceof List<?> list) {
            out.append('[');
            for (int i = 0; i < list.size(); i++) {
                out.append(i == 0 ? "" : ",");
                canonical(list.get(i), out);
            }
            out.append(']');
        } else if (value instanceof BigDecimal decimal) {
            BigDecimal shortest = decimal.signum() == 0 ? BigDecimal.ZERO : decimal.stripTrailingZeros();
            boolean readable = Math.abs((long) shortest.scale()) <= LONGEST_PLAIN;
            out.append(readable ? shortest.toPlainString() : shortest.toString());
        } else {
            out.append(write(value));
        }
    }
}
