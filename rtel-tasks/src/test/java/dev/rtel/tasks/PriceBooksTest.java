package dev.rtel.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.plan.Price;
import dev.rtel.plan.PriceBook;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceBooksTest {
    @TempDir
    Path folder;

    @Test
    void pricesAreReadExactly() throws IOException {
        PriceBook book = read("date: 2026-08-29\nprices:\n  a/b: {prompt: \"0.00000125\", completion: \"0.00001\"}\n"
                + "  a/b:free: {prompt: 0, completion: \"0\"}\n");

        assertThat(book.date()).isEqualTo(LocalDate.of(2026, 8, 29));
        assertThat(book.price("a/b").orElseThrow().of(1000, 100)).isEqualByComparingTo("0.00225");
        assertThat(book.price("a/b:free").orElseThrow().prompt()).isEqualByComparingTo(BigDecimal.ZERO);
        assertThat(book.price("a/c")).as("unknown is not free").isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "prices: {}                                           | 1: date: is missing",
                "date: soon\\nprices: {}                              | 1: date: is 'soon', expected a day such as 2026-08-29",
                "date: 2026-08-29                                     | 1: prices: is missing",
                "date: 2026-08-29\\nprices: {a: {prompt: \"1\"}}      | 2: prices.a.completion: is missing",
                "date: 2026-08-29\\nprices: {a: 5}                    | 2: prices.a: is the number 5, expected {prompt: …, completion: …}",
                "date: 2026-08-29\\nprices: {a: {prompt: \"-1\", completion: 0}} | 2: prices.a.prompt: is the text '-1', expected US dollars per token",
                "date: 2026-08-29\\nprices: {a: {prompt: cheap, completion: 0}} | 2: prices.a.prompt: is the text 'cheap', expected US dollars per token",
                "date: 2026-08-29\\nprices: {a: {promt: 0, prompt: 0, completion: 0}} | 2: prices.a.promt: unknown key 'promt' (did you mean 'prompt'?)",
            })
    void faultsAreNamedWithFileLineAndKey(String text, String message) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
                .message()
                .startsWith(folder.resolve("p.yaml") + ":" + message);
    }

    @Test
    void theBundledPricesAreDatedAndPerToken() {
        PriceBook book = PriceBooks.bundled();
        assertThat(book.date()).isEqualTo(ModelSnapshot.bundled().date()).isEqualTo(LocalDate.of(2026, 8, 29));
        assertThat(book.price("google/gemini-2.5-pro"))
                .contains(new Price(new BigDecimal("0.00000125"), new BigDecimal("0.00001")));
        assertThat(book.prices()).hasSizeGreaterThan(50).allSatisfy((id, price) -> {
            assertThat(price.prompt()).isPositive().isLessThan(new BigDecimal("0.001"));
            assertThat(price.completion()).isGreaterThan(price.prompt());
        });
    }

    @Test
    void theSnapshotKnowsWhoAlwaysThinksAndWhoNever() {
        ModelSnapshot snapshot = ModelSnapshot.bundled();
        assertThat(snapshot.find("deepseek/deepseek-r1").orElseThrow().reasoning())
                .isEqualTo(ModelSnapshot.Reasoning.ALWAYS);
        assertThat(snapshot.find("moonshotai/kimi-k2").orElseThrow().reasoning())
                .isEqualTo(ModelSnapshot.Reasoning.NONE);
        assertThat(snapshot.find("openai/gpt-5.2").orElseThrow().weakestEffort())
                .contains("none");
        assertThat(snapshot.find("openai/gpt-5.2:free")).isEmpty();
        assertThat(snapshot.models()).allSatisfy(facts -> {
            assertThat(facts.efforts())
                    .as(facts.id())
                    .isSubsetOf("max", "xhigh", "high", "medium", "low", "minimal", "none")
                    .doesNotHaveDuplicates();
            if (facts.reasoning() != ModelSnapshot.Reasoning.OPTIONAL) {
                assertThat(facts.efforts()).as(facts.id()).doesNotContain("none");
            }
            if (facts.reasoning() == ModelSnapshot.Reasoning.NONE) {
                assertThat(facts.efforts()).as(facts.id()).isEmpty();
            }
        });
    }

    private PriceBook read(String text) throws IOException {
        return PriceBooks.read(Files.writeString(folder.resolve("p.yaml"), text));
    }
}
