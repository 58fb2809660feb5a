package dev.rtel.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The small parts the page is made of. */
class PartsTest {
    static IntStream seeds() {
        return IntStream.range(0, 40);
    }

    @Test
    void ticksAreRoundAndEncloseTheValues() {
        LogScale scale = LogScale.over(List.of(130.0, 4000.0));
        assertThat(scale.ticks()).containsExactly(100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0);
        assertThat(scale.position(100)).isZero();
        assertThat(scale.position(5000)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyScaleHasSeveralRoundTicksAndHoldsItsValues(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Double> values = random.doubles(1 + seed % 5)
                .map(d -> Math.pow(10, -1 + 7 * d))
                .boxed()
                .toList();
        LogScale scale = LogScale.over(values);
        assertThat(scale.ticks()).hasSizeBetween(2, 9).isSorted();
        assertThat(scale.ticks()).allMatch(t -> {
            double mantissa = t / Math.pow(10, Math.floor(Math.log10(t) + 1e-9));
            return Math.abs(mantissa - 1) < 1e-6 || Math.abs(mantissa - 2) < 1e-6 || Math.abs(mantissa - 5) < 1e-6;
        });
        assertThat(values).allMatch(v -> scale.position(v) > 0 && scale.position(v) < 1);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void excerptsKeepBeginningAndEndWithinTheirLimit(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String text = random.ints(400, 0, 0x11ffff)
                .map(c -> c > 0x10ffff ? '<' : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        Excerpt excerpt = Excerpt.of(text, 500, "elsewhere");
        assertThat(excerpt.note()).contains("cut", "elsewhere");
        String clean = text.replace("\r\n", "\n");
        assertThat(clean).startsWith(excerpt.head()).endsWith(excerpt.tail());
        String shown = VisibleText.escaped(excerpt.head()) + VisibleText.escaped(excerpt.tail());
        assertThat(shown.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(400, 500);
    }

    @Test
    void shortTextsStayWhole() {
        assertThat(Excerpt.of("a\r\nb", 500, "")).isEqualTo(new Excerpt("a\nb", "", ""));
        assertThat(Excerpt.line("  a\nb  ", 9)).isEqualTo("a b");
        assertThat(Excerpt.line("𝄞𝄞𝄞𝄞", 3)).isEqualTo("𝄞𝄞…");
    }

    @Test
    void slugsAreSafeAndUnique() {
        Slugs slugs = new Slugs();
        String first = slugs.id("model", "a/b");
        assertThat(first).isEqualTo("model-a-b");
        assertThat(slugs.id("model", "a b")).isNotEqualTo(first);
        assertThat(slugs.id("model", "a/b")).isEqualTo(first);
        assertThat(slugs.id("model", "\"><svg onload=x>", "..")).matches("[a-z0-9-]+");
        assertThat(slugs.id("model", "漢字")).isNotEqualTo(slugs.id("model", "かな"));
    }

    @Test
    void actingCharactersAreSpelledOut() {
        assertThat(VisibleText.escaped("a\u0000\u007f\u0085\u202e\u200b\u2028\ufffe<b>'\"&\t\n\ud83d\ude00"))
                .isEqualTo("a␀␡⟨U+0085⟩⟨U+202E⟩⟨U+200B⟩⟨U+2028⟩⟨U+FFFE⟩&lt;b&gt;&#39;&quot;&amp;\t\n😀");
    }

    @Test
    void theVerdictNamesWhoCannotBeToldApartAndWhoHasNoRank() {
        List<String> sentences = Verdict.sentences(Example.six().leaderboard);
        assertThat(sentences).hasSize(4);
        assertThat(sentences.get(0))
                .startsWith("Most accurate: google/gemini-3-pro")
                .contains("cannot be told apart");
        assertThat(sentences.get(2))
                .startsWith("Fewest reasoning tokens among models with at least 60 %")
                .contains("grok-4.3@low");
        assertThat(sentences.get(3))
                .contains(
                        "anthropic/claude-opus-5 (reasoning tokens not reported)",
                        "mistralai/mistral-small (reasoning off)",
                        "qwen/qwen3-max (a count on only");
    }

    @Test
    void modelsWithoutCountStandInTheStripAndNotOnTheAxis() {
        Example example = Example.six();
        Chart chart = ChartBuilder.chart(example.leaderboard, new Slugs(), java.util.Set.of());
        assertThat(chart.strip()).hasSize(1);
        double axis = Double.parseDouble(chart.left());
        for (Chart.Mark mark : chart.marks()) {
            boolean unknown = mark.label().endsWith("(n/r)") || mark.label().endsWith("(off)");
            assertThat(Double.parseDouble(mark.x()) < axis).as(mark.label()).isEqualTo(unknown);
        }
        assertThat(chart.marks()).extracting(Chart.Mark::label).contains("claude-opus-5 (n/r)", "mistral-small (off)");
    }
}
