package dev.rtel.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void accuracyIsShownToATenthOrAWholePercent() {
        assertThat(Figures.percent(0.8)).isEqualTo("80.0 %");
        assertThat(Figures.percent(1.0 / 3)).isEqualTo("33.3 %");
        assertThat(Figures.percent(0.145)).isEqualTo("14.5 %");
        assertThat(Figures.wholePercent(0.145)).isEqualTo("15 %");
        assertThat(Figures.wholePercent(1)).isEqualTo("100 %");
    }

    @Test
    void intervalsAreClippedForDisplayOnly() {
        assertThat(Figures.percentRange(0.58398, 0.91934)).isEqualTo("58–92");
        assertThat(Figures.percentRange(-0.05, 1.06)).isEqualTo("0–100");
    }

    @Test
    void efficiencyHasThreeSignificantDigits() {
        assertThat(Figures.efficiency(0.42105263)).isEqualTo("0.421");
        assertThat(Figures.efficiency(2.7777)).isEqualTo("2.78");
        assertThat(Figures.efficiency(0.5)).isEqualTo("0.500");
        assertThat(Figures.efficiency(5)).isEqualTo("5.00");
        assertThat(Figures.efficiency(1234.5)).isEqualTo("1230");
        assertThat(Figures.efficiency(0.0000123)).isEqualTo("0.0000123");
        assertThat(Figures.efficiency(0)).isEqualTo("0");
    }

    @Test
    void moneyHasFourDecimalsAndNeverRoundsToNothing() {
        assertThat(Figures.usd(0.0272)).isEqualTo("$0.0272");
        assertThat(Figures.usd(new BigDecimal("1234.56789"))).isEqualTo("$1,234.5679");
        assertThat(Figures.usd(0.00001)).isEqualTo("<$0.0001");
        assertThat(Figures.usd(0.0)).isEqualTo("$0.0000");
    }

    @Test
    void tokensAndSecondsAreReadable() {
        assertThat(Figures.tokens(1900)).isEqualTo("1,900");
        assertThat(Figures.tokens(0.5)).isEqualTo("0.5");
        assertThat(Figures.tokens(0)).isEqualTo("0");
        assertThat(Figures.seconds(31_000)).isEqualTo("31.0 s");
        assertThat(Figures.seconds(420)).isEqualTo("0.42 s");
    }

    @Test
    void whatIsNoNumberIsUnknown() {
        assertThat(Figures.percent(Double.NaN)).isEqualTo(Figures.UNKNOWN);
        assertThat(Figures.efficiency(Double.POSITIVE_INFINITY)).isEqualTo(Figures.UNKNOWN);
        assertThat(Figures.usd(Double.NaN)).isEqualTo(Figures.UNKNOWN);
        assertThat(Figures.tokens(Double.NaN)).isEqualTo(Figures.UNKNOWN);
        assertThat(Figures.seconds(Double.NaN)).isEqualTo(Figures.UNKNOWN);
    }

    @Test
    void theMachinesLocaleDoesNotMatter() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(Figures.usd(1234.5)).isEqualTo("$1,234.5000");
            assertThat(Figures.percent(0.5)).isEqualTo("50.0 %");
        } finally {
            Locale.setDefault(before);
        }
    }
}
