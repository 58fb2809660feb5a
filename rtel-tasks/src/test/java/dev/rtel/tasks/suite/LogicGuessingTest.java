package dev.rtel.tasks.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.tasks.internal.SplitMix;
import dev.rtel.tasks.suite.Suite.Item;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Nobody gets far on the logic task without reading it. */
class LogicGuessingTest {
    private static final int RUNS = 10_000;
    private final List<List<Boolean>> golds =
            Suite.of("logic").stream().map(Item::claims).toList();
    private final SplitMix random = new SplitMix(20261121);

    private List<Boolean> coins() {
        int bits = random.below(16);
        return List.of((bits & 1) > 0, (bits & 2) > 0, (bits & 4) > 0, (bits & 8) > 0);
    }

    /** Mean share of right samples; the strategy is asked once a run and answers all samples alike. */
    private double meanOfConstants(Supplier<List<Boolean>> strategy) {
        long right = 0;
        for (int run = 0; run < RUNS; run++) {
            List<Boolean> answer = strategy.get();
            right += golds.stream().filter(answer::equals).count();
        }
        return (double) right / RUNS / golds.size();
    }

    @Test
    void everySampleAsksForFourClaims() {
        assertThat(golds).hasSize(5).allSatisfy(gold -> assertThat(gold).hasSize(4));
        assertThat(Suite.of("logic")).allSatisfy(item -> {
            assertThat(item.metadata().get("chance").asDouble()).isEqualTo(1.0 / 16);
            assertThat(item.input()).contains("exactly four truth values, in the order of the claims");
        });
    }

    @Test
    void independentCoinFlipsScoreBelowTenPercent() {
        long right = 0;
        for (int run = 0; run < RUNS; run++) {
            right += golds.stream().filter(gold -> gold.equals(coins())).count();
        }
        assertThat((double) right / RUNS / golds.size()).isBetween(0.05, 0.10);
    }

    @Test
    void aConstantAnswerDrawnAtRandomScoresBelowTenPercent() {
        assertThat(meanOfConstants(this::coins)).isBetween(0.05, 0.10);
    }

    @Test
    void allTrueAllFalseAndTheExampleOfThePromptScoreNothing() {
        assertThat(meanOfConstants(() -> List.of(true, true, true, true))).isZero();
        assertThat(meanOfConstants(() -> List.of(false, false, false, false))).isZero();
        assertThat(meanOfConstants(() -> List.of(true, false, true, true))).isZero();
    }

    @Test
    void noVectorIsTheAnswerTwiceOrStandsInItsPrompt() {
        assertThat(golds).doesNotHaveDuplicates();
        for (Item item : Suite.of("logic")) {
            String vector = item.claims().toString().replaceAll("[\\[\\]]", "");
            assertThat(item.input()).as(item.id()).doesNotContain(vector);
        }
    }

    @Test
    void aboutHalfOfAllClaimsAreTrue() {
        double share =
                golds.stream().flatMap(List::stream).filter(claim -> claim).count() / 20.0;
        assertThat(share).isBetween(0.4, 0.6);
    }

    @Test
    void noPositionHasTheSameTruthValueInAllSamples() {
        for (int position = 0; position < 4; position++) {
            int at = position;
            assertThat(golds.stream().map(gold -> gold.get(at)).distinct())
                    .as("position " + position)
                    .hasSize(2);
        }
    }
}
