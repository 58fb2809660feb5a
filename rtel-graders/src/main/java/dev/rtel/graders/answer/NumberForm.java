package dev.rtel.graders.answer;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads exact numbers (rules C5 to C7); canonical value {@code p} or {@code p/q} in lowest terms. */
final class NumberForm implements ValueForm {
    private static final Pattern ALTERNATIVES = Pattern.compile(
            "(?<![\\p{L}\\p{N}])(?:or|oder|ou|oppure|или|and|und|et)(?![\\p{L}\\p{N}])|(?<= )[oyeiи](?= )|\u6216\u8005|\u6216|\u8FD8\u662F|\u53C8\u306F|\u307E\u305F\u306F|\u548C|\u8207|\u4E0E|\u53CA|[&|;\uFF1B\u3001\uFF0C]");
    private static final Pattern BUT =
            Pattern.compile("(?<!\\p{L})(?:but|sondern|mais|sino|ma|mas|bensi|maar|а)(?!\\p{L})|\u800C\u662F");
    private static final Pattern CLAUSE = Pattern.compile("[,;]\\s+");
    /** Numbers and nothing but brackets, commas and typesetting around them. */
    private static final Pattern TUPLE =
            Pattern.compile("(?:\\\\(?:begin|end)\\{[a-z]+\\}|\\\\[a-z]+|[\\s(\\[{<\u27E8])*[-\u2013+]?\\d[\\d./]*"
                    + "(?:[\\s,;&|\u3001\uFF0C]+[-\u2013+]?\\d[\\d./]*)+"
                    + "(?:\\\\(?:begin|end)\\{[a-z]+\\}|\\\\[a-z]+|[\\s)\\]}>\u27E9.])*");
    /** "0.333...": digits go on, so that this is another number. */
    private static final Pattern CONTINUED = Pattern.compile("\\d[.,]\\d+\\s?(?:\\.{2,}|\u2026|\\\\(?:l|c)?dots)");

    private static final Pattern CHOICE_JOINT =
            Pattern.compile("or|oder|ou|o|oppure|или|\u6216.*|\u8FD8\u662F|\u53C8\u306F|\u307E\u305F\u306F|\\|");
    private static final Set<String> LETTER_JOINTS = Set.of("y", "o", "e", "i");
    private static final int LONGEST_LIST = 400;
    private final LoneNumber number;

    NumberForm(String locale) {
        this.number = new LoneNumber(locale);
    }

    @Override
    public Reading read(String text, Place place) {
        String plain = Latex.plain(text);
        if (place == Place.LINE) {
            String bare = Text.trim(plain, ".\u3002");
            return bare.isEmpty() ? Reading.NONE : number.bare(bare);
        }
        if (CONTINUED.matcher(plain).find()) {
            return Reading.NONE;
        }
        Reading reading = whole(plain);
        return reading == Reading.NONE && several(plain) ? Reading.SEVERAL : reading;
    }

    /** "(3; 11)", "[3, 11)", "either 17 or 19": no number, but more than one. */
    private static boolean several(String plain) {
        if (plain.length() < LONGEST_LIST && TUPLE.matcher(plain).matches()) {
            return true;
        }
        List<String> words = Text.words(Fold.of(plain));
        return !words.isEmpty()
                && RemarkWords.paired(words.get(0))
                && words.stream().filter(Text::digit).distinct().limit(2).count() == 2;
    }

    private Reading whole(String text) {
        Comments.Split split = Comments.split(text);
        if (Text.digit(split.rest()) && RemarkWords.doubts(split.comment())) {
            return Reading.SEVERAL;
        }
        String s = correction(edges(split.rest()));
        int cause = RemarkWords.reasonStart(s);
        if (cause > 0) {
            if (RemarkWords.offersAnother(s.substring(cause))) {
                return Reading.SEVERAL;
            }
            String conclusion = conclusion(s, cause);
            s = edges(conclusion.isEmpty() ? Text.trimEnd(s.substring(0, cause), Text.DASHES) : conclusion);
        }
        if (s.indexOf('\u00B1') >= 0 || s.contains("+/-")) {
            return Reading.SEVERAL;
        }
        return equations(s);
    }

