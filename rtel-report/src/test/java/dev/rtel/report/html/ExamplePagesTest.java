package dev.rtel.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Writes pages to look at into {@code target/report-examples}. */
class ExamplePagesTest {
    private static final Path FOLDER = Path.of("target", "report-examples");

    @Test
    void pagesToLookAtAreWritten() throws IOException {
        Files.createDirectories(FOLDER);
        write("six", Example.six());
        write("simulated", new Example(true, Example.SIX, 1));
        write("epochs", new Example(false, Example.SIX, 3));
        write("hostile", new Example(false, Example.SIX, 1, Example.Texts.HOSTILE));
        write("names", new Example(false, Example.hostileNames(), 1, Example.Texts.HOSTILE));
        write("twelve", new Example(false, Example.twelve(), 1));
        assertThat(FOLDER.resolve("six.html")).isNotEmptyFile();
    }

    private static void write(String name, Example example) throws IOException {
        Files.write(FOLDER.resolve(name + ".html"), List.of(example.html()));
    }
}
