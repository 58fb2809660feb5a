package dev.rtel.graders.answer;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one option letter (rule C9); only at a marker or in a declarative sentence. */
final class ChoiceForm implements ValueForm {
    /** Letters of scripts that put blanks between words. */
    private static final String LETTER = "[\\p{L}&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}]]";

    private static final Phrases PHRASES = new Phrases(
            Phrases.of(
                    Phrases.Role.ANSWER,
                    "correct option|correct choice|right option|right choice|right answer|best option|best choice|best answer|correct letter|richtige option|richtige antwort|bonne réponse|bonne option|opción correcta|respuesta correcta|正确选项|正确答案"));
    private static final Pattern HEAD = Pattern.compile(
            "(?i)(?:(?:the|option|choice|answer|letter|alternative|die|antwort|l'option|la|opci\u00F3n|opcion|r\u00E9ponse|letra|lettera|optie|opzione|lettre|buchstabe|is|it|it's)\\s+|选项|選項){0,4}"
                    + "(?:\\(([A-Z])\\)|\\[([A-Z])\\]|\\{([A-Z])\\}|([A-Z])(?![" + LETTER + "\\p{N}'\u2019\\-]))");
    private static final Pattern OTHER = Pattern.compile(
            "(?:(?:^|[\\s,;/&+|(\\[\u3001\uFF0C])(?i:or|and|oder|und|ou|et|o|y|nor|maybe|perhaps|possibly|alternatively|vielleicht)"
                    + "|\u6216\u8005?|\u548C|\u307E\u305F\u306F|\u3068|[/,&;+|\u3001\uFF0C])"
                    + "\\s*(?i:option |choice |answer )?[(\\[]?([A-Z])(?![" + LETTER + "\\p{N}'\u2019])");
    /** Takes the letter back: "C is wrong", "I do not know", "C - no". */
    private static final Pattern DISMISSED = Pattern.compile(
            "(?i)\\W*(?:(?:is|ist|est|es)\\s.*\\b(?:not|wrong|incorrect|false|impossible|nicht|falsch|pas|faux|fausse|no)\\b"
                    + "|(?:do|does|did|can|could)\\s+not\\b|don't|cannot|can't|isn't|no\\b\\W*(?:wait|it)?|wait|actually|wrong|hmm).*",
            Pattern.DOTALL);

    private static final Pattern ASIDE = Pattern.compile(
            "(?i)(?:is\\b|because|since|as\\b|ist\\b|est\\b|es\\b|weil|car\\b|porque|which|\\(|[-\u2013\u2014,;]).*",
            Pattern.DOTALL);
    private static final Pattern CAUSE = Pattern.compile("(?i)\\b(?:because|since|as|weil|da|car|porque)\\b");
    private static final Pattern DOUBT =
            Pattern.compile("(?i).*\\b(?:or|maybe|perhaps|possibly|if|unless|oder|depending|but)\\b.*", Pattern.DOTALL);
    private static final Pattern IS_CORRECT = Pattern.compile(
            "\\s*[(\\[]?([a-z])[)\\]]?\\s+(?:is|ist|est|es)\\s+(?:therefore |thus |the |die |la |clearly )*(?:correct|right|richtig|korrekt|correcte|bonne|correcta|richtige)(?!\\p{L})");
    private static final Pattern BUT = Pattern.compile(
            "(?i)\\s*(?:not|nicht|pas|no)\\s.{1,40}?\\b(?:but|sondern|mais|sino)\\b\\s*(.*)", Pattern.DOTALL);
    private static final Pattern PAIR = Pattern.compile(
            "(?i)(?:either|both|between|zwischen|entre|entweder|sowohl|soit|sia|beide)\\s+(?:options?\\s+)?[(\\[]?[A-Z][)\\]]?[\\s,]+(?:or|and|oder|als auch|und|ou|et|soit|e|sia|of|en)\\b.*",
            Pattern.DOTALL);
    private final int options;

    ChoiceForm(int options) {
        this.options = options;
    }

    @Override
    public boolean lastLineCounts() {
        return false;
    }

    @Override
    public Phrases phrases() {
        return PHRASES;
    }

