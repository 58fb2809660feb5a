package dev.rtel.tasks.internal;

import dev.rtel.config.ConfigException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns the YAML parser's picture of an error into one line. */
final class YamlErrors {
    private static final Pattern MARK = Pattern.compile("line (\\d+), column \\d+");

    private YamlErrors() {}

    static ConfigException of(String name, int fallbackLine, String message, Exception cause) {
        // of several marks the last is the error, the ones before it say what it is part of
        int line = fallbackLine;
        Matcher matcher = MARK.matcher(message);
        while (matcher.find()) {
            line = Integer.parseInt(matcher.group(1));
        }
        String words = message.lines()
                .filter(l -> !l.isBlank() && !l.startsWith(" "))
                .map(String::strip)
                .collect(Collectors.joining(", "));
        return new ConfigException(name + ":" + line + ": not YAML: " + words, cause);
    }
}
