package dev.rtel.graders.answer;

import dev.rtel.graders.internal.Rational;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads exact numbers (rules C5 to C7); canonical value {@code p} or {@code p/q} in lowest terms. */
final class NumberForm implements ValueForm {
    private static final Set<String> CAUSES = Set.of(
            "because",
            "since",
            "as",
            "which",
            "where",
            "given",
            "by",
            "from",
            "after",
            "via",
            "for",
            "thanks",
            "weil",
            "da",
            "denn",
            "parce",
            "car",
            "porque",
            "ya",
            "puisque",
            "checked",
            "verified",
            "so",
            "rather",
            "instead",
            "not",
            "nicht",
            "pas",
            "assuming",
            "with",
            "without");
    private static final Set<String> CONDITIONS =
            Set.of("if", "unless", "depending", "otherwise", "wenn", "falls", "sofern", "selon");
    private static final Set<String> DOUBTS = Set.of(
            "or",
            "oder",
            "ou",
            "o",
            "maybe",
            "perhaps",
            "possibly",
            "alternatively",
            "could",
            "might",
            "vielleicht",
            "eventuell",
            "peut",
            "quizas",
            "either",
            "beziehungsweise",
            "bzw");
    private static final Set<String> FILLERS = Set.of(
            "exactly",
            "precisely",
            "the",
            "number",
            "simply",
            "just",
            "equals",
            "equal",
            "is",
            "it",
            "there",
            "are",
            "value",
            "of",
            "total",
            "about",
            "approximately",
            "approx",
            "roughly",
            "circa",
            "genau",
            "die",
            "zahl",
            "ist",
            "eur",
            "usd",
            "chf",
            "gbp",
            "us",
            "integer",
            "answer",
            "therefore",
            "thus",
            "hence",
            "so",
            "then",
            "that",
            "x",
            "n",
            "le",
            "nombre");
    private static final Set<String> NO_UNITS = Set.of(
            "times",
            "plus",
            "minus",
            "over",
            "divided",
            "multiplied",
            "squared",
            "cubed",
            "factorial",
            "choose",
            "mod",
            "modulo",
            "hundred",
            "thousand",
            "million",
            "millions",
            "billion",
            "billions",
            "trillion",
            "dozen",
            "score",
            "half",
            "halves",
            "third",
            "thirds",
            "quarter",
            "quarters",
            "fourth",
            "fourths",
            "fifth",
            "fifths",
            "sixth",
            "sixths",
            "seventh",
            "sevenths",
            "eighth",
            "eighths",
            "ninth",
            "ninths",
            "tenth",
            "tenths",
            "twelfths",
            "hundredths",
            "thousandths",
            "pi",
            "sqrt",
            "root",
            "log",
            "ln",
            "sin",
            "cos",
            "tan",
            "exp",
            "hundert",
            "tausend",
            "millionen",
            "milliarde",
            "milliarden",
            "mio",
            "mrd",
            "mille",
            "millones",
            "mil",
            "cien",
            "dutzend",
            "drittel",
            "viertel",
            "funftel",
            "to",
            "bis",
            "through",
            "point",
            "raised",
            "power",
            "mal",
            "hoch",
            "durch",
            "fois",
            "por",
            "bn",
            "mn",
            "tens",
            "hundreds",
            "thousands",
            "lakh",
            "crore",
            "nor",
            "und",
            "et");
    private static final String UNIT_LETTERS = "msghlLJWVKCFNAT";
    private static final String SCALE_CHARACTERS =
            "\u5341\u767E\u5343\u4E07\u842C\u4EBF\u5104\u5146\u534A\u767E\uB9CC\uC5B5\uCC9C";
    private static final Pattern ALTERNATIVES = Pattern.compile(
            "(?<![\\p{L}\\p{N}])(?:or|oder|ou|o|y|and|und|et)(?![\\p{L}\\p{N}])|\u6216\u8005|\u6216|\u8FD8\u662F|\u53C8\u306F|\u307E\u305F\u306F|\u548C|\u8207|\u4E0E|\u53CA|[&|;\uFF1B\u3001\uFF0C]");
    private static final Pattern SECOND_OFFER =
            Pattern.compile("(?<!\\p{L})(?:or|oder|ou|maybe|perhaps|possibly|alternatively)\\s+[^\\p{L}\\s]{0,3}\\d");
    private static final Pattern BUT =
            Pattern.compile("(?<!\\p{L})(?:but|sondern|mais|sino|ma|mas)(?!\\p{L})|\u800C\u662F");
    private final boolean decimalComma;