    /** "p = 5 and q = 7, so p + q = 12": what follows from equations is the point. */
    private static String conclusion(String s, int cause) {
        String tail = s.substring(cause);
        List<String> words = Text.words(Fold.of(tail));
        return RemarkWords.conclusion(words.get(0)) && s.substring(0, cause).indexOf('=') >= 0 && tail.indexOf('=') >= 0
                ? tail.substring(tail.lastIndexOf('=') + 1)
                : "";
    }

    /** "x = 3, y = 11": equations one after the other agree or are several. */
    private Reading equations(String s) {
        String[] clauses = CLAUSE.split(s, 20);
        long equations = Arrays.stream(clauses)
                .filter(c -> c.indexOf('=') >= 0 && Text.digit(c.substring(c.lastIndexOf('='))))
                .count();
        if (equations < 2) {
            return alternatives(s);
        }
        Reading first = member(clauses[0]);
        for (String clause : clauses) {
            if (!member(clause).equals(first) || !first.isOne()) {
                return Reading.SEVERAL;
            }
        }
        return first;
    }

    /** Members joined by "or", "and" and the like make one value only if they agree. */
    private Reading alternatives(String s) {
        Matcher matcher = ALTERNATIVES.matcher(Fold.of(s));
        Reading sole = Reading.NONE;
        int from = 0;
        boolean several = false;
        boolean either = false;
        while (matcher.find()) {
            String piece = s.substring(from, matcher.start());
            if (!(!piece.isBlank() && !LETTER_JOINTS.contains(matcher.group()) || Text.digit(piece))) {
                continue;
            }
            several = true;
            either |= CHOICE_JOINT.matcher(matcher.group()).matches();
            Reading reading = member(piece);
            if (reading.kind() == Reading.Kind.SEVERAL || (sole.isOne() && !reading.equals(sole))) {
                return Text.digit(s.substring(matcher.end())) || !RemarkWords.startsWithReason(s.substring(from))
                        ? Reading.SEVERAL
                        : sole;
            }
            if (RemarkWords.startsWithReason(s.substring(from)) && sole.isOne()) {
                return sole;
            }
            if (!reading.isOne()) {
                return Reading.NONE;
            }
            sole = reading;
            from = matcher.end();
        }
        return several ? last(sole, s.substring(from), either) : member(s);
    }

    private Reading last(Reading sole, String piece, boolean either) {
        Reading reading = member(piece);
        boolean remark = !either
                && !Text.digit(piece)
                && Text.words(Fold.of(piece)).stream().noneMatch(Units::refused)
                && (Text.words(piece).size() > 1 || Text.ideographs(piece));
        if (remark || reading.equals(sole) || (!Text.digit(piece) && RemarkWords.startsWithReason(piece))) {
            return sole;
        }
        return Reading.SEVERAL;
    }

    /** "not 41 but 42" says 42; a bare "not 41" says nothing. */
    private static String correction(String s) {
        String folded = Fold.of(s);
        if (folded.matches("(?s)(not|isn't|nicht|pas|n'est|non|no|nao|niet|не|\u4E0D\u662F)(?!\\p{L}).*")) {
            Matcher but = BUT.matcher(folded);
            return but.find() ? s.substring(but.end()) : "";
        }
        return s;
    }

    /** One alternative: the right-most member of an equation chain. */
    private Reading member(String text) {
        String s = edges(text);
        int about = s.indexOf('\u2248');
        if (about > 0) {
            Reading left = member(s.substring(0, about));
            boolean name =
                    !Text.digit(s.substring(0, about)) && s.substring(0, about).indexOf('\\') < 0;
            return left.isOne() || !name ? left : member(s.substring(about + 1));
        }
        s = about == 0 ? s.substring(1) : s;
        int equals = s.lastIndexOf('=');
        return number.among(edges(equals >= 0 ? s.substring(equals + 1) : s));
    }

    /** Drops punctuation around a value, but not the point of {@code .5}. */
    private static String edges(String text) {
        String s = Text.trim(text, ",;:\u3002\uFF0C");
        int end = s.length();
        while (end > 0
                && (".,;:\\\u3002\uFF0C".indexOf(s.charAt(end - 1)) >= 0
                        || Text.quote(s.charAt(end - 1))
                        || s.charAt(end - 1) == ' ')) {
            end--;
        }
        return s.substring(0, end);
    }
}
