package dev.rtel.tasks.replay;

import dev.rtel.config.ConfigException;
import dev.rtel.tasks.internal.DocumentReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Walks over the lines of a UTF-8 file and knows at which byte each starts. Not thread-safe. */
final class LineScanner implements AutoCloseable {
    private static final int MAX_LINE_BYTES = 64 << 20;
    private final Path file;
    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
    private long end;
    private long start;
    private int number;

    LineScanner(Path file) throws IOException {
        this.file = file;
        this.in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    /** Moves to the next line; false at the end. */
    boolean next() throws IOException {
        line.reset();
        start = end;
        int b;
        while ((b = in.read()) >= 0) {
            end++;
            if (b == '\n') {
                number++;
                return true;
            }
            line.write(b);
            if (line.size() > MAX_LINE_BYTES) {
                throw new ConfigException(file + ":" + (number + 1) + ": the line is longer than " + MAX_LINE_BYTES
                        + " bytes, expected one JSON object on each line");
            }
        }
        number++;
        return line.size() > 0;
    }

    /** Returns the line without its end. */
    String text() {
        return DocumentReader.decode(file.toString(), number, line.toByteArray());
    }

    /** Returns the line's number, from 1. */
    int number() {
        return number;
    }

    /** Returns at which byte the line starts. */
    long offset() {
        return start;
    }

    /** Returns how many bytes it has, without its end. */
    int length() {
        return line.size();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
