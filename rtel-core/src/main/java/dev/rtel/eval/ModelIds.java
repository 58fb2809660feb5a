package dev.rtel.eval;

import java.util.Locale;
import java.util.Set;

/** What the id of a model tells: its vendor, and whether another id means the same model. */
public final class ModelIds {
    /** Suffixes that choose a price, a host or an extra, never another model. */
    private static final Set<String> VARIANTS =
            Set.of("free", "nitro", "floor", "online", "thinking", "extended", "beta", "exacto");

    private ModelIds() {}

    /** Returns what stands before the first slash, in lower case; empty without one: the vendor is not known then. */
    public static String vendor(String id) {
        int slash = id.indexOf('/');
        return slash < 0 ? "" : id.substring(0, slash).toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the id in lower case without a variant such as {@code :free}. In {@code author/slug:variant} any suffix is
     * one; in an id without author only the known variants are, since {@code llama3:8b} names a size.
     */
    public static String base(String id) {
        String lower = id.strip().toLowerCase(Locale.ROOT);
        int colon = lower.lastIndexOf(':');
        boolean variant = colon > 0 && (lower.indexOf('/') >= 0 || VARIANTS.contains(lower.substring(colon + 1)));
        return variant ? lower.substring(0, colon) : lower;
    }

    /**
     * Tells whether two ids mean the same model: case and variants do not matter, and an id without author (of a local
     * server) means the model of that name by anyone.
     */
    public static boolean same(String one, String other) {
        String a = base(one);
        String b = base(other);
        if (a.equals(b)) {
            return true;
        }
        return a.indexOf('/') < 0 ? b.endsWith("/" + a) : b.indexOf('/') < 0 && a.endsWith("/" + b);
    }
}
