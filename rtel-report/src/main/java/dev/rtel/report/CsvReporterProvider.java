package dev.rtel.report;

import dev.rtel.eval.Leaderboard;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Reporter;
import dev.rtel.spi.ReporterProvider;
import dev.rtel.spi.RunRecords;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Reporter {@code csv}: {@code leaderboard.csv}. No settings. */
public final class CsvReporterProvider implements ReporterProvider {
    /** For the service loader. */
    public CsvReporterProvider() {}

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public String description() {
        return "leaderboard as CSV, one line a model";
    }

    @Override
    public Reporter create(ComponentContext context) {
        context.config().knownKeys();
        return new CsvReporter();
    }

    private static final class CsvReporter implements Reporter {
        @Override
        public String fileName() {
            return LeaderboardCsv.FILE_NAME;
        }

        @Override
        public void write(Leaderboard leaderboard, RunRecords records, OutputStream out) throws IOException {
            out.write(LeaderboardCsv.text(leaderboard).getBytes(StandardCharsets.UTF_8));
        }
    }
}
