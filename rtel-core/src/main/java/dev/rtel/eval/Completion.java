package dev.rtel.eval;

import dev.rtel.common.PlainData;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model's answer as it came. Anything the provider did not tell is empty, never 0. Immutable.
 *
 * @param text the answer; empty when the reply held none (null, blank or absent content)
 * @param reasoning visible thinking, full or summarised; shown, never graded, never counted
 * @param finishReason the provider's word: {@code stop, length, tool_calls, content_filter, error} or another
 * @param usage the provider's usage object verbatim as plain data; empty when none was reported
 * @param latency request sent to last byte of this attempt
 * @param ttft request sent to first token, thinking or answer; empty unless streamed
 * @param ttftContent request sent to first token of the answer; empty unless streamed
 * @param provider who served the call
 * @param servedModel the model that answered, in the provider's words
 * @param generationId the provider's id of its billing record
 * @param raw the reply verbatim (JSON); empty when none was kept
 * @param cacheHit whether the provider answered from a response cache
 * @param billing the provider's billing record; empty until it was looked up
 */
public record Completion(
        Optional<String> text,
        Optional<String> reasoning,
        Optional<String> finishReason,
        Map<String, @Nullable Object> usage,
        Optional<Duration> latency,
        Optional<Duration> ttft,
        Optional<Duration> ttftContent,
        Optional<String> provider,
        Optional<String> servedModel,
        Optional<String> generationId,
        Optional<String> raw,
        boolean cacheHit,
        Optional<BillingRecord> billing) {
    /** Copies the usage; blank text becomes empty. */
    public Completion(
            Optional<String> text,
            Optional<String> reasoning,
            Optional<String> finishReason,
            Map<String, @Nullable Object> usage,
            Optional<Duration> latency,
            Optional<Duration> ttft,
            Optional<Duration> ttftContent,
            Optional<String> provider,
            Optional<String> servedModel,
            Optional<String> generationId,
            Optional<String> raw,
            boolean cacheHit,
            Optional<BillingRecord> billing) {
        usage = PlainData.copyOf(usage);
        text = text.filter(t -> !t.isBlank());
        reasoning = reasoning.filter(t -> !t.isBlank());
        this.text = text;
        this.reasoning = reasoning;
        this.finishReason = finishReason;
        this.usage = usage;
        this.latency = latency;
        this.ttft = ttft;
        this.ttftContent = ttftContent;
        this.provider = provider;
        this.servedModel = servedModel;
        this.generationId = generationId;
        this.raw = raw;
        this.cacheHit = cacheHit;
        this.billing = billing;
    }

    /** Whether the reply was cut off by a token or context limit (finish reason {@code length}). */
    public boolean truncated() {
        return finishReason.filter("length"::equals).isPresent();
    }

    /** The same without the verbatim reply and billing record. */
    Completion withoutVerbatim() {
        if (raw.isEmpty() && billing.flatMap(BillingRecord::raw).isEmpty()) {
            return this;
        }
        return toBuilder()
                .raw(null)
                .billing(billing.map(b -> b.withRaw(Optional.empty())).orElse(null))
                .build();
    }

    /** The same without what only people read: text, thinking, usage object, verbatim texts. */
    Completion figures() {
        return new Completion(
                Optional.empty(),
                Optional.empty(),
                finishReason,
                Map.of(),
                latency,
                ttft,
                ttftContent,
                provider,
                servedModel,
                generationId,
                Optional.empty(),
                cacheHit,
                billing.map(b -> b.withRaw(Optional.empty())));
    }

    /** An empty answer to start from. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder holding all of this. */
    public Builder toBuilder() {
        Builder b = new Builder();
        b.text = text.orElse(null);
        b.reasoning = reasoning.orElse(null);
        b.finishReason = finishReason.orElse(null);
        b.usage = usage;
        b.latency = latency.orElse(null);
        b.ttft = ttft.orElse(null);
        b.ttftContent = ttftContent.orElse(null);
        b.provider = provider.orElse(null);
        b.servedModel = servedModel.orElse(null);
        b.generationId = generationId.orElse(null);
        b.raw = raw.orElse(null);
        b.cacheHit = cacheHit;
        b.billing = billing.orElse(null);
        return b;
    }

    /** Collects the parts of a completion; what is not set stays unknown. Not thread-safe. */
    public static final class Builder {
        private @Nullable String text;
        private @Nullable String reasoning;
        private @Nullable String finishReason;
        private Map<String, @Nullable Object> usage = Map.of();
        private @Nullable Duration latency;
        private @Nullable Duration ttft;
        private @Nullable Duration ttftContent;
        private @Nullable String provider;
        private @Nullable String servedModel;
        private @Nullable String generationId;
        private @Nullable String raw;
        private boolean cacheHit;
        private @Nullable BillingRecord billing;

        private Builder() {}

        /** Sets the answer. */
        public Builder text(@Nullable String value) {
            this.text = value;
            return this;
        }

        /** Sets the visible thinking. */
        public Builder reasoning(@Nullable String value) {
            this.reasoning = value;
            return this;
        }

        /** Sets the finish reason. */
        public Builder finishReason(@Nullable String value) {
            this.finishReason = value;
            return this;
        }

        /** Sets the usage object. */
        public Builder usage(Map<String, @Nullable Object> value) {
            this.usage = value;
            return this;
        }

        /** Sets the time to the last byte. */
        public Builder latency(@Nullable Duration value) {
            this.latency = value;
            return this;
        }

        /** Sets the time to the first token. */
        public Builder ttft(@Nullable Duration value) {
            this.ttft = value;
            return this;
        }

        /** Sets the time to the first token of the answer. */
        public Builder ttftContent(@Nullable Duration value) {
            this.ttftContent = value;
            return this;
        }

        /** Sets who served the call. */
        public Builder provider(@Nullable String value) {
            this.provider = value;
            return this;
        }

        /** Sets the model that answered. */
        public Builder servedModel(@Nullable String value) {
            this.servedModel = value;
            return this;
        }

        /** Sets the id of the billing record. */
        public Builder generationId(@Nullable String value) {
            this.generationId = value;
            return this;
        }

        /** Sets the reply verbatim. */
        public Builder raw(@Nullable String value) {
            this.raw = value;
            return this;
        }

        /** Marks an answer from a response cache. */
        public Builder cacheHit(boolean value) {
            this.cacheHit = value;
            return this;
        }

        /** Sets the billing record. */
        public Builder billing(@Nullable BillingRecord value) {
            this.billing = value;
            return this;
        }

        /** Builds the completion. */
        public Completion build() {
            return new Completion(
                    Optional.ofNullable(text),
                    Optional.ofNullable(reasoning),
                    Optional.ofNullable(finishReason),
                    usage,
                    Optional.ofNullable(latency),
                    Optional.ofNullable(ttft),
                    Optional.ofNullable(ttftContent),
                    Optional.ofNullable(provider),
                    Optional.ofNullable(servedModel),
                    Optional.ofNullable(generationId),
                    Optional.ofNullable(raw),
                    cacheHit,
                    Optional.ofNullable(billing));
        }
    }
}
