package dev.rtel.tasks.replay;

import dev.rtel.eval.BillingRecord;
import dev.rtel.eval.Completion;
import dev.rtel.tasks.internal.Fields;
import dev.rtel.tasks.internal.SourceNode;
import dev.rtel.wire.ChatReply;
import dev.rtel.wire.GenerationReply;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One recorded answer, of a contestant or of a role: what a line of a completions file, or an entry of its judge calls, says. */
record RecordedReply(
        Optional<String> raw,
        Optional<String> text,
        Optional<String> reasoning,
        Optional<String> finishReason,
        Map<String, @Nullable Object> usage,
        Map<String, @Nullable Object> generation,
        Optional<Duration> latency,
        Optional<Duration> ttft,
        Optional<Duration> ttftContent,
        Optional<String> provider,
        Optional<String> servedModel,
        Optional<String> generationId) {

    /**
     * Reads the answer's keys; null means not told.
     *
     * @param line the text the group was read from, of which {@code raw} is kept verbatim
     * @param rawPath where in that text the reply stands
     */
    static RecordedReply read(Fields fields, String line, RawText.Path rawPath) {
        Fields told = fields.withoutNulls();
        return new RecordedReply(
                raw(told, line, rawPath),
                told.text("text"),
                told.text("reasoning"),
                told.text("finish_reason"),
                told.plain("usage"),
                told.plain("generation"),
                milliseconds(told, "latency_ms"),
                milliseconds(told, "ttft_ms"),
                milliseconds(told, "ttft_content_ms"),
                told.text("provider"),
                told.text("served_model"),
                told.text("generation_id"));
    }

    /**
     * Makes the completion as the real client would have: text and usage from the verbatim reply where there is one,
     * the rest as recorded.
     *
     * @throws dev.rtel.spi.ModelException if the verbatim reply is an error
     */
    Completion completion() {
        if (raw.isEmpty()) {
            return Completion.builder()
                    .text(text.orElse(null))
                    .reasoning(reasoning.orElse(null))
                    .finishReason(finishReason.orElse(null))
                    .usage(usage)
                    .latency(latency.orElse(null))
                    .ttft(ttft.orElse(null))
                    .ttftContent(ttftContent.orElse(null))
                    .billing(billing())
                    .provider(provider.orElse(null))
                    .servedModel(servedModel.orElse(null))
                    .generationId(generationId.orElse(null))
                    .build();
        }
        Completion read = ChatReply.fromRaw(raw.get());
        return read.toBuilder()
                .reasoning(read.reasoning().or(() -> reasoning).orElse(null))
                .finishReason(read.finishReason().or(() -> finishReason).orElse(null))
                .latency(latency.orElse(null))
                .ttft(ttft.orElse(null))
                .ttftContent(ttftContent.orElse(null))
                .billing(billing())
                .provider(provider.or(read::provider).orElse(null))
                .servedModel(servedModel.or(read::servedModel).orElse(null))
                .generationId(generationId.or(read::generationId).orElse(null))
                .build();
    }

    private @Nullable BillingRecord billing() {
        return generation.isEmpty() ? null : GenerationReply.of(generation);
    }

    private static Optional<String> raw(Fields fields, String line, RawText.Path path) {
        SourceNode node = fields.group().members().get("raw");
        if (node == null) {
            return Optional.empty();
        }
        if (node instanceof SourceNode.Group) {
            return Optional.of(RawText.slice(line, path));
        }
        if (node.plain() instanceof String text) {
            return Optional.of(text);
        }
        fields.problem("raw", "is " + node.describe() + ", expected the provider's JSON as an object or as text");
        return Optional.empty();
    }

    private static Optional<Duration> milliseconds(Fields fields, String key) {
        Optional<BigDecimal> number = fields.number(key);
        if (number.isPresent() && (number.get().signum() < 0 || number.get().compareTo(BigDecimal.valueOf(1e12)) > 0)) {
            fields.problem(key, "is " + number.get() + ", expected milliseconds from 0");
            return Optional.empty();
        }
        return number.map(ms -> Duration.ofNanos(
                ms.movePointRight(6).setScale(0, RoundingMode.HALF_UP).longValue()));
    }
}
