package dev.rtel.graders.answer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fixed phrases found in folded text by their first letter. Immutable. */
final class Phrases {
    /** What a phrase announces. */
    enum Role {
        /** An explicit marker: final answer. */
        FINAL,
        /** A noun of a declarative sentence: answer. */
        ANSWER,
        /** A noun whose truth is stated: claim. */
        CLAIM
    }

    /**
     * A phrase.
     *
     * @param words folded; a space stands for any blanks, hyphens or underscores
     * @param role what it announces
     */
    record Phrase(String words, Role role) {}

    /**
     * A phrase found.
     *
     * @param phrase which
     * @param end index after it
     */
    record Hit(Phrase phrase, int end) {}

    private static final List<Phrase> COMMON = new ArrayList<>();

    static {
        add(
                Role.FINAL,
                "final answer|final result|final value|endergebnis|endgültige antwort|endgültiges ergebnis|finale antwort|endantwort"
                        + "|schlussantwort|abschließende antwort|réponse finale|réponse définitive|résultat final"
                        + "|respuesta final|respuesta definitiva|resultado final|risposta finale|risultato finale"
                        + "|resposta final|eindantwoord|definitief antwoord|uiteindelijke antwoord|slutligt svar|slutsvar"
                        + "|endeligt svar|endelig svar|lopullinen vastaus|konečná odpověď|ostateczna odpowiedź|odpowiedź końcowa"
                        + "|окончательный ответ|итоговый ответ|остаточна відповідь|nihai cevap|son cevap|jawaban akhir"
                        + "|đáp án cuối cùng|câu trả lời cuối cùng|τελική απάντηση|最终答案|最終答案|最后答案|最後答案|最终结果|最終回答|最終解答|最終的な答え"
                        + "|최종 답변|최종 답|최종답|최종 정답|الإجابة النهائية|अंतिम उत्तर");
        add(
                Role.ANSWER,
                "answer|correct answer|antwort|lösung|ergebnis|réponse|respuesta|risposta|resposta|antwoord|svar|svaret"
                        + "|vastaus|odpověď|odpowiedź|ответ|відповідь|cevap|jawaban|đáp án|απάντηση|答案|答え|正解|解答|정답|답|답은|정답은|الإجابة|उत्तर");
    }

    /** Those that announce an answer of any kind. */
    static final Phrases ANSWERS = new Phrases(List.of());

    private static final int ASCII = 0x80;
    /** Which two characters start a phrase: most words are told apart by them. */
    private final boolean[] asciiPairs = new boolean[ASCII * ASCII];

    private final Map<Character, List<Phrase>> byFirst = new HashMap<>();

    Phrases(List<Phrase> more) {
        for (List<Phrase> list : List.of(COMMON, more)) {
            for (Phrase phrase : list) {
                char first = phrase.words().charAt(0);
                byFirst.computeIfAbsent(first, c -> new ArrayList<>()).add(phrase);
                char second = phrase.words().charAt(Math.min(1, phrase.words().length() - 1));
                if (first < ASCII && second < ASCII) {
                    asciiPairs[first * ASCII + second] = true;
                }
            }
        }
    }

    private static void add(Role role, String words) {
        COMMON.addAll(of(role, words));
    }

    /** Phrases separated by bars. */
    static List<Phrase> of(Role role, String words) {
        List<Phrase> list = new ArrayList<>();
        for (String word : words.split("\\|")) {
            list.add(new Phrase(Fold.of(word), role));
        }
        return list;
    }

    /** Finds the longest phrase that starts at this index of folded text, whole words only. */
    Hit at(String folded, int index) {
        Hit best = NOTHING;
        char first = folded.charAt(index);
        if (first < ASCII
                && index + 1 < folded.length()
                && folded.charAt(index + 1) < ASCII
                && !asciiPairs[first * ASCII + folded.charAt(index + 1)]) {
            return NOTHING;
        }
        List<Phrase> candidates = byFirst.get(first);
        if (candidates == null || (index > 0 && !Text.boundary(folded.charAt(index - 1), folded.charAt(index)))) {
            return NOTHING;
        }
        for (Phrase phrase : candidates) {
            int end = match(folded, index, phrase.words());
            if (end > best.end()) {
                best = new Hit(phrase, end);
            }
        }
        return best;
    }

    static final Hit NOTHING = new Hit(new Phrase("", Role.ANSWER), -1);

    private static int match(String folded, int index, String words) {
        int at = index;
        for (int i = 0; i < words.length(); i++) {
            if (words.charAt(i) == ' ') {
                int start = at;
                while (at < folded.length() && at - start < 4 && " \t-_".indexOf(folded.charAt(at)) >= 0) {
                    at++;
                }
                if (at == start) {
                    return -1;
                }
            } else if (at >= folded.length() || folded.charAt(at++) != words.charAt(i)) {
                return -1;
            }
        }
        return at == folded.length() || Text.boundary(words.charAt(words.length() - 1), folded.charAt(at)) ? at : -1;
    }
}
