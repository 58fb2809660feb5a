package dev.rtel.cli;

import dev.rtel.common.Secret;
import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.config.Suggestions;
import dev.rtel.tasks.ConfigurationFile;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values that are not given as flags: environment ({@code RTEL_*}), {@code .env}, {@code ./rtel.yaml}, user
 * configuration; the first that has a value wins.
 */
final class Settings {
    private static final Pattern COMMENT = Pattern.compile("\\s+#");
    private final Surroundings surroundings;
    private final Map<String, String> dotEnv;
    private final Optional<Config> project;
    private final Optional<Config> user;

    /** A value with the place it came from. */
    record Found(String value, String origin) {}

    private Settings(
            Surroundings surroundings, Map<String, String> dotEnv, Optional<Config> project, Optional<Config> user) {
        this.surroundings = surroundings;
        this.dotEnv = dotEnv;
        this.project = project;
        this.user = user;
    }

    /**
     * Reads the files there are.
     *
     * @param explicit a configuration file named by flag, in place of {@code ./rtel.yaml}
     * @throws ConfigException if a file is malformed
     */
    static Settings read(Surroundings surroundings, @Nullable Path explicit) {
        Path project = explicit == null
                ? surroundings.resolve("rtel.yaml")
                : surroundings.directory().resolve(explicit);
        if (explicit != null && !Files.isRegularFile(project)) {
            throw new ConfigException("configuration file '" + explicit + "' does not exist");
        }
        return new Settings(
                surroundings,
                dotEnv(surroundings.resolve(".env")),
                file(project),
                userFile(surroundings.environment()).flatMap(Settings::file));
    }

    private static Optional<Path> userFile(Map<String, String> environment) {
        if (environment.containsKey("RTEL_HOME")) {
            return Optional.of(Path.of(environment.getOrDefault("RTEL_HOME", ""), "config.yaml"));
        }
        Optional<Path> xdg = Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
                .filter(value -> value.startsWith("/"))
                .map(Path::of);
        return xdg.or(() -> Optional.ofNullable(environment.get("HOME")).map(home -> Path.of(home, ".config")))
                .map(base -> base.resolve("rtel").resolve("config.yaml"));
    }

    private static Optional<Config> file(Path path) {
        return Files.isRegularFile(path) ? Optional.of(ConfigurationFile.read(path)) : Optional.empty();
    }

    /**
     * Refuses keys of configuration files that are no option's name.
     *
     * @param some names that may stand there
     * @param all every such name; asked for only when some are not enough
     * @throws ConfigException naming the key, its place and the nearest name
     */
    void check(Set<String> some, Supplier<Set<String>> all) {
        Stream.of(project, user).flatMap(Optional::stream).forEach(config -> check(config, some, all));
    }

    private static void check(Config config, Set<String> some, Supplier<Set<String>> all) {
        if (some.containsAll(config.values().keySet())) {
            return;
        }
        Set<String> known = all.get();
        for (String key : config.values().keySet()) {
            if (!known.contains(key)) {
                String place = config.locations().getOrDefault(key, "configuration file");
                throw new ConfigException(place + ": unknown key '" + key + "'"
                        + Suggestions.hint(key, known)
                        + "; keys are the long option names without dashes, e.g. max-cost.");
            }
        }
    }

    /** Finds an option's value by its long name without dashes. */
    Optional<Found> option(String name) {
        String variable = "RTEL_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
        return environment(variable).or(() -> from(project, name)).or(() -> from(user, name));
    }

    /** Finds a variable in the environment or {@code .env}; an empty value counts as unset. */
    Optional<Found> environment(String variable) {
        String value = surroundings.environment().get(variable);
        if (value != null && !value.isEmpty()) {
            return Optional.of(new Found(value, "environment " + variable));
        }
        return Optional.ofNullable(dotEnv.get(variable))
                .filter(v -> !v.isEmpty())
                .map(v -> new Found(v, ".env " + variable));
    }

    /** Finds a secret: the key file for the OpenRouter key, then environment, then {@code .env}. */
    Optional<Secret> secret(String name, @Nullable Path keyFile) {
        if (keyFile != null && name.equals("OPENROUTER_API_KEY")) {
            return Optional.of(
                    new Secret(read(surroundings.directory().resolve(keyFile)).strip()));
        }
        return environment(name).map(found -> new Secret(found.value()));
    }

    private static Optional<Found> from(Optional<Config> file, String name) {
        return file.flatMap(config -> Optional.ofNullable(config.values().get(name))
                .map(value -> new Found(text(value), config.locations().getOrDefault(name, "configuration file"))));
    }

    private static String text(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .collect(Collectors.joining("\n"));
        }
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining("\n")) // no option's value holds it
                : String.valueOf(value);
    }

    private static Map<String, String> dotEnv(Path path) {
        Map<String, String> values = new LinkedHashMap<>();
        if (!Files.isRegularFile(path)) {
            return values;
        }
        int number = 0;
        String whole = read(path);
        for (String line : (whole.startsWith("\uFEFF") ? whole.substring(1) : whole)
                .lines()
                .toList()) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            text = text.startsWith("export ") ? text.substring(7).strip() : text;
            int equals = text.indexOf('=');
            if (equals < 1) {
                // the line may hold a secret: it is not repeated
                throw new ConfigException(path.getFileName() + ":" + number + ": expected NAME=value");
            }
            values.put(
                    text.substring(0, equals).strip(),
                    unquote(text.substring(equals + 1).strip()));
        }
        return values;
    }

    /** A value in quotes ends with the same quote; one without ends before white space and {@code #}. */
    private static String unquote(String value) {
        if (value.startsWith("\"") || value.startsWith("'")) {
            int end = value.indexOf(value.charAt(0), 1);
            return end < 0 ? value : value.substring(1, end);
        }
        return COMMENT.split(value, 2)[0];
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            throw new ConfigException("'" + path + "' does not exist", e);
        } catch (MalformedInputException e) {
            throw new ConfigException("'" + path.getFileName() + "' is not UTF-8 text", e);
        } catch (IOException e) {
            throw new ConfigException("'" + path.getFileName() + "' cannot be read: " + e, e);
        }
    }

    /** Names of the environment variables that RTEL looked at and found, sorted; never their values. */
    List<String> variableNames() {
        Map<String, String> names = new TreeMap<>(surroundings.environment());
        names.putAll(dotEnv);
        return names.keySet().stream()
                .filter(n -> n.startsWith("RTEL_") || n.equals("OPENROUTER_API_KEY"))
                .toList();
    }
}
