package dev.rtel.graders.answer;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one truth value (rule C8). Nothing is inferred from roles such as knight and knave. */
final class TruthForm implements ValueForm {
    private static final Phrases PHRASES = new Phrases(
            Phrases.of(
                    Phrases.Role.CLAIM,
                    "claim|statement|assertion|proposition|behauptung|aussage|affirmation|énoncé|afirmación|proposición|affermazione|命题|命題|说法|陈述|该命题|这个命题|该说法"));
    private static final Pattern TOKEN = Pattern.compile("[\\p{L}][\\p{L}']*|[^\\s\\p{L}]");
    private static final Pattern FIRST = Pattern.compile("\\s*([\\p{L}]+)\\s?([.,:;!\u2014\u2013\u3002\uFF0C])");
    /** A word that answers later on, as it does in front of a punctuation mark. */
    private static final Pattern LATER = Pattern.compile("(?<![\\p{L}\\p{N}])([\\p{L}]{2,4})[.,:;!\u2014\u2013]");

    private static final Set<String> FILLERS = Set.of(
            "so",
            "thus",
            "therefore",
            "hence",
            "it",
            "this",
            "that",
            "the",
            "claim",
            "statement",
            "assertion",
            "answer",
            "proposition",
            "conclusion",
            "hypothesis",
            "is",
            "it's",
            "that's",
            "must",
            "be",
            "definitely",
            "clearly",
            "simply",
            "indeed",
            "certainly",
            "probably",
            "likely",
            "value",
            "evaluates",
            "to",
            "die",
            "behauptung",
            "aussage",
            "ist",
            "das",
            "la",
            "le",
            "l'affirmation",
            "est",
            "es",
            "afirmacion",
            "e",
            "c'est",
            "necessarily",
            "always",
            "also",
            "only");
    private static final Set<String> NEGATIONS = words("not nicht pas isn't never keine kein nie niet не wasn't");
    private static final Set<String> CONJUNCTIONS =
            words("or oder ou o nor and und et y e oppure или и of en / , | & \\");
    private static final Set<String> ADVERSATIVES = words("but sondern mais sino ma mas bensi maar а");
    private static final Set<String> CONDITIONS = words(
            "if unless depending depends otherwise wenn falls iff sofern selon maybe perhaps possibly or oder ou nor"
                    + " either could might provided se salvo oppure или если quizas forse talvez vielleicht");
    /** Nouns whose truth would be the answer itself. */
    private static final Set<String> SUBJECTS = words(
            "it this that which claim statement answer das es behauptung aussage antwort ce cela esto la claim's");

    private static final Set<String> PREDICATES = words("is are was were be ist sind war est sont es son e");
    private static final Set<String> CAUSES = Set.of(
            "because",
            "since",
            "as",
            "which",
            "for",
            "in",
            "under",
            "here",
            "by",
            "weil",
            "da",
            "denn",
            "parce",
            "car",
            "porque",
            "statement",
            "indeed",
            "given",
            "due",
            "-",
            ":",
            ";",
            ".",
            ",",
            "!",
            ")",
            "]",
            "}",
            "\u2013",
            "\u2014",
            "(",
            "\"",
            "'");
    private static final Set<String> CORRECTIONS = Set.of(
            "wait",
            "actually",
            "correction",
            "hmm",
            "moment",
            "however",
            "oops",
            "sorry",
            "but",
            "thought",
            "mistake",
            "aber",
            "doch",
            "mais",
            "pero");

    private static Set<String> words(String joined) {
        return Set.copyOf(Arrays.asList(Fold.of(joined).split(" ")));
    }

    @Override
    public Phrases phrases() {
        return PHRASES;
    }

