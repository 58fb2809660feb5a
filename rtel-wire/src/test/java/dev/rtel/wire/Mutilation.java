package dev.rtel.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Bytes as a broken server or a broken line would send them. */
final class Mutilation {
    private static final List<String> PIECES = List.of(
            "null",
            "-1",
            "1e999",
            "0.5",
            "9007199254740993",
            "true",
            "\"\"",
            "{}",
            "[]",
            "\n\n",
            "\r",
            "data: ",
            "data: [DONE]\n\n",
            ": x\n\n",
            "\"error\":{\"code\":502},",
            "\"usage\":{},",
            "<think>",
            "</think>",
            "\uFEFF",
            "\\u0000",
            "\\ud800",
            "\"finish_reason\":\"error\",",
            "\"choices\":[],",
            "\"is_byok\":true,",
            "\0");

    private Mutilation() {}

    static byte[] of(byte[] body, SplittableRandom random) {
        byte[] bytes = body;
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes = once(bytes, random);
        }
        return bytes;
    }

    private static byte[] once(byte[] body, SplittableRandom random) {
        int at = random.nextInt(body.length + 1);
        int length = Math.min(body.length - at, random.nextInt(60));
        switch (random.nextInt(6)) {
            case 0: // a byte becomes another
                byte[] flipped = body.clone();
                if (at < flipped.length) {
                    flipped[at] = (byte) random.nextInt(256);
                }
                return flipped;
            case 1: // a piece is lost
                return joined(Arrays.copyOf(body, at), Arrays.copyOfRange(body, at + length, body.length));
            case 2: // a piece comes twice
                return joined(Arrays.copyOf(body, at + length), Arrays.copyOfRange(body, at, body.length));
            case 3: // the rest is lost
                return Arrays.copyOf(body, at);
            case 4: // a number becomes another
                return new String(body, StandardCharsets.UTF_8)
                        .replaceFirst(":\\s*" + (1 + random.nextInt(9)) + "\\d*", ":" + random.nextInt(-5, 2000))
                        .getBytes(StandardCharsets.UTF_8);
            default:
                byte[] piece = PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
                return joined(joined(Arrays.copyOf(body, at), piece), Arrays.copyOfRange(body, at, body.length));
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
