package dev.rtel.graders.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds what of a reply is not thinking. Linear in the length of the reply. */
public final class Thinking {
    private static final List<String> NAMES = List.of("think", "thinking", "thought", "reasoning");

    private Thinking() {}

    /**
     * A kept part of the reply.
     *
     * @param start first index
     * @param end index after the last
     */
    public record Part(int start, int end) {}

    /**
     * What is left of a reply.
     *
     * @param parts in order
     * @param unclosed whether a block was opened and never closed; it swallowed the rest
     */
    public record Rest(List<Part> parts, boolean unclosed) {
        /** Copies the list. */
        public Rest {
            parts = List.copyOf(parts);
        }

        /** The kept parts of the reply, joined. */
        public String of(String reply) {
            StringBuilder out = new StringBuilder();
            parts.forEach(part -> out.append(reply, part.start(), part.end()));
            return out.toString();
        }
    }

    /** Drops closed blocks, everything before a lone closing tag, and everything after an unclosed opening one. */
    public static Rest strip(String reply) {
        List<Part> parts = new ArrayList<>();
        int from = 0;
        int at = reply.indexOf('<');
        while (at >= 0) {
            boolean closing = reply.startsWith("</", at);
            String name = nameAt(reply, at + (closing ? 2 : 1));
            if (!name.isEmpty() && closing) {
                parts.clear();
                from = at + name.length() + 3;
                at = from - 1;
            } else if (!name.isEmpty()) {
                if (at > from) {
                    parts.add(new Part(from, at));
                }
                int close = closeOf(reply, name, at);
                if (close < 0) {
                    return new Rest(parts, true);
                }
                from = close + name.length() + 3;
                at = from - 1;
            }
            at = reply.indexOf('<', at + 1);
        }
        if (from < reply.length()) {
            parts.add(new Part(from, reply.length()));
        }
        return new Rest(parts, false);
    }

    private static int closeOf(String reply, String name, int from) {
        int at = reply.indexOf("</", from);
        while (at >= 0 && !nameAt(reply, at + 2).equals(name)) {
            at = reply.indexOf("</", at + 2);
        }
        return at;
    }

    private static String nameAt(String reply, int at) {
        int limit = Math.min(reply.length(), at + 13);
        int end = at;
        while (end < limit && reply.charAt(end) != '>') {
            end++;
        }
        if (end >= limit) {
            return "";
        }
        String name = reply.substring(at, end).toLowerCase(Locale.ROOT);
        return NAMES.contains(name) ? name : "";
    }
}
