package dev.rtel.graders.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Own tables; {@code ~} stands for a line break, {@code -} for no answer, {@code ?} for an ambiguous one. */
class PhenomenaTest {
    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '\u0001', textBlock = """
            Final answer: 42 => 42
            **Final Answer:** 42 => 42
            ## Final Answer~~**1,204** => 1204
            ### Final answer~~$$~\\boxed{17}~$$ => 17
            Final answer:~~$$~17~$$ => 17
            The final answer is $\\boxed{\\frac{3}{8}}$. => 3/8
            Final answer: \\boxed{\\tfrac38} => 3/8
            Final answer: 3 1/2 => 7/2
            Final answer: 2½ => 5/2
            Final answer: ⅔ => 2/3
            Final answer: −⅔ => -2/3
            Final answer: -3/-6 => 1/2
            Final answer: 1 234 567 => 1234567
            Final answer: 1\u202f234 => 1234
            Final answer: 1'234'567 => 1234567
            Final answer: 1’234 => 1234
            Final answer: $12{,}480$ => 12480
            Final answer: 12\\,480 => 12480
            Final answer: 3,5 => 7/2
            Final answer: 1,234.5 => 2469/2
            Final answer: 1.234,5 => 2469/2
            Final answer: 0.125 => 1/8
            Final answer: .5 => 1/2
            Final answer: ４２ => 42
            Final answer: ٤٢ => 42
            Final answer: 1.2e3 => 1200
            Final answer: 1.2E-3 => 3/2500
            Final answer: 5 \\times 10^{3} => 5000
            Final answer: 5·10³ => 5000
            Final answer: 5 x 10^-2 => 1/20
            Final answer: $42 => 42
            Final answer: \\$42.50 => 85/2
            Final answer: 42 € => 42
            Final answer: 42% => 42
            Final answer: 42\\% => 42
            Final answer: 42^\\circ => 42
            Final answer: 42 km/h => 42
            Final answer: 42\\text{ cm}^2 => 42
            Final answer: 42 square units. => 42
            Final answer: 42m => 42
            Final answer: x = 42 => 42
            Final answer: a + b + c = 1 + 2 + 3 = 6. => 6
            Final answer: 42, because 6 * 7 = 42 and 5 * 8 = 40 => 42
            Final answer: 42 since 6·7=42 => 42
            Final answer: 42 (not 41) => 42
            Final answer: 42, not 41 => 42
            Final answer: not 41 but 42 => 42
            Final answer: 7/12 ≈ 0.583 => 7/12
            Final answer: 42 or 42 => 42
            Final answer: 0.5 or 1/2 => 1/2
            Final answer: (42) => 42
            Final answer - 42 => 42
            Final answer — 42 => 42
            Final answer = 42 => 42
            Final answer → 42 => 42
            Final answer (mod 1000): 42 => 42
            <answer>42</answer> => 42
            <answer>~42~</answer> => 42
            {"final_answer": "42"} => 42
            {"answer": 42} => 42
            {'answer': '-7/2', 'x': 1} => -7/2
            Réponse finale : 42 => 42
            Respuesta final: 42 => 42
            最终答案：42 => 42
            最终答案是 42。 => 42
            最终答案：42个 => 42
            答案是42。 => 42
            答案为 42 => 42
            答えは42です。 => 42
            정답은 42입니다. => 42
            Ответ: 42 => 42
            La réponse est 42. => 42
            La respuesta es 42. => 42
            Antwort: 42 => 42
            Das Ergebnis lautet 42. => 42
            So the answer is therefore $42$. => 42
            The answer to the question is 42. => 42
            **Answer:** 42 => 42
            Answer~42 => 42
            Work.~~42 => 42
            Work.~~**42** => 42
            Work.~~$42$. => 42
            Final answer: <value>~~Final answer: 42 => 42
            I end with "Final answer: <value>".~Final answer: 42 => 42
            Final answer: 42~Note: I used the form "Final answer: <value>". => 42
            Final answer: 41~Wait.~Final answer: 42 => 42
            Final answer: 42~~Confidence: 90% => 42
            Final answer: 42. That is 6 * 7. => 42
            <think>Final answer: 41</think>Final answer: 42 => 42
            no tag Final answer: 41</think>Final answer: 42 => 42
            <b>Final answer: 42</b> => 42
            Final answer: 42\u200b => 42
            Final answer: 17 or 19 => ?
            Final answer: 17 and 19 => ?
            Final answer: 17, 19 => ?
            Final answer: {17, 19} => ?
            Final answer: ±5 => ?
            Final answer: \\pm 5 => ?
            Final answer: 17–19 => ?
            Final answer: 17-19 => ?
            Final answer: 17 to 19 => ?
            Final answer: 17 (or 19 if zero counts) => ?
            Final answer: 17, maybe 19 => ?
            Final answer: 17. Or maybe 19. => ?
            Final answer: 17 oder 19 => ?
            Final answer: 17 ou 19 => ?
            最终答案：17或19 => ?
            Either \\boxed{17} or \\boxed{19}. => ?
            Final answer: x = 17 or x = 19 => ?
            Final answer: 17 if zero counts, otherwise 19 => ?
            I could say "Final answer: 17" here. => ?
            Final answer: 2^10 => -
            Final answer: 2**10 => -
            Final answer: 2¹⁰ => -
            Final answer: 10^5 => -
            Final answer: \\sqrt{2} => -
            Final answer: 3\\sqrt{2} => -
            Final answer: 5! => -
            Final answer: 12 × 17 => -
            Final answer: 12 + 5 => -
            Final answer: 12 \\cdot 5 => -
            Final answer: 3 million => -
            Final answer: 3百 => -
            Final answer: forty-two => -
            Final answer: 2π => -
            Final answer: 2x => -
            Final answer: 5n => -
            Final answer: 101_2 => -
            Final answer: 101_{2} => -
            Final answer: at least 42 => -
            Final answer: > 42 => -
            Final answer: not 42 => -
            Final answer: minus 42 => -
            Final answer: 1/0 => -
            Final answer: 10<sup>5</sup> => -
            Final answer: 1/2/3 => -
            Final answer: undefined => -
            Final answer: => -
            \\boxed{} => -
            \\boxed{42 => -
            The answer is not 42. => -
            If n is odd, the answer is 42. => -
            Is the answer 42? The answer is 42? => -
            One might think the answer is 42. => -
            There are 42 ways. => -
            I cannot help with problem 42. => -
            <think>Final answer: 42 => -
            Final answer: C(5,2) => -
            Final answer: 3 quarters => -
            """)
    void numbers(String reply, String expected) {
        assertThat(numeric(reply, "en", false)).as(reply).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '\u0001', textBlock = """
            Endergebnis: 1.250 => 1250
            Endergebnis: 1.250,5 => 2501/2
            Endergebnis: 3,125 => 25/8
            Endergebnis: 12,5 => 25/2
            Endergebnis: 1,250.5 => 2501/2
            Endergebnis: 2.5 => 5/2
            Endgültige Antwort: 42 => 42
            Die Antwort ist 42. => 42
            Die Antwort ist nicht 41, sondern 42. => 42
            Endergebnis: 17 oder 19 => ?
            """)
    void germanNumbers(String reply, String expected) {
        assertThat(numeric(reply, "de", false)).as(reply).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '\u0001', textBlock = """
            Final answer: 42~ => 42
            Final answer: 42 => -
            so \\boxed{42} and then => 42
            so \\boxed{42 => -
            \\boxed{41} hence \\boxed{4 => -
            <answer>42</answer> and => 42
            <answer>42 => -
            {"answer": 42 => -
            {"answer": 42, "why": "be => 42
            The answer is 42. And => -
            work~42 => -
            """)
    void cutReplies(String reply, String expected) {
        assertThat(numeric(reply, "en", true)).as(reply).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '\u0001', textBlock = """
            Final answer: True => true
            Final answer: **False**. => false
            Final answer: T => true
            Final answer: f => -
            Final answer: yes => true
            Final answer: No, because A lies. => false
            Final answer: not false => true
            Final answer: untrue => false
            Final answer: not true but false => false
            Final answer: False, not True => false
            Final answer: False, because statement 2 is true => false
            Final answer: True (statement 3 is false) => true
            Final answer: The claim is false. => false
            Final answer: Falsch => false
            Endergebnis: wahr => true
            Réponse finale : faux => false
            Respuesta final: verdadero => true
            Respuesta final: no es verdadero => false
            最终答案：真 => true
            最终答案：假。 => false
            最终答案：是 => true
            答案是假 => false
            命题为真。 => true
            \\boxed{\\text{True}} => true
            \\boxed{\\mathrm{False}} => false
            {"answer": true} => true
            <answer>No</answer> => false
            The answer is yes. => true
            So the claim is true. => true
            The statement is not true. => false
            Therefore the statement is false. => false
            Die Behauptung ist falsch. => false
            Yes, the boat can cross. => true
            No. She cannot. => false
            Work.~~True => true
            Work.~~False. => false
            The answer is False (not True). => false
            Final answer: true or false => ?
            Final answer: True or False, it depends => ?
            Final answer: neither true nor false => ?
            Final answer: true if B lies => ?
            Final answer: True, False => ?
            Final answer: not necessarily true => ?
            Final answer: cannot be determined => -
            Final answer: unknown => -
            Final answer: A is a knave => -
            Final answer: No knight lies => -
            Final answer: 1 => -
            If the statement is true, B lies. => -
            Suppose the answer is True. => -
            Her statement is true. => -
            The claim that A lies is false only at night, so the night matters. => -
            No one can say. => -
            Yes, that was my first idea. Wait, it is not. => -
            Yes and no. => -
            True love waits. => -
            At first glance the answer is True, but look again. => -
            """)
    void truthValues(String reply, String expected) {
        assertThat(read(reply, false, new TruthForm())).as(reply).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '\u0001', textBlock = """
            Final answer: true, false, true => true, false, true
            Final answer: True False True => true, false, true
            Final answer: (true, false, and true) => true, false, true
            Final answer: [True; False; True]. => true, false, true
            Final answer: T, F, T => true, false, true
            Final answer: yes, no, yes => true, false, true
            Final answer: wahr, falsch und wahr => true, false, true
            Final answer: 1. True, 2. False, 3. True => true, false, true
            Final answer: (1) True (2) False (3) True => true, false, true
            Final answer: A: True, B: False, C: True => true, false, true
            \\boxed{\\text{True, False, True}} => true, false, true
            {"answer": [true, false, true]} => true, false, true
            最终答案：真、假、真 => true, false, true
            The answer is true, false, true. => true, false, true
            Work.~true, false, true => true, false, true
            Final answer: true, false, true (see above) => true, false, true
            Final answer: true, false => ?
            Final answer: true, false, true, true => ?
            Final answer: true => ?
            Final answer: 3. True, 2. False, 1. True => -
            Final answer: C: True, B: False, A: True => -
            Final answer: true, maybe, true => -
            Final answer: A lies => -
            """)
    void truthVectors(String reply, String expected) {
        assertThat(read(reply, false, new TruthVectorForm(3))).as(reply).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '\u0001', textBlock = """
            Final answer: C => C
            Final answer: (C) => C
            Final answer: c => C
            Final answer: C. 14 days => C
            Final answer: C) 14 days => C
            Final answer: C: carbon => C
            Final answer: C - carbon => C
            Final answer: Option C => C
            Final answer: option (c) => C
            Final answer: C, because A and B fail => C
            Final answer: C (14 days) => C
            Final answer: I => I
            Final answer: A => A
            Final answer: Ｃ => C
            \\boxed{C} => C
            \\boxed{\\textbf{(C)}} => C
            <answer>C</answer> => C
            {"answer": "C"} => C
            The correct option is C. => C
            The correct answer is (C). => C
            The answer is C. => C
            So option C is correct. => C
            Option (C) is the correct one. => C
            Die richtige Antwort ist C. => C
            La bonne réponse est C. => C
            正确答案是 C。 => C
            答案：C => C
            Final answer: not A but C => C
            Final answer: A or C => ?
            Final answer: A and C => ?
            Final answer: A, C => ?
            Final answer: A/C => ?
            Final answer: A) or C) => ?
            Final answer: K => -
            Final answer: A triangle => -
            Final answer: 14 days => -
            Final answer: AC => -
            Final answer: None of these => -
            The answer is a triangle. => -
            The answer is A triangle. => -
            I think so. => -
            A triangle has three sides. => -
            Option A is not correct. => -
            If option C is correct, then so is B. => -
            Either option A or option C is correct. => -
            C => -
            """)
    void choices(String reply, String expected) {
        assertThat(read(reply, false, new ChoiceForm(10))).as(reply).isEqualTo(expected);
    }

    private static String numeric(String reply, String locale, boolean cut) {
        return read(reply, cut, new NumberForm(locale));
    }

    static String read(String reply, boolean cut, ValueForm form) {
        Reading reading =
                AnswerExtractor.extract(reply.replace('~', '\n'), cut, form).reading();
        return switch (reading.kind()) {
            case ONE -> reading.value();
            case NONE -> "-";
            case SEVERAL -> "?";
        };
    }
}
