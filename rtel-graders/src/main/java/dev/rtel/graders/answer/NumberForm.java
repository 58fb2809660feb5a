package dev.rtel.graders.answer;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads exact numbers (rules C5 to C7); canonical value {@code p} or {@code p/q} in lowest terms. */
final class NumberForm implements ValueForm {
    private static final Pattern ALTERNATIVES = Pattern.compile(
            "(?<![\\p{L}\\p{N}])(?:or|oder|ou|o|y|and|und|et)(?![\\p{L}\\p{N}])|\u6216\u8005|\u6216|\u8FD8\u662F|\u53C8\u306F|\u307E\u305F\u306F|\u548C|\u8207|\u4E0E|\u53CA|[&|;\uFF1B\u3001\uFF0C]");
    private static final Pattern BUT =
            Pattern.compile("(?<!\\p{L})(?:but|sondern|mais|sino|ma|mas)(?!\\p{L})|\u800C\u662F");
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
        return whole(plain);
    }

    private Reading whole(String text) {
        Comments.Split split = Comments.split(text);
        if (Text.digit(split.rest()) && RemarkWords.startsWithDoubt(split.comment())) {
            return Reading.SEVERAL;
        }
        String s = correction(edges(split.rest()));
        int cause = RemarkWords.reasonStart(s);
        if (cause > 0) {
            if (RemarkWords.offersAnother(s.substring(cause))) {
                return Reading.SEVERAL;
            }
            s = edges(s.substring(0, cause));
        }
        if (s.indexOf('\u00B1') >= 0 || s.contains("+/-")) {
            return Reading.SEVERAL;
        }
        return alternatives(s);
    }

    /** Members joined by "or", "and" and the like make one value only if they agree. */
    private Reading alternatives(String s) {
        Matcher matcher = ALTERNATIVES.matcher(Fold.of(s));
        Reading sole = Reading.NONE;
        int from = 0;
        boolean several = false;
        while (matcher.find()) {
            String piece = s.substring(from, matcher.start());
            boolean either = !piece.isBlank() && !Set.of("y", "o").contains(matcher.group()) || Text.digit(piece);
            if (!either) {
                continue;
            }
            several = true;
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
        return several ? last(sole, s.substring(from)) : member(s);
    }

    private Reading last(Reading sole, String piece) {
        Reading reading = member(piece);
        if (reading.equals(sole) || (!Text.digit(piece) && RemarkWords.startsWithReason(piece))) {
            return sole;
        }
        return Reading.SEVERAL;
    }

    /** "not 41 but 42" says 42; a bare "not 41" says nothing. */
    private static String correction(String s) {
        String folded = Fold.of(s);
        if (folded.matches("(?s)(not|nicht|pas|non|no|\u4E0D\u662F)(?!\\p{L}).*")) {
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
                && (".,;:\u3002\uFF0C".indexOf(s.charAt(end - 1)) >= 0
                        || Text.quote(s.charAt(end - 1))
                        || s.charAt(end - 1) == ' ')) {
            end--;
        }
        return s.substring(0, end);
    }
}
