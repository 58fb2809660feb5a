package dev.rtel.simulator;

/** Patterns in which {@code *} stands for any text. */
final class Wildcards {
    private Wildcards() {}

    static boolean matches(String pattern, String text) {
        String[] pieces = pattern.split("\\*", -1);
        if (pieces.length == 1) {
            return text.equals(pattern);
        }
        String last = pieces[pieces.length - 1];
        if (!text.startsWith(pieces[0]) || text.length() < pieces[0].length() + last.length()) {
            return false;
        }
        int position = pieces[0].length();
        for (int i = 1; i < pieces.length - 1; i++) {
            int found = text.indexOf(pieces[i], position);
            if (found < 0) {
                return false;
            }
            position = found + pieces[i].length();
        }
        return text.endsWith(last) && position <= text.length() - last.length();
    }
}
