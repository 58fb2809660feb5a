package dev.rtel.report.html;

import dev.rtel.eval.Leaderboard;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Reporter;
import dev.rtel.spi.ReporterProvider;
import dev.rtel.spi.RunRecords;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes {@code report.html}: one self-contained page without scripts, fonts or images from elsewhere, safe to open
 * with hostile replies in it. Equal input gives equal bytes. Thread-safe.
 */
public final class HtmlReporter implements Reporter {
    private final Templates templates = new Templates();

    /** Makes the reporter known as {@code html}; it has no settings. */
    public static final class Provider implements ReporterProvider {
        /** For the service loader. */
        public Provider() {}

        @Override
        public String name() {
            return "html";
        }

        @Override
        public String description() {
            return "one static page with chart, tables and every sample (report.html)";
        }

        @Override
        public Reporter create(ComponentContext context) {
            context.config().knownKeys();
            return new HtmlReporter();
        }
    }

    /** A reporter with the bundled templates. */
    public HtmlReporter() {}

    @Override
    public String fileName() {
        return "report.html";
    }

    @Override
    public void write(Leaderboard leaderboard, RunRecords records, OutputStream out) throws IOException {
        templates.write(PageBuilder.page(leaderboard, records), out);
    }
}
