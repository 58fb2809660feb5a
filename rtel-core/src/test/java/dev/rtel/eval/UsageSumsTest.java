package dev.rtel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageSumsTest {
    private static RoleUsage.Call call(Cost cost) {
        return new RoleUsage.Call(
                "judge",
                "lab/judge",
                Completion.builder().build(),
                TokenUsage.unknown().withCost(cost));
    }

    private static Waste waste(long tokens, String usd) {
        return new Waste(OptionalLong.of(tokens), Optional.of(new BigDecimal(usd)));
    }

    @Test
    void withoutCallsARoleCostsNothing() {
        assertThat(RoleUsage.none().costUsd()).hasValue(BigDecimal.ZERO);
    }

    @Test
    void oneUnknownCostMakesTheSumUnknown() {
        Cost known = Cost.of(new BigDecimal("0.1"), Cost.Source.BILLED);
        assertThat(RoleUsage.none()
                        .plus(call(known))
                        .plus(call(known))
                        .costUsd()
                        .orElseThrow())
                .isEqualByComparingTo("0.2");
        assertThat(RoleUsage.none().plus(call(known)).plus(call(Cost.missing())).costUsd())
                .isEmpty();
        assertThat(RoleUsage.none().plus(call(Cost.missing())).plus(call(known)).costUsd())
                .isEmpty();
    }

    @Test
    void unknownWasteStaysUnknownInEachCountAlone() {
        Waste tokensOnly = new Waste(OptionalLong.of(5), Optional.empty());
        assertThat(waste(1, "0.1").plus(tokensOnly)).isEqualTo(new Waste(OptionalLong.of(6), Optional.empty()));
        assertThat(Waste.none().plus(Waste.unknown())).isEqualTo(Waste.unknown());
        assertThat(Waste.unknown().plus(Waste.none())).isEqualTo(Waste.unknown());
    }

    static Stream<Long> seeds() {
        return IntStream.range(0, 100).mapToObj(i -> 900L + i);
    }

    private static Waste random(SplittableRandom random) {
        return new Waste(
                random.nextInt(4) == 0 ? OptionalLong.empty() : OptionalLong.of(random.nextInt(1000)),
                random.nextInt(4) == 0 ? Optional.empty() : Optional.of(BigDecimal.valueOf(random.nextInt(1000), 5)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void addingWasteDoesNotDependOnOrder(long seed) {
        var random = new SplittableRandom(seed);
        Waste a = random(random);
        Waste b = random(random);
        Waste c = random(random);
        assertThat(a.plus(b)).isEqualTo(b.plus(a));
        assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
        assertThat(a.plus(Waste.none()).tokens()).isEqualTo(a.tokens());
    }

    @Test
    void unknownUsageHasNoNumberAnywhere() {
        TokenUsage unknown = TokenUsage.unknown(UsageFlag.REASONING_MISSING);
        assertThat(List.of(
                        unknown.prompt(),
                        unknown.cached(),
                        unknown.response(),
                        unknown.reasoning(),
                        unknown.completion()))
                .containsOnly(Count.missing());
        assertThat(unknown.cost().known()).isFalse();
        assertThat(unknown.reasoningValid()).isFalse();
        assertThat(unknown.flags()).containsExactly(UsageFlag.REASONING_MISSING);
    }

    @Test
    void zeroReasoningIsValidUnlessThinkingIsVisible() {
        TokenUsage zero = new TokenUsage(
                Count.missing(),
                Count.missing(),
                Count.missing(),
                Count.of(0, Count.Source.USAGE),
                OptionalLong.empty(),
                Count.missing(),
                Cost.missing(),
                Set.of());
        assertThat(zero.reasoningValid()).isTrue();
        assertThat(zero.withFlag(UsageFlag.ZERO_WITH_TEXT).reasoningValid()).isFalse();
    }

    @Test
    void flagsAreKeptInDeclarationOrderAndCannotBeChanged() {
        TokenUsage usage = TokenUsage.unknown(UsageFlag.CACHE_HIT, UsageFlag.NEGATIVE);
        assertThat(usage.flags()).containsExactly(UsageFlag.NEGATIVE, UsageFlag.CACHE_HIT);
        assertThatThrownBy(() -> usage.flags().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(EnumSet.allOf(UsageFlag.class))
                .allSatisfy(f -> assertThat(UsageFlag.of(f.word())).isEqualTo(f));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
    void aScoreOutsideZeroToOneIsRefused(double value) {
        assertThatThrownBy(() -> new Score.Graded(value, Optional.empty(), "x", new GradingDetail.None()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(value));
    }

    @Test
    void blankTextIsNoText() {
        Completion completion = Completion.builder()
                .text(" \n\t")
                .reasoning("")
                .finishReason("length")
                .build();
        assertThat(completion.text()).isEmpty();
        assertThat(completion.reasoning()).isEmpty();
        assertThat(completion.truncated()).isTrue();
    }
}
