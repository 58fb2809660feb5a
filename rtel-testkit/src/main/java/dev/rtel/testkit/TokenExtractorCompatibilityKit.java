package dev.rtel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rtel.eval.Completion;
import dev.rtel.eval.Count;
import dev.rtel.eval.TokenUsage;
import dev.rtel.spi.TokenExtractor;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link TokenExtractor} must do. Extend it in a test class. */
public abstract class TokenExtractorCompatibilityKit {
    private static final List<String> KEYS = List.of(
            "prompt_tokens", "completion_tokens", "total_tokens", "cost", "reasoning_tokens", "is_byok", "noise");

    /** For extending. */
    protected TokenExtractorCompatibilityKit() {}

    /** Makes the extractor under test. */
    protected abstract TokenExtractor extractor();

    /** Makes one whose billing record is not there yet; empty when the extractor looks nothing up. */
    protected Optional<TokenExtractor> extractorWithoutRecord() {
        return Optional.empty();
    }

    /** Returns a reply with the given usage object; override when the extractor reads something else. */
    protected Completion reply(Map<String, @Nullable Object> usage) {
        return Completion.builder()
                .text("42")
                .finishReason("stop")
                .usage(usage)
                .generationId("gen-1")
                .build();
    }

    @Test
    void readsAPlainReport() {
        TokenUsage usage = extractor()
                .extract(reply(Map.of(
                        "prompt_tokens",
                        21,
                        "completion_tokens",
                        412,
                        "total_tokens",
                        433,
                        "completion_tokens_details",
                        Map.of("reasoning_tokens", 384))));
        assertThat(usage.prompt().value()).hasValue(21);
        assertThat(usage.completion().value()).hasValue(412);
        assertThat(usage.reasoning().value()).hasValue(384);
        assertThat(usage.response().value()).hasValue(28);
    }

    @Test
    void anAbsentReportIsUnknownNotZero() {
        assertUnknown(extractor().extract(reply(Map.of())));
        assertUnknown(extractor().extract(Completion.builder().build()));
    }

    @Test
    void anAbsentOrNullReasoningCountIsUnknownNotZero() {
        Map<String, @Nullable Object> nothing = new HashMap<>();
        nothing.put("reasoning_tokens", null);
        Map<String, @Nullable Object> report =
                new HashMap<>(Map.of("prompt_tokens", 21, "completion_tokens", 412, "total_tokens", 433));
        assertThat(extractor().extract(reply(report)).reasoning().known()).isFalse();
        report.put("completion_tokens_details", nothing);
        assertThat(extractor().extract(reply(report)).reasoning().known()).isFalse();
        report.put("completion_tokens_details", null);
        assertThat(extractor().extract(reply(report)).reasoning().known()).isFalse();
    }

    @Test
    void aReportedZeroStaysZero() {
        TokenUsage usage = extractor()
                .extract(reply(Map.of(
                        "prompt_tokens",
                        12,
                        "completion_tokens",
                        40,
                        "total_tokens",
                        52,
                        "completion_tokens_details",
                        Map.of("reasoning_tokens", 0))));
        assertThat(usage.reasoning().value()).hasValue(0);
        assertThat(usage.reasoningValid()).isTrue();
    }

    @Test
    void neverThrowsAndNeverBreaksTheSumWhateverIsReported() {
        SplittableRandom random = new SplittableRandom(20_260_901);
        TokenExtractor extractor = extractor();
        for (int i = 0; i < 2_000; i++) {
            Map<String, @Nullable Object> report = new HashMap<>();
            for (String key : KEYS) {
                if (random.nextInt(4) > 0) {
                    report.put(key, odd(random));
                }
            }
            if (random.nextBoolean()) {
                Map<String, @Nullable Object> details = new HashMap<>();
                details.put("reasoning_tokens", odd(random));
                report.put("completion_tokens_details", random.nextBoolean() ? details : odd(random));
            }
            TokenUsage usage = extractor.extract(reply(report));
            assertConsistent(usage, report);
            assertThat(extractor.settling(reply(report), usage)).isNotNull();
        }
    }

    @Test
    void withoutAnIdThereIsNothingToLookUp() {
        Completion anonymous = Completion.builder().text("42").build();
        assertThat(extractor().settling(anonymous, extractor().extract(anonymous)))
                .isEqualTo(TokenExtractor.Settling.NONE);
    }

    @Test
    void waitsGrowAndAreFinite() {
        List<Duration> delays = extractor().lookUpDelays();
        assertThat(delays).isSorted().allMatch(d -> !d.isNegative());
        assertThat(delays).hasSizeLessThan(100);
    }

    @Test
    void aRecordThatIsNotThereYetIsNoAnswer() throws InterruptedException {
        Optional<TokenExtractor> late = extractorWithoutRecord();
        assumeTrue(late.isPresent(), "this extractor looks nothing up");
        Completion reply = reply(Map.of());
        TokenUsage inline = late.get().extract(reply);
        assertThat(late.get().settling(reply, inline)).isEqualTo(TokenExtractor.Settling.NEEDED);
        assertThat(late.get().lookUp("gen-kit")).isEmpty();
        assertThat(late.get().lookUpDelays()).isNotEmpty();
    }

    private static void assertUnknown(TokenUsage usage) {
        assertThat(List.of(usage.prompt(), usage.response(), usage.reasoning(), usage.completion()))
                .noneMatch(Count::known);
        assertThat(usage.cost().known()).isFalse();
    }

    private static void assertConsistent(TokenUsage usage, Object report) {
        if (usage.completion().known()
                && usage.reasoning().known()
                && usage.response().known()) {
            assertThat(usage.response().value().getAsLong()
                            + usage.reasoning().value().getAsLong())
                    .as("response + reasoning of %s", report)
                    .isEqualTo(usage.completion().value().getAsLong());
        }
        assertThat(usage.reasoningRaw().orElse(0)).isNotNegative();
        usage.cost().usd().ifPresent(usd -> assertThat(usd).isNotNegative());
    }

    private static @Nullable Object odd(SplittableRandom random) {
        return switch (random.nextInt(13)) {
            case 0 -> null;
            case 1 -> -1L - random.nextInt(50);
            case 2 -> "17";
            case 3 -> "many";
            case 4 -> 384.0;
            case 5 -> 0.5;
            case 6 -> Long.MAX_VALUE;
            case 7 -> List.of(1);
            case 8 -> Map.of("a", 1);
            case 9 -> true;
            case 10 -> new java.math.BigDecimal("1E+999999");
            default -> (long) random.nextInt(60);
        };
    }
}
