package dev.rtel.graders.judge;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A text as a reader may take it: without what cannot be seen, in lower case, look-alikes as the ASCII letter, digit or
 * bracket that they look like ({@code o} as {@code 0}, {@code i} and {@code l} as {@code 1}). Each of its characters knows
 * which part of the text it stands for.
 */
final class Skeleton {
    /** Cyrillic, Greek and others that no normalisation takes for Latin; pairs of look-alike and letter. */
    private static final String LOOK_ALIKES = "аaвbсcԁdеeгrіiјjкkмmпnоoрpԛqѕsтtуyхxԝwьbһhѵvӏlԍg"
            + "αaβbεeϵeηnιiκkμmνvοoρpτtυuχxϲcσo" + "ıiɑaɡgɩiʙbᴀaᴄcᴅdᴇeɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyᴢz"
            + "đdɓbƒfħhøołlŧtɗdɛe" + "օoսuհhցgոnեe" + "ᎪaᏴbᏟcᎠdᎬeᏀgᎻhᎥiᎫjᏦkᏞlᎷmᏢpᎡrᏚsᎢtᏙvᎳw";

    private static final String ANGLES_OPEN = "<‹«〈〈《⟨⟪≪⋘≺❮❰❬˂ᐸ⪡⧼﹤＜";
    private static final String ANGLES_CLOSE = ">›»〉〉》⟩⟫≫⋙≻❯❱❭˃ᐳ⪢⧽﹥＞";
    private static final String SQUARES_OPEN = "[{⟦【〔〖〘〚「『⦋⁅⦃❲❴";
    private static final String SQUARES_CLOSE = "]}⟧】〕〗〙〛」』⦌⁆⦄❳❵";
    /** Shown as nothing although no category says so. */
    private static final String BLANK = "\u115F\u1160\u3164\uFFA0\u2800\u17B4\u17B5";

    private static final Map<Integer, Character> FOLDED = folded();

    private final String text;
    private final int[] starts;
    private final int[] ends;

    private Skeleton(String text, int[] starts, int[] ends) {
        this.text = text;
        this.starts = starts;
        this.ends = ends;
    }

    static Skeleton of(String original) {
        StringBuilder out = new StringBuilder(original.length());
        int[] starts = new int[original.length() + 16];
        int[] ends = new int[original.length() + 16];
        for (int i = 0; i < original.length(); ) {
            int c = original.codePointAt(i);
            int next = i + Character.charCount(c);
            int before = out.length();
            fold(c, out);
            if (out.length() > starts.length) {
                starts = Arrays.copyOf(starts, out.length() * 2);
                ends = Arrays.copyOf(ends, out.length() * 2);
            }
            Arrays.fill(starts, before, out.length(), i);
            Arrays.fill(ends, before, out.length(), next);
            i = next;
        }
        return new Skeleton(out.toString(), starts, ends);
    }

    /** The folded characters. */
    String text() {
        return text;
    }

    /** First index in the original of a folded character. */
    int start(int index) {
        return starts[index];
    }

    /** Index in the original after a folded character. */
    int end(int index) {
        return ends[index];
    }

    private static void fold(int c, StringBuilder out) {
        if (c < 0x80) {
            ascii((char) c, out);
            return;
        }
        int letter = enclosed(c);
        Character known = FOLDED.get(letter);
        if (known != null) {
            out.append(known.charValue());
        } else if (letter < 0x80) {
            ascii((char) letter, out);
        } else if (!invisible(letter)) {
            normalised(letter, out);
        }
    }

    private static void normalised(int c, StringBuilder out) {
        String plain = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKD);
        for (int i = 0; i < plain.length(); ) {
            int part = plain.codePointAt(i);
            i += Character.charCount(part);
            int lower = Character.toLowerCase(Character.toUpperCase(part));
            Character known = FOLDED.getOrDefault(part, FOLDED.get(lower));
            if (known != null) {
                out.append(known.charValue());
            } else if (Character.isDigit(part)) {
                ascii((char) ('0' + Character.digit(part, 10)), out);
            } else if (lower < 0x80) {
                ascii((char) lower, out);
            } else if (Character.isWhitespace(part) || Character.isSpaceChar(part)) {
                out.append(' ');
            } else if (!invisible(part)) {
                out.appendCodePoint(lower);
            }
        }
    }

    private static void ascii(char c, StringBuilder out) {
        char lower = Character.toLowerCase(c);
        Character known = FOLDED.get((int) lower);
        if (known != null) {
            out.append(known.charValue());
        } else if (lower == '\n' || lower >= ' ' && lower < 0x7F) {
            out.append(lower);
        } else if (lower == '\t' || lower == '\r' || lower == '\f' || lower == 0x0B) {
            out.append(' ');
        }
    }

    /** Letters in negative circles and squares and regional indicators have no decomposition. */
    private static int enclosed(int c) {
        if (c >= 0x1F150 && c <= 0x1F169) {
            return 'a' + c - 0x1F150;
        }
        if (c >= 0x1F170 && c <= 0x1F189) {
            return 'a' + c - 0x1F170;
        }
        return c >= 0x1F1E6 && c <= 0x1F1FF ? 'a' + c - 0x1F1E6 : c;
    }

    /** Format characters, marks, controls, fillers, halves of surrogates. */
    static boolean invisible(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.CONTROL,
                    Character.SURROGATE -> c != '\n' && c != '\t' && c != '\r';
            default -> BLANK.indexOf(c) >= 0;
        };
    }

    private static Map<Integer, Character> folded() {
        Map<Integer, Character> map = new HashMap<>();
        int[] pairs = LOOK_ALIKES.codePoints().toArray();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], digitLike((char) pairs[i + 1]));
            map.put(Character.toUpperCase(pairs[i]), digitLike((char) pairs[i + 1]));
        }
        ANGLES_OPEN.codePoints().forEach(c -> map.put(c, '<'));
        ANGLES_CLOSE.codePoints().forEach(c -> map.put(c, '>'));
        SQUARES_OPEN.codePoints().forEach(c -> map.put(c, '['));
        SQUARES_CLOSE.codePoints().forEach(c -> map.put(c, ']'));
        "oil|".chars().forEach(c -> map.put(c, digitLike((char) c)));
        "/∕⁄⧸／╱".codePoints().forEach(c -> map.put(c, '/'));
        "-‐‑‒–—―−－﹣⁃".codePoints().forEach(c -> map.put(c, '-'));
        "=═＝꞊".codePoints().forEach(c -> map.put(c, '='));
        "\u2028\u2029\u0085".codePoints().forEach(c -> map.put(c, '\n'));
        return map;
    }

    private static char digitLike(char c) {
        return c == 'o' ? '0' : c == 'i' || c == 'l' || c == '|' ? '1' : c;
    }
}
