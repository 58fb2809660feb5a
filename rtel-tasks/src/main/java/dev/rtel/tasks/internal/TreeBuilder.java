package dev.rtel.tasks.internal;

import dev.rtel.config.ConfigException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/** Builds the tree from the tokens of one file. Not thread-safe, used once. */
final class TreeBuilder {
    private static final int MAX_DEPTH = 100;
    private static final Pattern DUPLICATE = Pattern.compile("^Duplicate Object property \"(.*)\"", Pattern.DOTALL);
    private static final String SCALAR_MARKS = "\"'|>";
    private final JsonParser parser;
    private final String file;
    private final int firstLine;
    private final int[] source;
    private final boolean yaml;
    private final Problems problems = new Problems();
    private long refusedAt = -1;

    TreeBuilder(JsonParser parser, String file, int firstLine) {
        this(parser, file, firstLine, new int[0], false);
    }

    /** For YAML: the source tells quoted scalars from plain ones. */
    TreeBuilder(JsonParser parser, String file, int[] source) {
        this(parser, file, 1, source, true);
    }

    private TreeBuilder(JsonParser parser, String file, int firstLine, int[] source, boolean yaml) {
        this.parser = parser;
        this.file = file;
        this.firstLine = firstLine;
        this.source = source;
        this.yaml = yaml;
    }

    SourceNode read() {
        Place root = new Place(file, firstLine, "");
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new ConfigException(root.say("the file is empty, expected a group of keys"));
        }
        SourceNode node = value(token, root, 0);
        if (parser.nextToken() != null) {
            throw new ConfigException(new Place(file, line(), "")
                    .say(
                            yaml
                                    ? "a second document starts here, expected one"
                                    : "text after the end of the JSON value"));
        }
        problems.throwIfAny();
        return node;
    }

    private SourceNode value(JsonToken token, Place place, int depth) {
        if (depth > MAX_DEPTH) {
            throw new ConfigException(
                    new Place(file, line(), "").say("nested deeper than " + MAX_DEPTH + " levels; make it flatter"));
        }
        refuseYamlExtras(place);
        if (token == JsonToken.START_OBJECT) {
            return group(place, depth);
        }
        if (token == JsonToken.START_ARRAY) {
            return items(place, depth);
        }
        return yaml ? yamlScalar(place) : jsonScalar(token, place);
    }

    private SourceNode group(Place place, int depth) {
        Map<String, SourceNode> members = new LinkedHashMap<>();
        JsonToken token;
        while ((token = nextKey(place, members)) != JsonToken.END_OBJECT && token != null) {
            String key = parser.getString();
            Place member = place.member(key, line());
            checkKey(key, member);
            SourceNode node = value(next(member), member, depth + 1);
            SourceNode first = members.putIfAbsent(key, node);
            if (first != null) {
                twice(member, first);
            }
        }
        return new SourceNode.Group(place, members);
    }

    /** The YAML parser finds duplicate keys itself and stops there, without telling where the first one stands. */
    private @Nullable JsonToken nextKey(Place place, Map<String, SourceNode> members) {
        try {
            return parser.nextToken();
        } catch (StreamReadException e) {
            Matcher matcher = DUPLICATE.matcher(e.getOriginalMessage());
            SourceNode first = matcher.find() ? members.get(matcher.group(1)) : null;
            if (first != null) {
                twice(place.member(matcher.group(1), e.getLocation().getLineNr()), first);
                problems.throwIfAny();
            }
            throw e;
        }
    }

    private void twice(Place place, SourceNode first) {
        problems.add(
                place, "the key is given twice, first on line " + first.place().line() + "; keep one of them");
    }

    private SourceNode items(Place place, int depth) {
        List<SourceNode> items = new ArrayList<>();
        JsonToken token;
        while ((token = parser.nextToken()) != JsonToken.END_ARRAY && token != null) {
            items.add(value(token, place.item(items.size(), line()), depth + 1));
        }
        return new SourceNode.Items(place, items);
    }

    private JsonToken next(Place place) {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new ConfigException(place.say("the file ends here, expected a value"));
        }
        return token;
    }

    private SourceNode jsonScalar(JsonToken token, Place place) {
        String text = parser.getString();
        if (token.isNumeric()) {
            if (!PlainScalars.keepable(text)) {
                problems.add(place, "is a number that cannot be kept: " + text + "; put it in quotes");
                return new SourceNode.Scalar(place, null, text);
            }
            return new SourceNode.Scalar(place, PlainScalars.number(text), text);
        }
        return switch (token) {
            case VALUE_TRUE -> new SourceNode.Scalar(place, true, text);
            case VALUE_FALSE -> new SourceNode.Scalar(place, false, text);
            case VALUE_NULL -> new SourceNode.Scalar(place, null, text);
            default -> new SourceNode.Scalar(place, text, text);
        };
    }

    private SourceNode yamlScalar(Place place) {
        String text = Optional.ofNullable(parser.getString()).orElse("");
        if (quoted(text)) {
            return new SourceNode.Scalar(place, text, text);
        }
        Optional<String> trap = PlainScalars.trap(text);
        if (trap.isPresent()) {
            problems.add(place, trap.get());
            return new SourceNode.Scalar(place, text, text);
        }
        return new SourceNode.Scalar(place, PlainScalars.resolve(text), text);
    }

    private void checkKey(String key, Place place) {
        refuseYamlExtras(place);
        if (!yaml || quoted(key)) {
            return;
        }
        if (key.equals("<<")) {
            problems.add(place, "merge keys are not supported; write the keys out");
        } else if (PlainScalars.trap(key).isPresent() || !(PlainScalars.resolve(key) instanceof String)) {
            problems.add(place, "the key is not text; put it in quotes (\"" + key + "\")");
        }
    }

    /** Anchors, aliases and tags: what they stand for depends on the reader, and a reviewer cannot see it in place. */
    private void refuseYamlExtras(Place near) {
        if (!yaml) {
            return;
        }
        long offset = parser.currentTokenLocation().getCharOffset();
        if (offset == refusedAt) {
            return; // a group starts where its first key does
        }
        refusedAt = offset;
        int mark = sourceAt(0);
        Place place = new Place(file, line(), near.path());
        if (mark == '&' || mark == '*') {
            problems.add(place, "anchors and aliases (& and *) are not supported; write the value out");
        } else if (mark == '!') {
            problems.add(place, "tags (!) are not supported; put the value in quotes to make it text");
        }
    }

    private boolean quoted(String text) {
        int mark = sourceAt(0);
        return SCALAR_MARKS.indexOf(mark) >= 0
                && (!text.isEmpty() || mark == '|' || mark == '>' || sourceAt(1) == mark);
    }

    private int sourceAt(int distance) {
        long index = parser.currentTokenLocation().getCharOffset() + distance;
        return index >= 0 && index < source.length ? source[(int) index] : ' ';
    }

    private int line() {
        return firstLine - 1 + Math.max(1, parser.currentTokenLocation().getLineNr());
    }
}
