package dev.rtel.graders.judge;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts text between markers that carry a code, so that a reader can tell data from instructions. What a text can do to
 * close its own fence is undone: the code cannot occur in it, not even disguised by case, look-alikes or invisible
 * characters, and what looks like a marker loses its brackets.
 */
final class Fence {
    private static final String WORDS =
            "(?:subm1ss10n|data|reference|statement|rubr1c|grad1ng|grade|verd1ct|1nstruct10ns?|system|judge|grader"
                    + "|eva1uat10n|answer)";
    /** A rule or bracket with BEGIN or END and one of the words, or an angle bracket with one of them. */
    private static final Pattern MARKER = Pattern.compile(
            "(?:[<\\[=#*~_-][\\s<\\[/=#*~_-]{0,8}(?=(?:beg1n|end|start|st0p)[^a-z0-9\\n]{1,6}(?:0f[^a-z0-9\\n]{1,3})?(?:the[^a-z0-9\\n]{1,3})?"
                    + WORDS + ")|<[\\s</]{0,6}(?=" + WORDS + "(?![a-z0-9])))");

    private final String code;

    /** A fence with this code, lower-case hex digits that the texts cannot know. */
    Fence(String code) {
        this.code = code;
    }

    /**
     * A text made harmless.
     *
     * @param text what is shown
     * @param markers how many look-alike markers lost their form
     */
    record Harmless(String text, int markers) {}

    String code() {
        return code;
    }

    /** The text between its markers. */
    String around(String name, String text) {
        return "<<BEGIN " + name + " " + code + ">>\n" + harmless(text).text() + "\n<<END " + name + " " + code
                + ">>\n";
    }

    /** The text without the code and without markers. */
    Harmless harmless(String text) {
        return withoutMarkers(withoutCode(text));
    }

    /** How many parts of a text look like markers, whatever the code. */
    static int markers(String text) {
        return withoutMarkers(text).markers();
    }

    private String withoutCode(String text) {
        String folded = Skeleton.of(code).text();
        String out = text;
        // what is put in its place holds no hex digit beside it that could complete another one
        for (int at = 0; at >= 0; ) {
            Skeleton skeleton = Skeleton.of(out);
            at = skeleton.text().indexOf(folded);
            if (at >= 0) {
                out = out.substring(0, skeleton.start(at)) + "(code)"
                        + out.substring(skeleton.end(at + folded.length() - 1));
            }
        }
        return out;
    }

    private static Harmless withoutMarkers(String text) {
        Skeleton skeleton = Skeleton.of(text);
        Matcher matcher = MARKER.matcher(skeleton.text());
        StringBuilder out = new StringBuilder(text.length());
        int from = 0;
        int count = 0;
        while (matcher.find()) {
            int start = skeleton.start(matcher.start());
            int end = skeleton.end(matcher.end() - 1);
            out.append(text, Math.min(from, start), start).append('(');
            from = end;
            count++;
        }
        return new Harmless(out.append(text.substring(from)).toString(), count);
    }
}