    @Override
    public Reading read(String text, Place place) {
        String plain = Text.trim(Latex.plain(text), "");
        Matcher but = BUT.matcher(plain);
        if (but.matches()) {
            plain = but.group(1);
        }
        if (PAIR.matcher(plain).lookingAt()) {
            return Reading.SEVERAL;
        }
        Matcher head = HEAD.matcher(plain);
        if (!head.lookingAt()) {
            return Reading.NONE;
        }
        boolean bracketed = head.group(4) == null;
        int at = bracketed ? head.end() - 2 : head.end() - 1;
        char letter = plain.charAt(at);
        String tail = plain.substring(head.end());
        char upper = Character.toUpperCase(letter);
        if (place == Place.SENTENCE
                && Character.isLowerCase(letter)
                && !bracketed
                && !Text.trim(tail, ".!").isEmpty()) {
            return Reading.NONE;
        }
        Matcher cause = CAUSE.matcher(tail);
        Matcher other = OTHER.matcher(cause.find() ? tail.substring(0, cause.start()) : tail);
        boolean labelled = !tail.isEmpty() && ").:".indexOf(tail.charAt(0)) >= 0;
        while (other.find()) {
            boolean first =
                    tail.substring(labelled ? 1 : 0, Math.max(other.start(), 1)).isBlank();
            boolean label = other.end() < tail.length() && ").:".indexOf(tail.charAt(other.end())) >= 0;
            if (Character.toUpperCase(other.group(1).charAt(0)) != upper
                    && (first || inRange(other.group(1).charAt(0)) && (!labelled || label))) {
                return Reading.SEVERAL;
            }
        }
        if (dismissed(tail)) {
            return Reading.NONE;
        }
        if (!option(tail, bracketed)) {
            return doubted(tail) ? Reading.SEVERAL : Reading.NONE;
        }
        return inRange(upper) ? Reading.one(String.valueOf(upper)) : Reading.NONE;
    }

    private boolean inRange(char letter) {
        return letter >= 'A' && letter < 'A' + options;
    }

    /** Whether what follows can follow an option letter: nothing, its text after a mark, or a remark. */
    private static boolean option(String tail, boolean bracketed) {
        String t = tail.strip();
        if (Text.trim(t, ".!)]}:").isEmpty()) {
            return true;
        }
        char first = t.charAt(0);
        if (first == '.' && t.length() > 1 && Character.isLetter(t.charAt(1))) {
            return false;
        }
        if (first == ')' || first == '.' || first == ':' || first == ']') {
            return true;
        }
        if (ASIDE.matcher(t).matches()) {
            return !doubted(t);
        }
        return bracketed || Text.ideographic(first);
    }

    private static boolean dismissed(String tail) {
        Matcher cause = CAUSE.matcher(tail);
        String remark = cause.find() ? tail.substring(0, cause.start()) : tail;
        boolean labelled = !tail.isEmpty() && ").:]".indexOf(tail.charAt(0)) >= 0;
        return !labelled && (DISMISSED.matcher(remark).matches() || RemarkWords.deniedBehind(tail));
    }

    private static boolean doubted(String tail) {
        Matcher cause = CAUSE.matcher(tail);
        String remark = cause.find() ? tail.substring(0, cause.start()) : tail;
        return ASIDE.matcher(tail.strip()).matches() && DOUBT.matcher(remark).matches();
    }

    @Override
    public Sentence sentenceAt(CleanText reply, int index) {
        String folded = reply.folded();
        char c = folded.charAt(index);
        if (c != 'o' && c != 'c' && c != 'a') {
            return Sentence.ABSENT;
        }
        for (String noun : List.of("option", "choice", "alternative", "opcion")) {
            if (folded.startsWith(noun, index)) {
                int from = index + noun.length();
                Matcher matcher = IS_CORRECT.matcher(folded).region(from, Math.min(folded.length(), from + 80));
                if (matcher.lookingAt() && from < folded.length() && !shared(reply.text(), index, matcher.end())) {
                    return new Sentence(matcher.start(1), matcher.start(1) + 1);
                }
            }
        }
        return Sentence.ABSENT;
    }

    /** "option A or option B is correct", "options A and B are correct": more than one letter is offered. */
    private static boolean shared(String text, int start, int end) {
        String before = text.substring(Text.sentenceStart(text, start), start);
        String after = text.substring(end, Text.sentenceEnd(text, end, Math.min(text.length(), end + 200)));
        return before.matches("(?s).*\\b[A-Z]\\)?,?\\s*(?:or|and|oder|und|nor|,)\\s*$")
                || after.matches("(?s).*\\b(?:or|and so is|as is)\\b.*\\b[A-Z]\\b.*");
    }
}
