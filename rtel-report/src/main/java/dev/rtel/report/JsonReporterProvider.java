package dev.rtel.report;

import dev.rtel.eval.Leaderboard;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Reporter;
import dev.rtel.spi.ReporterProvider;
import dev.rtel.spi.RunRecords;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Reporter {@code json}: {@code leaderboard.json}. No settings. */
public final class JsonReporterProvider implements ReporterProvider {
    /** For the service loader. */
    public JsonReporterProvider() {}

    @Override
    public String name() {
        return "json";
    }

    @Override
    public String description() {
        return "leaderboard as JSON (" + LeaderboardJson.SCHEMA + ")";
    }

    @Override
    public Reporter create(ComponentContext context) {
        context.config().knownKeys();
        return new JsonReporter();
    }

    private static final class JsonReporter implements Reporter {
        @Override
        public String fileName() {
            return LeaderboardJson.FILE_NAME;
        }

        @Override
        public void write(Leaderboard leaderboard, RunRecords records, OutputStream out) throws IOException {
            out.write(LeaderboardJson.text(leaderboard).getBytes(StandardCharsets.UTF_8));
        }
    }
}
