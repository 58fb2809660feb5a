package dev.rtel.store.sqlite;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** JSON text as bytes: nothing may get lost on the way through UTF-8. */
final class JsonText {
    private static final int BUFFER_BYTES = 16 * 1024;

    private JsonText() {}

    static byte[] utf8(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return bytes.length == json.length() ? bytes : encodable(json).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Escapes halves of surrogate pairs, which a cut-off reply can hold and UTF-8 cannot. They can only stand inside a
     * string literal, so the JSON means the same.
     */
    static String encodable(String json) {
        StringBuilder out = new StringBuilder(json.length() + 16);
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < json.length() && Character.isLowSurrogate(json.charAt(i + 1))) {
                out.append(c).append(json.charAt(++i));
            } else if (Character.isSurrogate(c)) {
                out.append("\\u").append(Integer.toHexString(c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** Undoes {@link Deflation#of}; the checksum inside is verified. */
    static String inflate(byte[] deflated) throws DataFormatException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(deflated);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            while (!inflater.finished()) {
                int n = inflater.inflate(buffer);
                if (n == 0 && !inflater.finished()) {
                    throw new DataFormatException("compressed text ends too early");
                }
                out.write(buffer, 0, n);
            }
            return out.toString(StandardCharsets.UTF_8);
        } finally {
            inflater.end();
        }
    }
}
