package dev.rtel.plan;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/** Run ids: UTC launch time, roster, random suffix, e.g. {@code 20261120T140211Z-current-7f3a}. */
final class RunIds {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final SecureRandom RANDOM = new SecureRandom();

    private RunIds() {}

    static String next(Instant now, String roster) {
        byte[] suffix = new byte[2];
        RANDOM.nextBytes(suffix);
        String name =
                roster.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return TIME.format(now) + "-" + (name.isEmpty() ? "run" : name.substring(0, Math.min(40, name.length()))) + "-"
                + HexFormat.of().formatHex(suffix);
    }
}