    @Override
    public Reading read(String text, Place place) {
        String plain = Text.trim(Latex.plain(text), "");
        if (plain.isEmpty()) {
            return Reading.NONE;
        }
        if (plain.chars().anyMatch(c -> Text.ideographic((char) c))) {
            return ideographic(plain);
        }
        Comments.Split split = Comments.split(plain);
        String bare = Text.trim(split.rest(), ".,;:!()[]{}");
        Optional<Boolean> letter = place == Place.MARKER ? Truth.letter(bare) : Optional.empty();
        if (letter.isPresent()) {
            return hedged(split.comment()) ? Reading.SEVERAL : Reading.one(String.valueOf(letter.get()));
        }
        String folded = Fold.of(Text.trim(split.rest(), "([{"));
        if (place == Place.LINE) {
            return Truth.word(Fold.of(bare))
                    .map(v -> Reading.one(String.valueOf(v)))
                    .orElse(Reading.NONE);
        }
        Reading reading = tokens(folded);
        return reading.isOne() && hedged(split.comment()) ? Reading.SEVERAL : reading;
    }

    private static boolean hedged(String comment) {
        List<String> words = Text.words(Fold.of(comment));
        return !words.isEmpty() && CONDITIONS.contains(words.get(0));
    }

    private static Reading ideographic(String text) {
        String s = text;
        for (int i = 0; i < s.length(); i++) {
            if ("\uFF0C\u3002,.;\uFF1B(\uFF08!\uFF01".indexOf(s.charAt(i)) >= 0) {
                String tail = s.substring(i);
                if (tail.indexOf('\u6216') >= 0 || tail.indexOf('\u5982') >= 0) {
                    return Reading.SEVERAL;
                }
                s = s.substring(0, i);
            }
        }
        s = s.strip();
        if (s.indexOf('\u771F') >= 0 && (s.indexOf('\u5047') >= 0 || s.indexOf('\u507D') >= 0)
                || s.indexOf('\u6216') >= 0) {
            return Reading.SEVERAL;
        }
        for (int rounds = 0; rounds < 3; rounds++) {
            Optional<Boolean> value = Truth.whole(s);
            if (value.isPresent()) {
                return Reading.one(String.valueOf(value.get()));
            }
            s = s.replaceFirst("^(该|这个|這個|此|本)?(命题|命題|说法|陈述|结论|答案)?(是|为|為|は)?", "")
                    .replaceFirst("(です|である|だ|입니다|이다)$", "");
        }
        return Reading.NONE;
    }

    private static Reading tokens(String folded) {
        Matcher matcher = TOKEN.matcher(folded);
        var tokens = matcher.results().limit(200).map(r -> r.group()).toList();
        Optional<Boolean> found = Optional.empty();
        int i = 0;
        boolean denied = false;
        boolean fuzzy = false;
        for (; i < tokens.size() && found.isEmpty(); i++) {
            String token = tokens.get(i);
            boolean negation = NEGATIONS.contains(token)
                    || (romance(token) && i + 1 < tokens.size() && plainTruth(tokens.get(i + 1)));
            if (negation) {
                if (denied) {
                    return Reading.NONE;
                }
                denied = true;
            } else if (token.equals("n'est")
                    || token.equals("ne")
                    || (romance(token)
                            && i + 1 < tokens.size()
                            && tokens.get(i + 1).matches("es|e"))) {
                denied |= romance(token);
            } else if (token.equals("cannot") || token.equals("can't")) {
                denied = true;
            } else if (token.equals("both") || token.equals("either") || token.equals("neither")) {
                return Reading.SEVERAL;
            } else if (Truth.word(token).isPresent()) {
                found = Truth.word(token);
            } else if (FILLERS.contains(token)) {
                fuzzy |= denied && !token.equals("be") && !token.equals("es");
            } else {
                return alternatives(tokens, i);
            }
        }
        if (found.isEmpty()) {
            return Reading.NONE;
        }
        if (fuzzy) {
            return Reading.SEVERAL;
        }
        boolean value = found.get() != denied;
        return tail(tokens, i, value, denied);
    }

    private static boolean romance(String token) {
        return token.equals("no") || token.equals("non") || token.equals("nao");
    }

    private static boolean plainTruth(String token) {
        return Truth.word(token).isPresent() && !Truth.yesNo(token);
    }

