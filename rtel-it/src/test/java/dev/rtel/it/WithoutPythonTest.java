package dev.rtel.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.common.PlainJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
}
