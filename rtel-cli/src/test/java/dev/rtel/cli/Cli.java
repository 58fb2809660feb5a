package dev.rtel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.rtel.common.PlainJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Runs command lines in this process, in a folder and an environment of their own. Immutable. */
final class Cli {
    /** The key that tests give; it must not turn up anywhere. */
    static final String KEY = "sk-or-v1-test-0123456789";

    private final Path directory;
    private final Map<String, String> environment;
    private final boolean terminal;

    private Cli(Path directory, Map<String, String> environment, boolean terminal) {
        this.directory = directory;
        this.environment = Map.copyOf(environment);
        this.terminal = terminal;
    }

    /** Without any environment variable, not on a terminal. */
    static Cli in(Path directory) {
        return new Cli(directory, Map.of(), false);
    }

    Cli with(String variable, String value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(variable, value);
        return new Cli(directory, more, terminal);
    }

    Cli withKey() {
        return with("OPENROUTER_API_KEY", KEY);
    }

    Cli onTerminal() {
        return new Cli(directory, environment, true);
    }

    Path directory() {
        return directory;
    }

    Path write(String file, String text) {
        Path path = directory.resolve(file);
        try {
            Files.createDirectories(path.getParent());
            return Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Result run(String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int exit;
        try (var outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
                var errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            exit = CommandRunner.run(new Surroundings(outStream, errStream, environment, directory, terminal), args);
        }
        return new Result(
                List.of(args), exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Folders of runs under {@code results}, oldest first. */
    List<Path> runs() {
        Path results = directory.resolve("results");
        if (!Files.isDirectory(results)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(results)) {
            return folders.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of the only run. */
    Path onlyRun() {
        assertThat(runs()).hasSize(1);
        return runs().get(0);
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Map<String, Object>> lines(Path jsonl) {
        return text(jsonl).lines().map(PlainJson::readObject).toList();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) {
        assertThat(value).isInstanceOf(Map.class);
        return (Map<String, Object>) value;
    }

    static List<Map<String, Object>> objects(Object value) {
        assertThat(value).isInstanceOf(List.class);
        List<Map<String, Object>> all = new ArrayList<>();
        ((List<?>) value).forEach(item -> all.add(object(item)));
        return all;
    }

    /** What a command left behind. */
    record Result(List<String> args, int exit, String out, String err) {
        /** Fails unless the command ended with this code. */
        Result exits(int code) {
            assertThat(exit).as("exit code of %s", this).isEqualTo(code);
            return this;
        }

        /** Fails unless standard error says all of this. */
        Result says(String... words) {
            assertThat(err).as("standard error of %s", args).contains(words);
            return this;
        }

        /** The one JSON document on standard output. */
        Map<String, Object> json() {
            try {
                return PlainJson.readObject(out);
            } catch (PlainJson.MalformedJsonException e) {
                return fail("standard output is not exactly one JSON document: " + e.getMessage() + "\n" + this);
            }
        }

        Result hasNoStackTrace() {
            assertThat(out + err).as("output of %s", args).doesNotContain("\tat ", "java.", "Caused by");
            return this;
        }

        @Override
        public String toString() {
            return "rtel " + String.join(" ", args) + "\nexit " + exit + "\n--- out\n" + shortened(out) + "\n--- err\n"
                    + shortened(err);
        }

        private static String shortened(String text) {
            List<String> lines = text.lines().toList();
            return lines.size() <= 40
                    ? text
                    : String.join("\n", lines.subList(0, 20)) + "\n…\n"
                            + String.join("\n", lines.subList(lines.size() - 20, lines.size()));
        }
    }

    static String[] args(String[] first, String... more) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new);
    }
}
