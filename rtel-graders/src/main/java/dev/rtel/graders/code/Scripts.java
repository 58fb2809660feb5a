package dev.rtel.graders.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The Python programs that are started, put together from the parts in the jar. */
final class Scripts {
    /** Hosts the submission. */
    static final String HOST = joined("locks.py", "plain.py", "pipe.py", "host.py");

    /** Runs a test script against it. */
    static final String TESTS = joined("locks.py", "plain.py", "pipe.py", "script.py");

    /** Names exactly these programs: 16 hexadecimal digits. */
    static final String DIGEST = digest(HOST + TESTS);

    private Scripts() {}

    private static String joined(String... parts) {
        StringBuilder script = new StringBuilder();
        for (String part : parts) {
            try (InputStream in = Scripts.class.getResourceAsStream(part)) {
                if (in == null) {
                    throw new IllegalStateException(part + " is missing from the jar");
                }
                script.append(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .append("\n\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return script.toString();
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
