package dev.rtel.report;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;

/** {@code SHA256SUMS} as {@code sha256sum -c} reads it: one line a file, by name. */
public final class ChecksumsFile {
    /** Name of the file in a result folder. */
    public static final String FILE_NAME = "SHA256SUMS";

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

    /** Starts the digest of a file. */
    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
