package dev.rtel.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** {@code SHA256SUMS} as {@code sha256sum -c} reads it: one line a file, by name. */
public final class ChecksumsFile {
    /** Name of the file in a result folder. */
    public static final String FILE_NAME = "SHA256SUMS";

    private static final int BUFFER_BYTES = 1 << 16;

    private ChecksumsFile() {}

    /**
     * Returns the file's text for file names and their digests in lower-case hexadecimal.
     *
     * @param digests no name holds a line break or a backslash
     */
    public static String text(Map<String, String> digests) {
        StringBuilder out = new StringBuilder();
        new TreeMap<>(digests)
                .forEach((name, digest) ->
                        out.append(digest).append("  ").append(name).append('\n'));
        return out.toString();
    }

    /**
     * Returns the SHA-256 of a file in lower-case hexadecimal; reads the whole file.
     *
     * @throws IOException if it cannot be read
     */
    public static String sha256(Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
