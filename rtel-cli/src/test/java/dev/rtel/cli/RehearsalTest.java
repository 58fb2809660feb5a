package dev.rtel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the script has the JVM archive is worth something only if the commands really do their work. */
class RehearsalTest {
    @TempDir
    private Path folder;

    @Test
    void everyCommandDoesItsWorkAndKeepsToTheFolder() throws IOException {
        assertThat(Rehearsal.in(folder)).as("commands that went wrong").isEmpty();
        List<Map<String, Object>> lines = Cli.lines(Cli.in(folder).onlyRun().resolve("samples.jsonl"));
        assertThat(lines)
                .extracting(line -> line.get("model"))
                .containsOnly("deepseek/deepseek-r1", "moonshotai/kimi-k2");
        assertThat(lines)
                .extracting(line -> line.get("task"))
                .contains("aime-math", "logic", "code-debugging", "formal-proofs");
        assertThat(lines)
                .filteredOn(line -> !line.get("task").equals("code-debugging"))
                .allSatisfy(line -> assertThat(line).containsEntry("outcome", "scored"));
    }
}
