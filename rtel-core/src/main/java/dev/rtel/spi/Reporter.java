package dev.rtel.spi;

import dev.rtel.eval.Leaderboard;
import java.io.IOException;
import java.io.OutputStream;

/** Writes a result in one format. Equal input gives equal bytes. Preview: may change until a second implementation has proved it. */
public interface Reporter {
    /** Returns the file name inside the result folder, e.g. {@code report.html}. */
    String fileName();

    /**
     * Writes the whole document; does not close the stream. A run may have 100,000s of records: read them as a stream,
     * or from their figures.
     *
     * @throws IOException if writing fails
     */
    void write(Leaderboard leaderboard, RunRecords records, OutputStream out) throws IOException;
}
