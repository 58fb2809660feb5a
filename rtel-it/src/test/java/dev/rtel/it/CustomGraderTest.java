package dev.rtel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The graders of examples/custom-grader, beside the executable jar on the class path as docs/write-a-grader.md says. */
final class CustomGraderTest {
    private static final Path EXAMPLE = Path.of(System.getProperty("rtel.root", ".."), "examples", "custom-grader");

    @TempDir
    private Path folder;

    private Path classes = Path.of("");

    @BeforeEach
    void compileTheExample() throws IOException {
        classes = Files.createDirectory(folder.resolve("classes"));
        List<String> arguments =
                new ArrayList<>(List.of("--release", "17", "-cp", Program.jar().toString(), "-d", classes.toString()));
        try (Stream<Path> sources = Files.walk(EXAMPLE.resolve("src/main/java"))) {
            sources.filter(source -> source.toString().endsWith(".java")).forEach(s -> arguments.add(s.toString()));
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .as("compiling the example against the executable jar alone")
                .isZero();
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.copy(
                EXAMPLE.resolve("src/main/resources/META-INF/services/dev.rtel.spi.GraderProvider"),
                services.resolve("dev.rtel.spi.GraderProvider"));
    }

    @Test
    void pluginsListsTheGraders() throws Exception {
        assertThat(rtel("plugins")).contains("line-count", "key-terms", "politeness");
    }

    @Test
    void aTaskUsesTheGraderByItsName() throws Exception {
        String samples = rtel(
                "run",
                "--task",
                EXAMPLE.resolve("haikus.yaml").toAbsolutePath().toString(),
                "--replay",
                EXAMPLE.resolve("haikus.jsonl").toAbsolutePath().toString(),
                "--out",
                folder.resolve("results").toString());
        assertThat(samples).contains("lab/poet");
        try (Stream<Path> files = Files.walk(folder.resolve("results"))) {
            Path file =
                    files.filter(f -> f.endsWith("samples.jsonl")).findFirst().orElseThrow();
            assertThat(Files.readString(file)).contains("\"missing\":[\"Fuji\"]");
        }
    }

    private String rtel(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Program.jar() + File.pathSeparator + classes,
                "dev.rtel.cli.Main"));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        var builder = new ProcessBuilder(command)
                .directory(Files.createDirectories(folder.resolve("work")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("RTEL_"));
        builder.environment().put("RTEL_HOME", folder.resolve("home").toString());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as("rtel %s ends", String.join(" ", arguments))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(output);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
