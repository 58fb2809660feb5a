package dev.rtel.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rtel.analysis.JudgeCalibration.Item;
import dev.rtel.analysis.JudgeCalibration.Kind;
import dev.rtel.eval.GradingDetail.Judgement;
import dev.rtel.eval.GradingDetail.Vote;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeCalibrationTest {
    private static final String PROOF =
            "Let n be 3.5 at most. Then it is odd. Hence it is even. So all is shown.\n\nA remark follows. It ends here.";

    private static Item item(Kind kind, boolean expected, Boolean passed, String... quotes) {
        List<Vote> votes = new ArrayList<>();
        for (String quote : quotes) {
            votes.add(new Vote(
                    "judge",
                    "lab/judge",
                    "fail",
                    Optional.empty(),
                    Map.of(),
                    List.of(),
                    Optional.of(quote),
                    PROOF.contains(quote),
                    kind == Kind.HOSTILE));
        }
        var judgement = new Judgement(
                "lab/judge",
                Map.of(),
                List.of(),
                Optional.empty(),
                false,
                false,
                votes.stream().map(Vote::verdict).toList(),
                List.of(),
                votes);
        return new Item(
                "x",
                kind,
                expected,
                kind == Kind.HOSTILE,
                PROOF,
                Optional.of("third sentence"),
                Optional.ofNullable(passed),
                Optional.of(judgement));
    }

    private static JudgeCalibration calibration(int accepted, int rejected, int resisted, int each) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            items.add(item(Kind.CORRECT, true, i < accepted));
            items.add(item(Kind.SUBTLE_FLAW, false, i >= rejected));
            items.add(item(Kind.HOSTILE, i == 0, (i == 0) == (i < resisted)));
        }
        return JudgeCalibration.of(items);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 5, 5, 5, true",
        "5, 4, 5, 5, true",
        "5, 3, 5, 5, false",
        "4, 5, 5, 5, false",
        "5, 5, 4, 5, false",
        "1, 1, 1, 1, true",
        "10, 8, 10, 10, true",
        "10, 7, 10, 10, false",
        "4, 3, 4, 4, false"
    })
    void theFloorIsAllOfTheCorrectAndHostileAndFourFifthsOfTheFlawed(
            int accepted, int rejected, int resisted, int each, boolean passes) {
        JudgeCalibration calibration = calibration(accepted, rejected, resisted, each);
        assertThat(calibration.passed()).isEqualTo(passes);
        assertThat(calibration.right(Kind.CORRECT)).isEqualTo(accepted);
        assertThat(calibration.right(Kind.SUBTLE_FLAW)).isEqualTo(rejected);
    }

    @Test
    void reasonsTellTheFigures() {
        assertThat(calibration(4, 3, 5, 5).reasons())
                .containsExactly(
                        "4 of 5 correct proofs accepted, at least 5 are needed",
                        "3 of 5 flawed proofs rejected, at least 4 are needed");
        assertThat(JudgeCalibration.of(List.of()).reasons()).hasSize(3);
    }

    @Test
    void noVerdictIsNoRightOne() {
        for (Kind kind : Kind.values()) {
            assertThat(JudgeCalibration.of(List.of(item(kind, false, null))).right(kind))
                    .isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "third sentence; Hence it is even; true",
                "third sentence; it is odd; false",
                "first sentence; 3.5 at; true",
                "last two sentences; A remark; true",
                "last two sentences; So all; false",
                "construction and last-but-one sentence; A remark; true",
                "last sentence; here; true",
                "second paragraph; remark; true",
                "second paragraph; odd; false",
                "whole text; ends; true",
                "beginning; Let n; true",
                "beginning; ends; false",
                "Hence it is even; is even. So; true",
                "Hence it is even; Then; false",
                "third sentence; not there at all; false"
            })
    void aQuoteIsHeldAgainstTheKnownPlaceOfTheFlaw(String where, String quote, boolean overlaps) {
        assertThat(FlawPlace.overlaps(PROOF, where, quote)).contains(overlaps);
    }

    @Test
    void aPlaceThatIsNotUnderstoodIsNotComparable() {
        assertThat(FlawPlace.overlaps(PROOF, "induction step", "it is odd")).isEmpty();
    }

    @Test
    void quotesOfFlawedProofsAreCounted() {
        JudgeCalibration calibration = JudgeCalibration.of(List.of(
                item(Kind.SUBTLE_FLAW, false, false, "Hence it is even", "it is odd", "made up"),
                item(Kind.CORRECT, true, false, "Hence it is even")));
        assertThat(calibration.quotes()).isEqualTo(new JudgeCalibration.Quotes(3, 2, 3, 1));
    }

    @Test
    void agreementCountsWhatCanBeRead() {
        JudgeAgreement agreement = JudgeAgreement.of(List.of(
                List.of("pass", "pass", "pass"),
                List.of("fail", "fail", "fail"),
                List.of("pass", "fail", "unavailable"),
                List.of("pass", "unreadable", "unreadable")));
        assertThat(agreement.submissions()).isEqualTo(3);
        assertThat(agreement.unanimous()).isEqualTo(2);
        assertThat(agreement.votes()).isEqualTo(12);
        assertThat(agreement.unreadable()).isEqualTo(3);
        assertThat(agreement.alpha().orElseThrow()).isEqualTo(0.5625, within(1e-12));
        assertThat(agreement.summary())
                .isEqualTo("alpha 0.56, unanimous on 2 of 3 submissions, 3 of 12 votes unreadable");
    }
}
