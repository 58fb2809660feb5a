package dev.rtel.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Vectors computed by hand, and the worked examples of Krippendorff (2011), parts A, B and C. */
class KrippendorffAlphaTest {
    /** Rows are observers, columns units, a dot is a missing value. */
    private static List<List<String>> units(String... observers) {
        List<List<String>> units = new ArrayList<>();
        for (int unit = 0; unit < observers[0].length(); unit++) {
            int at = unit;
            units.add(Arrays.stream(observers)
                    .map(o -> o.substring(at, at + 1))
                    .filter(v -> !v.equals("."))
                    .toList());
        }
        return units;
    }

    private static double alpha(String... observers) {
        return KrippendorffAlpha.nominal(units(observers)).orElseThrow();
    }

    @Test
    void twoObserversAndTwoValues() {
        // o01 = o10 = 4, n0 = 14, n1 = 6, n = 20: 1 - 19 * 4 / (14 * 6)
        assertThat(alpha("0100000010", "1110010000")).isEqualTo(1 - 19.0 * 4 / (14 * 6), within(1e-12));
        assertThat(alpha("0100000010", "1110010000")).isEqualTo(0.095, within(5e-4));
    }

    @Test
    void twoObserversAndManyValues() {
        assertThat(alpha("aabbdcccedda", "babbbccceddd")).isEqualTo(0.692, within(5e-4));
    }

    @Test
    void manyObserversAndMissingValues() {
        // the last unit but one value is missing everywhere else: a single value compares with nothing
        assertThat(alpha("12332141 2...".replace(" ", ""), "1233224125.3", ".3332342251.", "12332441251."))
                .isEqualTo(0.743, within(5e-4));
    }

    @Test
    void threeVotesByHand() {
        // PPP, FFF, PPF: the third unit has 2*2*1 = 4 ordered pairs that differ, each counted 1/2: 2.
        // nP = 5, nF = 4, n = 9: 1 - 8 * 2 / (2 * 5 * 4) = 0.6
        assertThat(alpha("PFP", "PFP", "PFF")).isEqualTo(0.6, within(1e-12));
        // one vote of the third unit missing, PF is left: 2 pairs, each counted 1: 2. nP = 4, nF = 4, n = 8:
        // 1 - 7 * 2 / (2 * 4 * 4) = 0.5625
        assertThat(alpha("PFP", "PFF", "PF.")).isEqualTo(0.5625, within(1e-12));
        // all but one vote of it missing: it does not count at all
        assertThat(alpha("PFP", "PF.", "PF.")).isEqualTo(1, within(1e-12));
    }

    @Test
    void contraryVotesAreWorseThanChance() {
        // n = 4, o = 4 differing pairs of 2 units, nP = nF = 2: 1 - 3 * 4 / 8
        assertThat(alpha("PF", "FP")).isEqualTo(-0.5, within(1e-12));
    }

    @Test
    void whereChanceCouldNotDisagreeThereIsNoAlpha() {
        assertThat(KrippendorffAlpha.nominal(units("PPP", "PPP"))).isEmpty();
        assertThat(KrippendorffAlpha.nominal(units("PF", ".."))).isEmpty();
        assertThat(KrippendorffAlpha.nominal(List.of())).isEmpty();
    }

    @Test
    void neitherTheOrderOfVotesNorThatOfUnitsMatters() {
        Random dice = new Random(5);
        for (int round = 0; round < 200; round++) {
            List<List<String>> units = new ArrayList<>();
            for (int unit = 0; unit < 12; unit++) {
                List<String> votes = new ArrayList<>();
                for (int vote = dice.nextInt(5); vote > 0; vote--) {
                    votes.add(List.of("pass", "fail", "other").get(dice.nextInt(3)));
                }
                units.add(votes);
            }
            double expected = KrippendorffAlpha.nominal(units).orElse(9);
            units.forEach(votes -> Collections.shuffle(votes, dice));
            Collections.shuffle(units, dice);
            assertThat(KrippendorffAlpha.nominal(units).orElse(9)).isEqualTo(expected, within(1e-12));
        }
    }
}
