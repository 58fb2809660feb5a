package dev.rtel.graders.answer;

import java.util.Set;
import java.util.function.Consumer;

/** Finds the value that a phrase announces: behind it, or on the lines below a heading. Used once. */
final class AnnouncedAnswers {
    private static final Set<String> HEADING_WORDS = Set.of("the", "my", "die", "la", "le", "so");
    private static final int MOST_SKIPPED_LINES = 4;
    private static final int LONGEST_QUOTATION = 4000;
    private final String text;
    private final Lines lines;
    private final Joints joints;
    private final Stance stance;
    private final Consumer<Marker> found;

    AnnouncedAnswers(CleanText reply, Lines lines, Stance stance, Consumer<Marker> found) {
        this.text = reply.text();
        this.lines = lines;
        this.joints = new Joints(reply, lines);
        this.stance = stance;
        this.found = found;
    }

    /** Looks at a phrase at this index. */
    void phrase(int at, Phrases.Hit hit) {
        Phrases.Role role = hit.phrase().role();
        if (role == Phrases.Role.CLAIM && !(stance.determined(at) && stance.own(at))) {
            return;
        }
        if (role == Phrases.Role.ANSWER && stance.ofAnother(at)) {
            return;
        }
        int i = joints.afterRemark(hit.end(), role);
        int from = joints.afterSign(i);
        boolean copula = false;
        if (from == i) {
            from = joints.afterCopula(i);
            copula = from > i
                    || hit.phrase().words().endsWith("\uC740")
                    || stance.inverted(at)
                    || (role == Phrases.Role.CLAIM && joints.denial(i));
            if (!copula && !(i >= lines.end(hit.end()) && headingStart(at))) {
                return;
            }
        }
        int tier = role == Phrases.Role.FINAL ? 1 : 2;
        if ((copula || tier == 2) && stance.unsure(at, from)) {
            return;
        }
        if (tier == 1 && stance.denied(at)) {
            return;
        }
        value(tier, at, from, role != Phrases.Role.CLAIM);
    }

    private void value(int tier, int at, int from, boolean mayBreak) {
        from = lines.blanks(from);
        while (from < text.length() && ":=}\u2192\u21D2".indexOf(text.charAt(from)) >= 0) {
            from = lines.blanks(from + 1);
        }
        int end = lines.end(from);
        boolean nextLine = false;
        for (int skipped = 0;
                mayBreak
                        && skipped < MOST_SKIPPED_LINES
                        && end < text.length()
                        && !Text.solid(text.substring(from, Math.min(end, from + 200)));
                skipped++) {
            if (end - from > 60 || text.substring(from, end).indexOf('?') >= 0) {
                break;
            }
            from = lines.blanks(end + 1);
            end = lines.end(from);
            nextLine = true;
        }
        boolean quoted = false;
        if (at > 0 && Text.quote(text.charAt(at - 1)) && !(at > 1 && Character.isLetter(text.charAt(at - 2)))) {
            int close = closingQuote(from, end);
            boolean wholeLine = lines.before(at - 1).isBlank()
                    && (close < 0 || text.substring(close + 1, end).isBlank());
            quoted = !wholeLine;
            end = close < 0 ? end : close;
        }
        found.accept(new Marker(tier, at, from, end, end < text.length(), true, quoted, nextLine));
    }

    private int closingQuote(int from, int end) {
        for (int i = from; i < Math.min(end, from + LONGEST_QUOTATION); i++) {
            if (Text.quote(text.charAt(i)) && (i + 1 == end || !Character.isLetterOrDigit(text.charAt(i + 1)))) {
                return i;
            }
        }
        return -1;
    }

    private boolean headingStart(int at) {
        String before = lines.before(at);
        return before.length() < 20
                && Text.words(before).stream().allMatch(word -> HEADING_WORDS.contains(word) || Text.digit(word));
    }
}
