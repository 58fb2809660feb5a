package dev.rtel.graders.answer;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells how a sentence stands to the value it names: asserts it, supposes, asks, denies, or gives it to another. */
final class Stance {
    /** Anywhere before a statement in its sentence. */
    private static final Set<String> SUPPOSING =
            words("if suppose supposing supposedly assume assuming imagine pretend whether would might could may should"
                    + " thought glance sight naively intuitively initially unless perhaps maybe possibly wrong wrongly"
                    + " incorrect incorrectly mistakenly example until tempting mistake mistaken trap"
                    + " wenn falls angenommen vielleicht wurde ob beispiel zunachst scheinbar vermutlich konnte konnten"
                    + " sollte ware meint meinen glaubt glauben denkt denken behauptet scheint"
                    + " pourrait pourrions devrait serait podria podriamos deberia seria potrebbe dovrebbe sarebbe poderia"
                    + " deveria zou kunnen можно"
                    + " supposons si peut exemple supongamos supon quiza quizas ejemplo supponiamo se forse esempio"
                    + " suponha suponhamos talvez exemplo stel misschien voorbeeld если предположим возможно");
    /** Before a statement in its clause: it is denied, or somebody else's. */
    private static final Set<String> DETACHED = words(
            "not never cannot can't isn't doesn't don't didn't wasn't won't nor neither either no unlikely impossible"
                    + " doubt doubts doubtful unclear unsure deny denies disprove refute proof evidence"
                    + " people students person many some others someone somebody everyone everybody nobody they he she"
                    + " says said claims claimed thinks believes believed argues argued insists told states replied"
                    + " answered wrote guess guessed guesses guessing"
                    + " nicht nie kein keine niemand viele manche bezweifle zweifel sagt behauptet meint glaubt man"
                    + " doute plusieurs certains beaucoup personne jamais pas dit pense croit on"
                    + " dudo muchos algunos nadie nunca dice piensa cree dubito molti nessuno mai duvido muitos"
                    + " niet nooit не сомневаюсь");

    private static final Pattern SUPPOSING_BEFORE =
            Pattern.compile("如果|假设|假設|假如|假定|倘若|若|是否|可能|也许|也許|或许|认为|以为|例如|もし|仮に|例えば|たぶん|만약|만일|아마");
    private static final Set<String> OTHERS = words(
            "wrong incorrect naive possible tempting expected user's his her student's their your first initial previous"
                    + " old intermediate partial obvious falsche zwischen such short no an any every each candidate one"
                    + " another other second alternative proposed suggested claimed alleged supposed guessed rough false"
                    + " intuitive hasty earlier former original eine keine andere erste une autre fausse mauvaise una otra");
    private static final Set<String> DETERMINERS =
            words("the this that die diese der la l l' le cette ce esta given original asked queried stated final");
    /** Words between a clause's start and a stated claim that leave the claim a statement of the reply's own. */
    private static final Set<String> OWN_WORDS = words(
            "the this that our given original asked queried stated final a so therefore hence thus then it follows we i"
                    + " conclude conclusion concluding means which implies shows proves see find get know have and or"
                    + " consequently accordingly overall finally in summary as result also now is clear clearly indeed"
                    + " must only correct right answer option choice because since both but yet fact really actually instead rather"
                    + " daher somit folglich damit also deshalb demnach die das der diese dass es folgt ist"
                    + " donc ainsi alors par consequent la le l l' cette ce on conclut que"
                    + " por tanto lo luego asi entonces pues el esta este concluimos quindi dunque pertanto portanto logo"
                    + " assim a o dus daarom de het dat");

    private static Set<String> words(String joined) {
        return Set.copyOf(Arrays.asList(Fold.of(joined).split(" ")));
    }

    private static final Pattern INVERTED = Pattern.compile(
            "(?<![\\p{L}\\p{N}])(?:lautet|ist|betragt|luidt|is) (?:also |daher |somit |dus )?(?:die|das|mein|meine|het|mijn) "
                    + "(?:richtige |korrekte |gesuchte |juiste )?$");
    private static final String CLAUSE_ENDS = ",;.!?()\n\u2014\u2013\uFF0C\u3002";
    private final String text;
    private final String folded;

    Stance(CleanText reply) {
        this.text = reply.text();
        this.folded = reply.folded();
    }

    /** Whether the sentence supposes, asks or denies rather than states. */
    boolean unsure(int at, int from) {
        int sentence = Text.sentenceStart(text, at);
        String before = folded.substring(sentence, at);
        if (Text.ideographs(before) && SUPPOSING_BEFORE.matcher(before).find()) {
            return true;
        }
        int clause = clauseStart(at, ":");
        if (Text.words(before).stream().anyMatch(SUPPOSING::contains)
                || Text.words(folded.substring(clause, at)).stream().anyMatch(DETACHED::contains)) {
            return true;
        }
        int end = Text.sentenceEnd(text, from, Math.min(text.length(), from + 400));
        return end > from && (text.charAt(end - 1) == '?' || text.charAt(end - 1) == '\uFF1F');
    }

    /** Whether nothing but connecting words stands between the clause's start and this index: no "they say that". */
    boolean own(int at) {
        return Text.words(folded.substring(clauseStart(at, ""), at)).stream()
                .allMatch(word -> OWN_WORDS.contains(word) || Text.ideographic(word.charAt(0)));
    }

    private int clauseStart(int at, String also) {
        int start = at;
        int limit = Math.max(0, at - 200);
        while (start > limit
                && CLAUSE_ENDS.indexOf(text.charAt(start - 1)) < 0
                && also.indexOf(text.charAt(start - 1)) < 0) {
            start--;
        }
        return start;
    }

    /** Whether "not the" or the like stands right before this index. */
    boolean denied(int at) {
        return folded.substring(Math.max(0, at - 14), at)
                .matches("(?s).*\\b(?:not|before|giving|without|until|towards) (?:the |my |a )?");
    }

    /** Whether the word before speaks of an answer that is not the last one: "the naive answer". */
    boolean ofAnother(int at) {
        return OTHERS.contains(wordBefore(at));
    }

    /** Whether a noun here is the one asked about: "the claim" rather than "a claim". */
    boolean determined(int at) {
        String before = wordBefore(at);
        return before.isEmpty() || DETERMINERS.contains(before) || Text.ideographic(folded.charAt(at));
    }

    /** "Damit lautet die ANTWORT 42": the copula stands before the noun. */
    boolean inverted(int at) {
        return at > 1
                && folded.charAt(at - 1) == ' '
                && "estn".indexOf(folded.charAt(at - 2)) >= 0
                && INVERTED.matcher(folded.substring(Math.max(0, at - 40), at)).find();
    }

    private String wordBefore(int at) {
        int end = at;
        while (end > 0 && (folded.charAt(end - 1) == ' ' || Text.quote(folded.charAt(end - 1)))) {
            end--;
        }
        int start = end;
        while (start > 0
                && end - start < 20
                && (Character.isLetter(folded.charAt(start - 1)) || folded.charAt(start - 1) == '\'')) {
            start--;
        }
        return folded.substring(start, end);
    }
}
