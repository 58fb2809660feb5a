package dev.rtel.common;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/** Makes {@link PlainData} of JSON tokens in one go; the parser bounds depth and sizes. */
final class PlainReader {
    private final JsonParser parser;

    PlainReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads exactly one value.
     *
     * @throws tools.jackson.core.JacksonException if the text is not exactly one JSON value
     */
    @Nullable
    Object read() {
        Object value = value(first());
        end();
        return value;
    }

    private JsonToken first() {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new StreamReadException(parser, "there is no content");
        }
        return first;
    }

    private void end() {
        if (parser.nextToken() != null) {
            throw new StreamReadException(parser, "there is more after the value");
        }
    }

    /** Tells the objects of a list that is a member of the one object; true if there is such a list. */
    boolean readEach(String member, Set<String> keys, Consumer<Map<String, @Nullable Object>> each) {
        boolean found = false;
        if (first() == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                boolean wanted = parser.currentName().equals(member);
                if (parser.nextToken() == JsonToken.START_ARRAY && wanted) {
                    found = true;
                    tellObjects(keys, each);
                } else {
                    parser.skipChildren();
                }
            }
        } else {
            parser.skipChildren();
        }
        end();
        return found;
    }

    private void tellObjects(Set<String> keys, Consumer<Map<String, @Nullable Object>> each) {
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                parser.skipChildren();
                continue;
            }
            LinkedHashMap<String, @Nullable Object> values = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (keys.contains(name)) {
                    values.put(name, value(value));
                } else {
                    parser.skipChildren();
                }
            }
            each.accept(PlainMap.of(values));
        }
    }

    private @Nullable Object value(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> list();
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> decimal();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new StreamReadException(parser, "unexpected " + token);
        };
    }

    private PlainMap object() {
        LinkedHashMap<String, @Nullable Object> values = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            values.put(name, value(parser.nextToken()));
        }
        return PlainMap.of(values);
    }

    private PlainList list() {
        List<@Nullable Object> values = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            values.add(value(token));
        }
        return new PlainList(values);
    }

    private Number integer() {
        JsonParser.NumberType type = parser.getNumberType();
        if (type != JsonParser.NumberType.BIG_INTEGER) {
            return parser.getLongValue();
        }
        BigInteger big = parser.getBigIntegerValue();
        return big.bitLength() < Long.SIZE ? (Number) big.longValue() : big;
    }

    private BigDecimal decimal() {
        try {
            return parser.getDecimalValue();
        } catch (NumberFormatException | ArithmeticException e) {
            // an exponent of more than nine digits
            throw new StreamReadException(parser, "a number out of range", e);
        }
    }
}
