package dev.rtel.graders.answer;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Words for true and false, folded (rule C8). */
final class Truth {
    private static final Map<String, Boolean> WORDS = new HashMap<>();
    private static final Map<String, Boolean> WHOLE = new HashMap<>();
    private static final Set<String> YES_NO = Set.of(
            "yes", "no", "ja", "nein", "oui", "non", "si", "sim", "nao", "nee", "nej", "tak", "nie", "да", "нет");

    static {
        put(
                WORDS,
                true,
                "true yes wahr ja vrai vraie oui verdadero verdadera si vero vera verdadeiro verdadeira sim waar prawda tak да истина верно sant");
        put(
                WORDS,
                false,
                "false no falsch nein faux fausse non falso falsa nao onwaar nee fałsz nie нет ложь неверно falskt nej untrue unwahr");
        put(WHOLE, true, "真 是 是的 对 對 正确 正確 真的 はい 参 참 네 예 为真 成立 正しい 正确的 正確的 成立的 对的");
        put(WHOLE, false, "假 否 不是 错 錯 错误 錯誤 假的 偽 いいえ 거짓 아니요 아니오 不对 不正确 不是真的 为假 不成立 不真 誤り 错误的 錯誤的 不正确的 不成立的 错的");
        WHOLE.remove("参");
    }

    private Truth() {}

    private static void put(Map<String, Boolean> map, boolean value, String words) {
        for (String word : words.split(" ")) {
            map.put(Fold.of(word), value);
        }
    }

    /** What a word of an alphabetic script says. */
    static Optional<Boolean> word(String folded) {
        return Optional.ofNullable(WORDS.get(folded));
    }

    /** Whether the word answers a question and may be an ordinary determiner elsewhere. */
    static boolean yesNo(String folded) {
        return YES_NO.contains(folded);
    }

    /** What a whole value in a script without spaces says. */
    static Optional<Boolean> whole(String text) {
        return Optional.ofNullable(WHOLE.get(text));
    }

    /** T or F; upper case only. */
    static Optional<Boolean> letter(String text) {
        return text.equals("T") ? Optional.of(true) : text.equals("F") ? Optional.of(false) : Optional.empty();
    }
}