    NumberForm(String locale) {
        this.decimalComma = NumberReader.decimalComma(locale);
    }

    @Override
    public Reading read(String text, Place place) {
        String plain = Latex.plain(text);
        if (place == Place.LINE) {
            String bare = Text.trim(plain, ".\u3002");
            return bare.isEmpty() ? Reading.NONE : number(bare, true);
        }
        return whole(plain);
    }

    private Reading whole(String text) {
        Comments.Split split = Comments.split(text);
        if (Text.digit(split.rest()) && doubtful(split.comment())) {
            return Reading.SEVERAL;
        }
        String s = correction(edges(split.rest()));
        int cause = cause(s);
        if (cause > 0) {
            if (SECOND_OFFER.matcher(Fold.of(s.substring(cause))).find()) {
                return Reading.SEVERAL;
            }
            s = edges(s.substring(0, cause));
        }
        if (s.indexOf('\u00B1') >= 0 || s.contains("+/-")) {
            return Reading.SEVERAL;
        }
        Matcher matcher = ALTERNATIVES.matcher(Fold.of(s));
        Reading sole = Reading.NONE;
        int from = 0;
        boolean alternatives = false;
        while (matcher.find()) {
            String piece = s.substring(from, matcher.start());
            boolean either = !piece.isBlank() && !Set.of("y", "o").contains(matcher.group()) || Text.digit(piece);
            if (!either) {
                continue;
            }
            alternatives = true;
            Reading reading = member(piece);
            if (reading.kind() == Reading.Kind.SEVERAL || (sole.isOne() && !reading.equals(sole))) {
                return Text.digit(s.substring(matcher.end())) || !comment(s.substring(from)) ? Reading.SEVERAL : sole;
            }
            if (comment(s.substring(from)) && sole.isOne()) {
                return sole;
            }
            if (!reading.isOne()) {
                return Reading.NONE;
            }
            sole = reading;
            from = matcher.end();
        }
        if (!alternatives) {
            return member(s);
        }
        return last(sole, s.substring(from));
    }

    private Reading last(Reading sole, String piece) {
        Reading reading = member(piece);
        if (reading.equals(sole) || (!Text.digit(piece) && comment(piece))) {
            return sole;
        }
        return Reading.SEVERAL;
    }

    private static boolean comment(String piece) {
        var words = Text.words(Fold.of(piece));
        return !words.isEmpty() && CAUSES.contains(words.get(0));
    }

