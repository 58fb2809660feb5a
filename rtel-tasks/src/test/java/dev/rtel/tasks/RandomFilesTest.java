package dev.rtel.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.rtel.config.ConfigException;
import dev.rtel.plan.Roster;
import dev.rtel.spi.Task;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RandomFilesTest {
    private static final int ROUNDS = 150;
    private static final String[] PIECES = {
        "task: t\n",
        "version: \"1\"\n",
        "grader: g\n",
        "samples:\n",
        "  - id: a\n",
        "    input: q\n",
        "    target: ",
        "\"5\"\n",
        "5\n",
        "- ",
        ": ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "\n",
        " ",
        "  ",
        "\t",
        "#",
        "&a ",
        "*a",
        "!!str ",
        "|\n",
        ">-\n",
        "\"",
        "'",
        "? ",
        "<<",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "true",
        "null",
        "~",
        "1e9",
        "073",
        "é",
        "\uD83D\uDE00",
        "\u0000",
        "\u2028",
        "\uFEFF",
        "\r",
        "\"task\"",
        "\"samples\"",
        "\\",
        "\\u00",
        "roster: r\n",
        "models:\n",
        "sweep: ",
        "params: ",
        "effort: low\n"
    };

    @TempDir
    Path folder;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyTextIsATaskOrAConfigException(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(60);
            for (int k = 0; k < length; k++) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            check(text.toString().getBytes(StandardCharsets.UTF_8), random);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyBytesAreATaskOrAConfigException(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                for (int k = 0; k < bytes.length; k++) {
                    bytes[k] = (byte) (bytes[k] & 0x7F);
                }
            }
            check(bytes, random);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aDamagedTaskFileIsATaskOrAConfigException(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        String bundled = BundledResource.text("bundled/" + BundledTasks.names().get(random.nextInt(4)) + ".yaml");
        byte[] whole = bundled.substring(0, Math.min(4000, bundled.length())).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 40; i++) {
            byte[] bytes = whole.clone();
            for (int k = 0; k < 1 + random.nextInt(3); k++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
            }
            check(random.nextBoolean() ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length)), random);
        }
    }

    private void check(byte[] bytes, SplittableRandom random) throws Exception {
        String ending = random.nextBoolean() ? ".yaml" : random.nextBoolean() ? ".json" : "";
        Path file = Files.write(folder.resolve("f" + ending), bytes);
        try {
            Task task = TaskFile.read(file);
            assertThat(task.samples()).isNotEmpty();
        } catch (ConfigException e) {
            assertThat(e).hasMessageStartingWith(file.toString());
        } catch (RuntimeException | StackOverflowError e) {
            fail("task reader on: " + new String(bytes, StandardCharsets.ISO_8859_1), e);
        }
        try {
            Roster roster = RosterFile.read(file);
            assertThat(roster.models()).isNotEmpty();
        } catch (ConfigException e) {
            assertThat(e).hasMessageStartingWith(file.toString());
        } catch (RuntimeException | StackOverflowError e) {
            fail("roster reader on: " + new String(bytes, StandardCharsets.ISO_8859_1), e);
        }
    }
}
