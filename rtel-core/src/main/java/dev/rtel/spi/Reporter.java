package dev.rtel.spi;

import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.TrialRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes a result in one format. Equal input gives equal bytes. Preview: may change until a second implementation has proved it. */
public interface Reporter {
    /** Returns the file name inside the result folder, e.g. {@code report.html}. */
    String fileName();

    /**
     * Writes the whole document; does not close the stream.
     *
     * @throws IOException if writing fails
     */
    void write(Leaderboard leaderboard, StoredRun run, List<TrialRecord> records, OutputStream out) throws IOException;
}