    private static boolean doubtful(String comment) {
        var words = Text.words(Fold.of(comment));
        for (int i = 0; i < Math.min(3, words.size()); i++) {
            if (DOUBTS.contains(words.get(i))) {
                return true;
            }
        }
        return false;
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
        return number(edges(equals >= 0 ? s.substring(equals + 1) : s), false);
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

    /** Index of the word that starts a reason, so that equations in the reason do not count. */
    private static int cause(String s) {
        String folded = Fold.of(s);
        for (int i = 1; i < folded.length(); i++) {
            if (Character.isLetter(folded.charAt(i)) && !Character.isLetterOrDigit(folded.charAt(i - 1))) {
                int end = i;
                while (end < folded.length() && Character.isLetter(folded.charAt(end))) {
                    end++;
                }
                if (CAUSES.contains(folded.substring(i, end)) && Text.digit(folded.substring(0, i))) {
                    return i;
                }
                i = end;
            }
        }
        return -1;
    }

    private Reading number(String text, boolean bare) {
        String s = bare ? text : prefix(Text.trim(text, ""));
        if (s.isEmpty()) {
            return Reading.NONE;
        }
        if ("([{".indexOf(s.charAt(0)) >= 0) {
            int close = Text.closing(s, 0);
            return close == s.length() - 1 && s.length() > 2 ? bracketed(s.substring(1, close)) : Reading.NONE;
        }
        var reader = new NumberReader(s, 0, decimalComma);
        Rational value = reader.read();
        if (reader.problem() != NumberReader.Problem.NONE) {
            return reader.problem() == NumberReader.Problem.SEVERAL ? Reading.SEVERAL : Reading.NONE;
        }
        Reading.Kind tail = tail(s.substring(reader.end()), bare);
        return switch (tail) {
            case ONE -> Reading.one(value.toString());
            case NONE -> Reading.NONE;
            case SEVERAL -> Reading.SEVERAL;
        };
    }

    private Reading bracketed(String inner) {
        if (inner.indexOf('(') >= 0 || inner.indexOf('[') >= 0) {
            return Reading.NONE;
        }
        return number(Text.trim(inner, ""), false);
    }

    private static String prefix(String text) {
        String s = text;
        for (int rounds = 0; rounds < 12 && !s.isEmpty(); rounds++) {
            if ("$\u20AC\u00A3\u00A5\u20B9\u2248~=:,".indexOf(s.charAt(0)) >= 0) {
                s = s.substring(1).stripLeading();
                continue;
            }
            int end = 0;
            while (end < s.length() && Character.isLetter(s.charAt(end)) && !Text.ideographic(s.charAt(end))) {
                end++;
            }
            if (end == 0
                    || end == s.length()
                    || !FILLERS.contains(Fold.of(s.substring(0, end)))
                    || Character.isDigit(s.charAt(end))) {
                break;
            }
            if (end == 1 && s.charAt(end) != ' ') {
                break;
            }
            if (end == 1) {
                break;
            }
            s = s.substring(end).stripLeading();
        }
        return s;
    }

    /** What the text behind a number makes of it. */
    private static Reading.Kind tail(String text, boolean bare) {
        String t = text.strip();
        for (int rounds = 0;
                rounds < 2 && !t.isEmpty() && "%\u2030\u00B0\u20AC\u00A3\u00A5$\u20B9".indexOf(t.charAt(0)) >= 0;
                rounds++) {
            t = t.substring(1).stripLeading();
        }
        if (t.isEmpty()) {
            return Reading.Kind.ONE;
        }
        char first = t.charAt(0);
        String rest = t.substring(1);
        if (Text.DASHES.indexOf(first) >= 0 && !rest.isEmpty()) {
            boolean range = Character.isDigit(
                    rest.strip().isEmpty() ? ' ' : rest.strip().charAt(0));
            if (range) {
                return text.charAt(0) == ' ' ? Reading.Kind.NONE : Reading.Kind.SEVERAL;
            }
            return remark(rest, bare);
        }
        if (first == ',' || first == ';' || first == ':' || first == '/' || first == '?') {
            return remark(rest, bare);
        }
        return Units.unit(t, NO_UNITS, UNIT_LETTERS, SCALE_CHARACTERS, bare) ? Reading.Kind.ONE : words(t, bare);
    }

    private static Reading.Kind words(String t, boolean bare) {
        var words = Text.words(Fold.of(t));
        if (bare || words.isEmpty()) {
            return Reading.Kind.NONE;
        }
        if (CONDITIONS.contains(words.get(0)) || DOUBTS.contains(words.get(0))) {
            return Reading.Kind.SEVERAL;
        }
        boolean range = Set.of("to", "bis", "through").contains(words.get(0));
        return range && Text.digit(t) ? Reading.Kind.SEVERAL : Reading.Kind.NONE;
    }

    private static Reading.Kind remark(String rest, boolean bare) {
        var words = Text.words(Fold.of(rest));
        if (words.isEmpty()) {
            return Reading.Kind.ONE;
        }
        if (bare) {
            return Reading.Kind.NONE;
        }
        for (String word : words) {
            if (CONDITIONS.contains(word) || DOUBTS.contains(word)) {
                return Reading.Kind.SEVERAL;
            }
        }
        if (Text.digit(rest)) {
            return CAUSES.contains(words.get(0)) ? Reading.Kind.ONE : Reading.Kind.SEVERAL;
        }
        return Reading.Kind.ONE;
    }
}
