package dev.rtel.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PriceBookTest {
    private final PriceBook book = new PriceBook(
            LocalDate.of(2026, 11, 20),
            Map.of("lab/thinker", new Price(new BigDecimal("0.00000125"), new BigDecimal("0.00001"))));

    @Test
    void aCallCostsItsTokensTimesTheirPrices() {
        assertThat(book.price("lab/thinker").orElseThrow().of(1_000, 16_000)).isEqualByComparingTo("0.16125");
        assertThat(book.price("lab/thinker").orElseThrow().of(0, 0)).isEqualByComparingTo("0");
    }

    @Test
    void priceTimesTokensIsExact() {
        assertThat(book.price("lab/thinker").orElseThrow().of(3, 7_000_000_000L))
                .isEqualByComparingTo(new BigDecimal("70000.00000375"));
    }

    @Test
    void aVariantIsAProductOfItsOwn() {
        assertThat(book.price("lab/thinker:free")).isEmpty();
        assertThat(PriceBook.empty().price("lab/thinker")).isEmpty();
    }

    @Test
    void pricesCannotBeChanged() {
        assertThatThrownBy(() -> book.prices().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
