package dev.rtel.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.common.Secret;
import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.eval.Leaderboard;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.ComponentRegistry;
import dev.rtel.spi.Reporter;
import dev.rtel.spi.ReporterProvider;
import dev.rtel.spi.RunRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFolderTest {
    @TempDir
    Path temp;

    private record Text(String fileName, String text) implements Reporter {
        @Override
        public void write(Leaderboard board, RunRecords records, OutputStream out) throws IOException {
            if (text.equals("full")) {
                out.write(new byte[100_000]);
                throw new IOException("No space left on device");
            }
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void write(Path dir, SampleRun run, Reporter... extra) {
        ResultFolder.write(dir, run.board(), run.source(), List.of(extra));
    }

    private static Map<String, String> files(Path dir) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> list = Files.list(dir)) {
            for (Path file : list.toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return files;
    }

    @Test
    void allFilesAreThereAndNothingElse() throws IOException {
        Path dir = temp.resolve("results/run-1");
        write(dir, new SampleRun(), new Text("report.html", "<html>"));
        assertThat(files(dir))
                .containsOnlyKeys(
                        "run.json",
                        "samples.jsonl",
                        "completions.jsonl",
                        "leaderboard.json",
                        "leaderboard.csv",
                        "report.html",
                        "SHA256SUMS");
    }

    @Test
    void theChecksumsAreThoseOfTheFiles() throws Exception {
        write(temp, new SampleRun(), new Text("report.html", "<html>"));
        List<String> lines = Files.readAllLines(temp.resolve("SHA256SUMS"));
        assertThat(lines)
                .hasSize(6)
                .isSortedAccordingTo((a, b) -> a.substring(66).compareTo(b.substring(66)));
        for (String line : lines) {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(temp.resolve(line.substring(66))));
            assertThat(line).startsWith(HexFormat.of().formatHex(digest) + "  ");
        }
    }

    @Test
    void equalInputGivesEqualBytes() throws IOException {
        write(temp.resolve("a"), new SampleRun());
        write(temp.resolve("b"), new SampleRun());
        assertThat(files(temp.resolve("a"))).isEqualTo(files(temp.resolve("b")));
    }

    @Test
    void writingAgainReplacesFilesAndKeepsForeignOnes() throws IOException {
        write(temp, new SampleRun(), new Text("report.html", "old"));
        Files.writeString(temp.resolve("notes.txt"), "mine");
        write(temp, new SampleRun("other/model", false), new Text("report.html", "new"));
        assertThat(files(temp))
                .containsEntry("notes.txt", "mine")
                .containsEntry("report.html", "new")
                .hasSize(8);
        assertThat(files(temp).get("leaderboard.json")).contains("other/model").doesNotContain("gemini");
    }

    @Test
    void aFailedWriteLeavesTheFolderAsItWasAndSaysWhy() throws IOException {
        write(temp, new SampleRun(), new Text("report.html", "old"));
        Map<String, String> before = files(temp);
        assertThatThrownBy(() -> write(temp, new SampleRun("other/model", false), new Text("report.html", "full")))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("report.html")
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("choose another folder");
        assertThat(files(temp)).isEqualTo(before);
    }

    @Test
    void aFileInTheFoldersPlaceIsNamed() throws IOException {
        Path file = Files.writeString(temp.resolve("taken"), "x");
        assertThatThrownBy(() -> write(file, new SampleRun()))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("taken")
                .hasMessageContaining("file already exists");
    }

    @Test
    void aReporterCannotTakeTheNameOfAnotherFileNorLeaveTheFolder() {
        for (String name :
                List.of("run.json", "RUN.json", "SHA256SUMS", "../x", "a/b", ".hidden", "", "Leaderboard.json")) {
            assertThatThrownBy(() -> write(temp, new SampleRun(), new Text(name, "x")))
                    .as(name)
                    .isInstanceOf(ReportException.class);
        }
    }

    @Test
    void theJsonAndCsvReportersWriteTheSameFiles() throws IOException {
        ComponentRegistry<Reporter, ReporterProvider> registry = ComponentRegistry.of(
                ReporterProvider.class, Optional.of(getClass().getClassLoader()), List.of());
        SampleRun run = new SampleRun();
        write(temp, run);
        for (String name : List.of("json", "csv")) {
            Reporter reporter = registry.create(name, context(Map.of()));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            reporter.write(run.board(), run.source(), out);
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .isEqualTo(Files.readString(temp.resolve(reporter.fileName())));
            assertThat(registry.provider(name).description()).isNotBlank();
            assertThatThrownBy(() -> registry.create(name, context(Map.of("colour", "red"))))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("colour");
        }
    }

    @Test
    void handingTheReportersInToAgainDoesNoHarm() throws IOException {
        write(
                temp,
                new SampleRun(),
                new JsonReporterProvider().create(context(Map.of())),
                new CsvReporterProvider().create(context(Map.of())));
        assertThat(files(temp)).hasSize(6);
    }

    private static ComponentContext context(Map<String, Object> settings) {
        return new ComponentContext() {
            @Override
            public Config config() {
                return Config.of("reporter", settings);
            }

            @Override
            public Clock clock() {
                return Clock.systemUTC();
            }

            @Override
            public Optional<Secret> secret(String name) {
                return Optional.empty();
            }
        };
    }
}