    /** An unknown head: undecided if both values follow it, otherwise nothing. */
    private static Reading alternatives(List<String> tokens, int from) {
        boolean yes = false;
        boolean no = false;
        for (String token : tokens.subList(from, tokens.size())) {
            yes |= plainTruth(token) && Truth.word(token).orElse(false);
            no |= plainTruth(token) && !Truth.word(token).orElse(true);
        }
        return yes && no || (yes || no) && CONDITIONS.contains(tokens.get(from)) ? Reading.SEVERAL : Reading.NONE;
    }

    private static Reading tail(List<String> tokens, int from, boolean value, boolean denied) {
        Reading one = Reading.one(String.valueOf(value));
        if (from == tokens.size()) {
            return one;
        }
        String next = tokens.get(from);
        if (Text.quote(next.charAt(0))) {
            return tail(tokens, from + 1, value, denied);
        }
        if (CONDITIONS.contains(next)) {
            return Reading.SEVERAL;
        }
        boolean cause = CAUSES.contains(next);
        if (!cause
                && !CONJUNCTIONS.contains(next)
                && !ADVERSATIVES.contains(next)
                && !NEGATIONS.contains(next)
                && Character.isLetter(next.charAt(0))) {
            return Reading.NONE;
        }
        boolean but = denied
                && (ADVERSATIVES.contains(next)
                        || ADVERSATIVES.contains(tokens.get(Math.min(from + 1, tokens.size() - 1))));
        boolean reason = false;
        for (int i = from; i < tokens.size(); i++) {
            String token = tokens.get(i);
            reason |= Character.isLetter(token.charAt(0)) && CAUSES.contains(token) && !token.equals("statement");
            if (!reason && CONDITIONS.contains(token)) {
                return Reading.SEVERAL;
            }
            if (plainTruth(token) || (!reason && Truth.yesNo(token) && i == from + 1)) {
                boolean negated = i > from && NEGATIONS.contains(tokens.get(i - 1));
                boolean other = Truth.word(token).orElse(false) != negated;
                if (other != value && !ofAnother(tokens, from, i, reason)) {
                    return but ? Reading.one(String.valueOf(other)) : Reading.SEVERAL;
                }
            }
        }
        return CONJUNCTIONS.contains(next) && !cause ? Reading.NONE : one;
    }

    /** "statement 2 is true", "a false claim": a truth word in a remark that speaks of something else. */
    private static boolean ofAnother(List<String> tokens, int from, int at, boolean reason) {
        int verb = at - 1;
        if (verb > from && NEGATIONS.contains(tokens.get(verb))) {
            verb--;
        }
        if (verb > from && PREDICATES.contains(tokens.get(verb))) {
            return reason || !SUBJECTS.contains(tokens.get(verb - 1));
        }
        return reason
                && at + 1 < tokens.size()
                && Character.isLetter(tokens.get(at + 1).charAt(0))
                && !CAUSES.contains(tokens.get(at + 1))
                && !CONJUNCTIONS.contains(tokens.get(at + 1));
    }

    @Override
    public Reading firstWord(CleanText reply) {
        Matcher matcher = FIRST.matcher(reply.folded());
        if (!matcher.lookingAt() || Truth.word(matcher.group(1)).isEmpty()) {
            return Reading.NONE;
        }
        boolean value = Truth.word(matcher.group(1)).get();
        List<String> words = Text.words(reply.folded().substring(matcher.end()));
        if (words.size() > 20_000) {
            return Reading.NONE;
        }
        if (!words.isEmpty() && Truth.word(words.get(0)).orElse(value) != value) {
            return Reading.NONE;
        }
        for (String word : words) {
            boolean opposite = plainTruth(word) && Truth.word(word).orElse(value) != value;
            if (opposite || CORRECTIONS.contains(word)) {
                return Reading.NONE;
            }
        }
        Matcher later = LATER.matcher(reply.folded())
                .region(matcher.end(), reply.folded().length());
        while (later.find()) {
            if (Truth.word(later.group(1)).orElse(value) != value) {
                return Reading.NONE;
            }
        }
        return Reading.one(String.valueOf(value));
    }
}
