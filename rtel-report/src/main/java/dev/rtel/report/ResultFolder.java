package dev.rtel.report;

import dev.rtel.eval.Leaderboard;
import dev.rtel.spi.Reporter;
import dev.rtel.spi.RunRecords;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The folder of a run's result files. All files are first written beside their places under temporary names and then
 * moved, {@code SHA256SUMS} last: a reader sees an old file or a new one, never half of one, and a failed write leaves
 * the folder as it was.
 */
public final class ResultFolder {
    private static final int BUFFER_BYTES = 1 << 15;
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,120}");
    private static final List<String> RESERVED =
            List.of(RunJson.FILE_NAME, SamplesJsonl.FILE_NAME, CompletionsJsonl.FILE_NAME, ChecksumsFile.FILE_NAME);

    private ResultFolder() {}

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes {@code run.json, samples.jsonl, completions.jsonl, leaderboard.json, leaderboard.csv}, the file of each
     * further reporter, and {@code SHA256SUMS}. Makes the folder where it is missing; other files in it stay. Blocks
     * until the files are on disk.
     *
     * @param dir the run's folder, e.g. {@code results/<run_id>}
     * @param leaderboard of this run
     * @param records of this run; read several times
     * @param extra further formats, e.g. {@code html}
     * @throws ReportException if a file cannot be written, or a reporter has a file name of another
     */
    public static void write(Path dir, Leaderboard leaderboard, RunRecords records, List<Reporter> extra) {
        Map<String, Content> contents = new LinkedHashMap<>();
        contents.put(RunJson.FILE_NAME, out -> text(out, RunJson.text(records)));
        contents.put(SamplesJsonl.FILE_NAME, out -> SamplesJsonl.write(records, out));
        contents.put(CompletionsJsonl.FILE_NAME, out -> CompletionsJsonl.write(records, out));
        contents.put(LeaderboardJson.FILE_NAME, out -> text(out, LeaderboardJson.text(leaderboard)));
        contents.put(LeaderboardCsv.FILE_NAME, out -> text(out, LeaderboardCsv.text(leaderboard)));
        for (Reporter reporter : extra) {
            contents.put(checkedName(reporter, contents), out -> reporter.write(leaderboard, records, out));
        }
        write(dir, contents);
    }

    private static String checkedName(Reporter reporter, Map<String, Content> contents) {
        String name = reporter.fileName();
        if (!FILE_NAME.matcher(name).matches()) {
            throw new ReportException(
                    "reporter " + reporter.getClass().getName() + " wants to write '" + name
                            + "', expected a plain file name such as report.html",
                    null);
        }
        for (String other : contents.keySet()) {
            if (other.equalsIgnoreCase(name) && !other.equals(name)) {
                throw taken(reporter, name);
            }
        }
        if (RESERVED.stream().anyMatch(name::equalsIgnoreCase)) {
            throw taken(reporter, name);
        }
        return name;
    }

    private static ReportException taken(Reporter reporter, String name) {
        return new ReportException(
                "reporter " + reporter.getClass().getName() + " wants to write '" + name
                        + "', which is another result file; give it another name",
                null);
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Path dir, Map<String, Content> contents) {
        String suffix = ".tmp-" + UUID.randomUUID();
        Map<String, Path> written = new LinkedHashMap<>();
        String current = "";
        try {
            Files.createDirectories(dir);
            Map<String, String> digests = new TreeMap<>();
            for (Map.Entry<String, Content> entry : contents.entrySet()) {
                current = entry.getKey();
                Path temporary = dir.resolve("." + current + suffix);
                written.put(current, temporary);
                digests.put(current, writeFile(temporary, entry.getValue()));
            }
            current = ChecksumsFile.FILE_NAME;
            Path checksums = dir.resolve("." + current + suffix);
            written.put(current, checksums);
            writeFile(checksums, out -> text(out, ChecksumsFile.text(digests)));
            for (Map.Entry<String, Path> entry : written.entrySet()) {
                current = entry.getKey();
                move(entry.getValue(), dir.resolve(current));
            }
        } catch (IOException e) {
            throw new ReportException(
                    "result file '" + dir.resolve(current) + "' cannot be written: " + reason(e)
                            + "; free some space or choose another folder, then write the report again:"
                            + " the results themselves are in the store",
                    e);
        } finally {
            written.values().forEach(ResultFolder::discard);
        }
    }

    /** Returns the digest of what was written, in lower-case hexadecimal. */
    private static String writeFile(Path file, Content content) throws IOException {
        try (var channel = Files.newByteChannel(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            MessageDigest digest = ChecksumsFile.newDigest();
            OutputStream out = new BufferedOutputStream(
                    new DigestOutputStream(Channels.newOutputStream(channel), digest), BUFFER_BYTES);
            content.writeTo(out);
            out.flush();
            if (channel instanceof FileChannel onDisk) {
                onDisk.force(true);
            }
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // The write itself has been reported; a leftover hidden file does no harm.
            temporary.toFile().deleteOnExit();
        }
    }

    private static String reason(IOException e) {
        String said =
                e instanceof FileSystemException file && file.getReason() != null ? file.getReason() : e.getMessage();
        String kind = e.getClass().getSimpleName().replace("Exception", "");
        return said == null || said.isBlank() || e instanceof FileSystemException file && file.getReason() == null
                ? kind.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT)
                : said;
    }
}
