package dev.rtel.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.common.PlainJson;
import dev.rtel.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine without python3: the doctor says so, and a run leaves just the executed samples without a verdict. */
class WithoutPythonTest {
    @TempDir
    private Path folder;

    private Program program;

    @BeforeEach
    void emptyPath() throws IOException {
        Path nothing = Files.createDirectories(folder.resolve("no-programs"));
        program = Program.in(folder).with("PATH", nothing.toString());
    }

    @Test
    void theDoctorNamesTheMissingToolAndExitsWithItsOwnCode() {
        var finished = program.run("doctor");

        finished.withExit(8);
        assertThat(finished.out()).contains("no python", "install Python 3.9 or later");
    }

    @Test
    void executedSamplesAreUnscoredAndTheOthersAreGraded() throws IOException {
        var finished = program.run("demo", "--quiet");

        finished.withExit(0);
        Path results = program.directory().resolve("results");
        try (var runs = Files.list(results)) {
            List<String> lines =
                    Files.readAllLines(runs.findFirst().orElseThrow().resolve("samples.jsonl"));
            assertThat(lines).hasSize(120);
            for (String line : lines) {
                Map<String, ?> sample = PlainJson.readObject(line);
                if ("code-debugging".equals(sample.get("task"))) {
                    assertThat(sample.get("outcome")).isEqualTo("unscored");
                    assertThat(sample.get("score")).isNull();
                    assertThat(String.valueOf(sample.get("explanation"))).contains("no python");
                } else {
                    assertThat(sample.get("outcome")).isEqualTo("scored");
                }
            }
        }
    }

    @Test
    void answersThatCouldNotBeGradedAreNotBought() throws IOException {
        try (Simulator simulator = Simulator.start(Demo.simulator(Duration.ZERO).build())) {
            Program real = program.with("OPENROUTER_API_KEY", "sk-or-v1-anything");
            String url = simulator.baseUri().toString();
            String[] run = {"run", "--base-url", url, "--max-cost", "none", "--yes", "--task"};
            var refused = real.run(
                    Stream.concat(Stream.of(run), Stream.of("code-debugging")).toArray(String[]::new));
            refused.withExit(8);
            assertThat(refused.err())
                    .contains("task code-debugging cannot be graded here", "no python", "RTEL_ALLOW_UNSAFE_CODE=yes");
            assertThat(simulator.bill().lines()).isEmpty();
            Path results = program.directory().resolve("results");
            if (Files.isDirectory(results)) {
                assertThat(results).isEmptyDirectory();
            }
            real.run(Stream.concat(Stream.of(run), Stream.of("aime-math")).toArray(String[]::new))
                    .withExit(0);
            assertThat(simulator.bill().lines()).hasSize(30);
        }
    }
}
