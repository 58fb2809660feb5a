package dev.rtel.report.html;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Unique fragment ids of letters, digits and hyphens; the only thing from data that becomes part of a link. */
final class Slugs {
    private static final int MAX_LENGTH = 48;

    private final Map<String, String> given = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /** Returns the id of a thing, always the same for the same prefix and parts. */
    String id(String prefix, String... parts) {
        return given.computeIfAbsent(prefix + '\0' + String.join("\0", parts), key -> unique(prefix, parts));
    }

    private String unique(String prefix, String... parts) {
        StringBuilder id = new StringBuilder(prefix);
        for (String part : parts) {
            id.append('-').append(safe(part));
        }
        String candidate = id.toString();
        for (int i = 2; !taken.add(candidate); i++) {
            candidate = id + "--" + i;
        }
        return candidate;
    }

    private static String safe(String text) {
        String slug =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        return slug.length() > MAX_LENGTH ? slug.substring(0, MAX_LENGTH) : slug;
    }
}
