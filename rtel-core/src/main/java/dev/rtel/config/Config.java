package dev.rtel.config;

import dev.rtel.common.PlainData;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, structured settings of one component, with the place each came from. A component sees only its own
 * settings. Thread-safe.
 *
 * @param path where the settings stand, e.g. {@code models[2].settings}; part of error messages
 * @param values plain data, in file order
 * @param locations full key to {@code file:line}; may lack keys
 */
public record Config(String path, Map<String, @Nullable Object> values, Map<String, String> locations) {
    private static final Pattern SHORT_DURATION = Pattern.compile("(\\d+)(ms|s|m|h)");

    /** Copies both maps. */
    public Config(String path, Map<String, @Nullable Object> values, Map<String, String> locations) {
        values = PlainData.copyOf(values);
        locations = Map.copyOf(locations);
        this.path = path;
        this.values = values;
        this.locations = locations;
    }

    /** Settings without known places. */
    public static Config of(String path, Map<String, ? extends @Nullable Object> values) {
        return new Config(path, PlainData.copyOf(values), Map.of());
    }

    /** No settings. */
    public static Config empty() {
        return of("", Map.of());
    }

    /** Returns the value as text, or empty when absent or null. */
    public Optional<String> string(String key) {
        return Optional.ofNullable(values.get(key)).map(Object::toString);
    }

    /**
     * Returns the value as text.
     *
     * @throws ConfigException if it is absent
     */
    public String requireString(String key) {
        return string(key).orElseThrow(() -> new ConfigException(at(key) + " is required but not set"));
    }

    /**
     * Returns a whole number, or the fallback when absent.
     *
     * @throws ConfigException if it is no 32-bit whole number
     */
    public int integer(String key, int fallback) {
        Optional<String> text = string(key);
        try {
            return text.map(Integer::valueOf).orElse(fallback);
        } catch (NumberFormatException e) {
            throw new ConfigException(at(key) + " is '" + text.orElse("") + "', expected a whole number", e);
        }
    }

    /**
     * Returns a decimal number, or empty when absent.
     *
     * @throws ConfigException if it is no number
     */
    public Optional<BigDecimal> decimal(String key) {
        Optional<String> text = string(key);
        try {
            return text.map(BigDecimal::new);
        } catch (NumberFormatException e) {
            throw new ConfigException(at(key) + " is '" + text.orElse("") + "', expected a number", e);
        }
    }

    /**
     * Returns true or false, or the fallback when absent.
     *
     * @throws ConfigException if it is neither
     */
    public boolean bool(String key, boolean fallback) {
        Optional<String> text = string(key);
        if (text.isEmpty()) {
            return fallback;
        }
        return switch (text.get()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new ConfigException(at(key) + " is '" + text.get() + "', expected true or false");
        };
    }

    /**
     * Returns a duration such as {@code 250ms}, {@code 90s}, {@code 10m} or {@code PT10M}, or the fallback when absent.
     *
     * @throws ConfigException if it is none
     */
    public Duration duration(String key, Duration fallback) {
        Optional<String> text = string(key);
        if (text.isEmpty()) {
            return fallback;
        }
        return parseDuration(text.get())
                .orElseThrow(() -> new ConfigException(
                        at(key) + " is '" + text.get() + "', expected a duration such as 250ms, 90s, 10m or PT10M"));
    }

    /** Reads {@code 250ms}, {@code 90s}, {@code 10m}, {@code 2h} or ISO-8601; empty when it is neither. */
    public static Optional<Duration> parseDuration(String text) {
        Matcher matcher = SHORT_DURATION.matcher(text.trim());
        try {
            if (matcher.matches()) {
                long n = Long.parseLong(matcher.group(1));
                return Optional.of(
                        switch (matcher.group(2)) {
                            case "ms" -> Duration.ofMillis(n);
                            case "s" -> Duration.ofSeconds(n);
                            case "m" -> Duration.ofMinutes(n);
                            default -> Duration.ofHours(n);
                        });
            }
            return Optional.of(Duration.parse(text.trim())).filter(d -> !d.isNegative());
        } catch (java.time.DateTimeException | ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns a nested group of settings, empty when absent.
     *
     * @throws ConfigException if the value is no group
     */
    public Config section(String key) {
        Object value = values.get(key);
        if (value == null) {
            return new Config(full(key), Map.of(), locations);
        }
        if (value instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked") // plain data: keys are strings
            Map<String, @Nullable Object> group = (Map<String, @Nullable Object>) map;
            return new Config(full(key), group, locations);
        }
        throw new ConfigException(at(key) + " is '" + value + "', expected a group of settings");
    }

    /**
     * Rejects keys the component does not know; called first thing by every provider.
     *
     * @return this
     * @throws ConfigException naming each unknown key, its place and the nearest known one
     */
    public Config knownKeys(String... known) {
        Set<String> extra = new TreeSet<>(values.keySet());
        extra.removeAll(Set.of(known));
        if (!extra.isEmpty()) {
            String first = extra.iterator().next();
            throw new ConfigException("unknown setting " + at(first)
                    + Suggestions.hint(first, List.of(known))
                    + "; known: " + new TreeSet<>(List.of(known)));
        }
        return this;
    }

    /** Names a setting with its path and, where known, its file and line: {@code models[0].settings.url (roster.yaml:4)}. */
    public String at(String key) {
        String location = locations.get(full(key));
        return full(key) + (location == null ? "" : " (" + location + ")");
    }

    private String full(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
