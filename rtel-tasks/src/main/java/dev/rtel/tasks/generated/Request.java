package dev.rtel.tasks.generated;

import dev.rtel.config.ConfigException;
import dev.rtel.config.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What is to be made.
 *
 * @param generator which kind of problems
 * @param seed any number
 * @param count how many samples, 1 to {@value #MOST}
 * @param level their difficulty; empty: the levels take turns
 * @param given parameters that are the same in all samples, in the order of the generator's
 */
record Request(Generator generator, long seed, int count, Optional<Level> level, Map<String, Object> given) {
    /** A task file of as many samples is still read back. */
    static final int MOST = 1_000;

    private static final String SEED = "seed";
    private static final String COUNT = "n";
    private static final String DIFFICULTY = "difficulty";

    /**
     * Reads {@code name?key=value&key=value}.
     *
     * @throws ConfigException if a name or value is none there may be
     */
    static Request parse(String where, String text) {
        int mark = text.indexOf('?');
        String name = mark < 0 ? text : text.substring(0, mark);
        Map<String, String> values = new LinkedHashMap<>();
        String query = mark < 0 ? "" : text.substring(mark + 1);
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int sign = pair.indexOf('=');
            if (sign < 1) {
                throw new ConfigException(
                        where + ": '" + pair + "' is no parameter, expected key=value, e.g. knights?seed=7&n=50");
            }
            if (values.put(pair.substring(0, sign), pair.substring(sign + 1)) != null) {
                throw new ConfigException(where + ": '" + pair.substring(0, sign) + "' is given twice");
            }
        }
        return of(where, name, values);
    }

    /**
     * Checks every value.
     *
     * @throws ConfigException if a name or value is none there may be
     */
    static Request of(String where, String name, Map<String, String> values) {
        Generator generator = Generators.named(where, name);
        List<String> known = new ArrayList<>(List.of(SEED, COUNT, DIFFICULTY));
        generator.knobs().forEach(knob -> known.add(knob.name()));
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                throw new ConfigException(where + ": generator '" + name + "' has no parameter '" + key + "'"
                        + Suggestions.hint(key, known) + "; it has: " + new TreeSet<>(known));
            }
        }
        long seed = number(where, SEED, values.getOrDefault(SEED, "1"), Long.MIN_VALUE, Long.MAX_VALUE);
        int count = (int) number(where, COUNT, values.getOrDefault(COUNT, "20"), 1, MOST);
        Map<String, Object> given = new LinkedHashMap<>();
        for (Knob knob : generator.knobs()) {
            String value = values.get(knob.name());
            if (value != null) {
                given.put(knob.name(), checked(where, knob, value));
            }
        }
        return new Request(generator, seed, count, level(where, values.getOrDefault(DIFFICULTY, Level.MIXED)), given);
    }

    private static Optional<Level> level(String where, String word) {
        if (!Level.words().contains(word)) {
            throw new ConfigException(where + ": difficulty is '" + word + "'" + Suggestions.hint(word, Level.words())
                    + ", expected one of " + Level.words());
        }
        return word.equals(Level.MIXED)
                ? Optional.empty()
                : List.of(Level.values()).stream()
                        .filter(l -> l.word().equals(word))
                        .findFirst();
    }

    private static Object checked(String where, Knob knob, String value) {
        if (knob.isNumber()) {
            return number(where, knob.name(), value, knob.least(), knob.most());
        }
        if (!knob.words().contains(value)) {
            throw new ConfigException(where + ": " + knob.name() + " is '" + value + "'"
                    + Suggestions.hint(value, knob.words()) + ", expected " + knob.allowed());
        }
        return value;
    }

    private static long number(String where, String key, String text, long least, long most) {
        boolean any = least == Long.MIN_VALUE;
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most && text.matches("-?[0-9]+")) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below, like a number out of range
        }
        throw new ConfigException(where + ": " + key + " is '" + text + "', expected a whole number"
                + (any ? " of at most 64 bits" : " from " + least + " to " + most));
    }

    /** The request without its default values, to be given again: {@code knights?seed=7&n=50}. */
    String word() {
        StringBuilder word = new StringBuilder(generator.name())
                .append('?')
                .append(SEED)
                .append('=')
                .append(seed)
                .append('&')
                .append(COUNT)
                .append('=')
                .append(count);
        return word.append(rest()).toString();
    }

    /** Difficulty and given parameters as part of a query; empty when nothing is given. */
    String rest() {
        StringBuilder rest = new StringBuilder();
        level.ifPresent(l -> rest.append('&').append(DIFFICULTY).append('=').append(l.word()));
        given.forEach((key, value) -> rest.append('&').append(key).append('=').append(value));
        return rest.toString();
    }
}
