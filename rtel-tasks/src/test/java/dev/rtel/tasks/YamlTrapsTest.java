package dev.rtel.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTrapsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "073",
                "-007",
                "08",
                "0o17",
                "007.5",
                "12_480",
                "1_0.5",
                "0b101",
                "1:30",
                "12:30:45",
                "no",
                "No",
                "YES",
                "on",
                "Off",
                ".nan",
                "-.inf",
                "1e999999999",
                "1e99999999999"
            })
    void wordsThatReadersTakeDifferentlyAreRefused(String word) throws IOException {
        String message = error("a: 1\nb: " + word + "\n");
        assertThat(message)
                .startsWith("c.yaml:2: b: unquoted " + word + " is ")
                .contains("put it in quotes (\"" + word);
        assertThat(read("b: \"" + word + "\"\n").values()).containsEntry("b", word);
        assertThat(read("b: '" + word + "'\n").values()).containsEntry("b", word);
    }

    @Test
    void clearWordsAreReadAsYamlOnePointTwo() throws IOException {
        var values = read("""
                        text: x1
                        int: 12
                        plus: +3
                        hex: 0xfF
                        big: 123456789012345678901234567890
                        decimal: 1.50
                        short: -.5
                        small: 1e-9
                        "yes": TRUE
                        nothing: ~
                        absent:
                        empty: ""
                        date: 2026-08-29
                        version: 1.2.3
                        y: n
                        block: |
                          073
                          no
                        list: [~, "~", 'null']
                        """).values();
        assertThat(values)
                .containsEntry("text", "x1")
                .containsEntry("int", 12L)
                .containsEntry("plus", 3L)
                .containsEntry("hex", 255L)
                .containsEntry("big", new BigInteger("123456789012345678901234567890"))
                .containsEntry("decimal", new BigDecimal("1.50"))
                .containsEntry("short", new BigDecimal("-0.5"))
                .containsEntry("small", new BigDecimal("1E-9"))
                .containsEntry("yes", true)
                .containsEntry("nothing", null)
                .containsEntry("absent", null)
                .containsEntry("empty", "")
                .containsEntry("date", "2026-08-29")
                .containsEntry("version", "1.2.3")
                .containsEntry("y", "n")
                .containsEntry("block", "073\nno\n")
                .containsEntry("list", Arrays.asList(null, "~", "null"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: &x 1\\nb: 2                    | 1: a: anchors and aliases (& and *) are not supported",
                "a: 1\\nb: *x                      | 2: b: anchors and aliases (& and *) are not supported",
                "a:\\n  &k b: 1                    | 2: a",
                "<<: {a: 1}                        | 1: <<: merge keys are not supported",
                "a: !!str 073                      | 1: a: tags (!) are not supported",
                "a: !mine {b: 1}                   | 1: a: tags (!) are not supported",
                "a: 1\\nb:\\n  c: 1\\n  c: 2       | 4: b.c: the key is given twice, first on line 3",
                "a: 1\\n1: x                       | 2: 1: the key is not text",
                "no: x                             | 1: no: the key is not text",
                "null: x                           | 1: null: the key is not text",
                "a:\\n\\tb: 1                      | 2: not YAML: while scanning for the next token, found character",
                "a: [1\\nb: 2                      | 2: not YAML: while parsing a flow sequence",
                "a: \"x                            | 1: not YAML:",
                "a: 1\\n---\\nb: 2                 | 3: a second document starts here, expected one",
                "? [a]\\n: 1                       | 1: not YAML:",
                "- a                               | 1: the file is a list, expected a group of keys",
                "a: b: c                           | 1: not YAML:",
            })
    void yamlThatMeansOneThingHereAndAnotherThereIsRefused(String text, String message) {
        assertThat(error(text.replace("\\n", "\n").replace("\\t", "\t"))).startsWith("c.yaml:" + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\": 1,\\n \"a\": 2}           | 2: a: the key is given twice, first on line 1",
                "{\"a\": 073}                      | 1: not JSON: ",
                "{\"a\": 1} x                      | 1: not JSON: ",
                "{\"a\": 1} {}                     | 1: text after the end of the JSON value",
                "{\"a\":\\n\\n                     | 3: not JSON: ",
                "[1]                               | 1: the file is a list, expected a group of keys",
                "{\"a\": 1e999999999}              | 1: a: is a number that cannot be kept: 1e999999999",
            })
    void jsonFaultsAreNamedWithTheirLine(String text, String message) {
        ConfigException e =
                catchThrowableOfType(ConfigException.class, () -> read("c.json", text.replace("\\n", "\n")));
        assertThat(e).isNotNull();
        assertThat(e.getMessage().replace(folder + java.io.File.separator, "")).startsWith("c.json:" + message);
    }

    @Test
    void nestingHasALimit() {
        assertThat(error("a: " + "[".repeat(150) + "]".repeat(150))).contains("nested deeper than 100 levels");
    }

    @Test
    void sizeHasALimit() throws IOException {
        Path file = folder.resolve("c.yaml");
        Files.write(file, new byte[(16 << 20) + 1]);
        assertThat(catchThrowableOfType(ConfigException.class, () -> ConfigurationFile.read(file)))
                .hasMessageContaining("expected at most 16777216");
    }

    @Test
    void filesOfSeveralMegabytesAreRead() throws IOException {
        String text = "a:\n" + "  - \"0123456789012345678901234567890123456789\"\n".repeat(100_000);
        assertThat(read(text).values().get("a"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(100_000);
    }

    @Test
    void theLineOfEveryValueIsKnown() throws IOException {
        Config config = read("max-cost: 5\n\n# comment 😀\nrun:\n  tasks:\n    - a\n    - {name: b}\n");
        Path file = folder.resolve("c.yaml");
        assertThat(config.locations())
                .containsEntry("max-cost", file + ":1")
                .containsEntry("run", file + ":4")
                .containsEntry("run.tasks", file + ":5")
                .containsEntry("run.tasks[0]", file + ":6")
                .containsEntry("run.tasks[1].name", file + ":7");
        assertThat(config.section("run").at("tasks")).isEqualTo("run.tasks (" + file + ":5)");
    }

    private String error(String text) {
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> read(text));
        assertThat(e).as("no problem was found in:\n%s", text).isNotNull();
        return e.getMessage().replace(folder + java.io.File.separator, "");
    }

    private Config read(String text) throws IOException {
        return read("c.yaml", text);
    }

    private Config read(String name, String text) throws IOException {
        return ConfigurationFile.read(Files.writeString(folder.resolve(name), text));
    }

    @Test
    void aConfigurationFileWithEverythingCommentedOutIsEmpty() throws Exception {
        java.nio.file.Path file = java.nio.file.Files.createTempFile("rtel", ".yaml");
        try {
            java.nio.file.Files.writeString(file, "# max-cost: 2\n\n  # roster: current\n");
            assertThat(ConfigurationFile.read(file).values()).isEmpty();
        } finally {
            java.nio.file.Files.delete(file);
        }
    }
}
