package dev.rtel.simulator;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one scripted model behaves and what it costs. Immutable; made with {@link #builder(String)}.
 *
 * @param id model id, {@code author/slug}
 * @param canonicalSlug name that replies carry in {@code model}
 * @param endpoints where the model runs; at least one, with different tags
 * @param contextLength tokens of prompt and completion together
 * @param maxCompletionTokens most tokens a completion can have
 * @param accuracy probability of a right answer, 0..1, for categories without their own
 * @param accuracyByCategory probability of a right answer, 0..1, by category
 * @param reasoning whether the model thinks
 * @param meanReasoningTokens mean thinking tokens at medium effort
 * @param reasoningGranularity thinking tokens are multiples of this
 * @param supportedEfforts efforts the model list announces, strongest first; empty = not announced, all accepted
 * @param rejectsOtherEfforts true if other efforts are refused with status 400; else the nearest one is taken
 * @param verbosity amount of filler sentences before an answer; 0 = the answer alone, 1 = one to four sentences
 * @param truncationProbability probability, 0..1, that a reply runs into the token limit
 * @param shape form of the replies
 * @param latency mean time from request to the end of the reply
 * @param latencySpread standard deviation of that time
 * @param pacing when the parts of a stream are sent
 * @param byokFee OpenRouter's fee as a share of the price, 0 or more, if the provider is paid with the user's own key;
 *     empty = OpenRouter pays the provider
 * @param byokUpstreamShown whether usage and generation record tell what the provider charges for that key
 * @param judge true if the model answers by judge rules instead of samples
 */
public record ModelProfile(
        String id,
        String canonicalSlug,
        List<Endpoint> endpoints,
        long contextLength,
        long maxCompletionTokens,
        double accuracy,
        Map<String, Double> accuracyByCategory,
        ReasoningMode reasoning,
        double meanReasoningTokens,
        int reasoningGranularity,
        List<Effort> supportedEfforts,
        boolean rejectsOtherEfforts,
        double verbosity,
        double truncationProbability,
        ReplyShape shape,
        Duration latency,
        Duration latencySpread,
        Pacing pacing,
        Optional<BigDecimal> byokFee,
        boolean byokUpstreamShown,
        boolean judge) {

    /**
     * Checks and copies the values.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public ModelProfile {
        Checks.that(id.matches("[^/\\s]+/[^/\\s]+"), "id must have the form author/slug, was \"" + id + "\"");
        Checks.that(!canonicalSlug.isBlank(), "canonical slug of \"" + id + "\" must not be blank");
        endpoints = List.copyOf(endpoints);
        Checks.that(!endpoints.isEmpty(), "\"" + id + "\" needs at least one endpoint");
        List<String> tags = endpoints.stream().map(Endpoint::tag).toList();
        Checks.that(
                tags.stream().distinct().count() == tags.size(),
                "endpoints of \"" + id + "\" must have different tags, were " + tags);
        Checks.that(contextLength > 0, "context length must be positive, was " + contextLength);
        Checks.that(maxCompletionTokens > 0, "most completion tokens must be positive, was " + maxCompletionTokens);
        Checks.share("accuracy", accuracy);
        accuracyByCategory = Map.copyOf(accuracyByCategory);
        accuracyByCategory.forEach((category, value) -> Checks.share("accuracy of \"" + category + "\"", value));
        Checks.notNegative("mean reasoning tokens", meanReasoningTokens);
        Checks.that(reasoningGranularity >= 1, "reasoning granularity must be at least 1, was " + reasoningGranularity);
        supportedEfforts = List.copyOf(supportedEfforts);
        Checks.notNegative("verbosity", verbosity);
        Checks.share("truncation probability", truncationProbability);
        Checks.notNegative("latency", latency);
        Checks.notNegative("latency spread", latencySpread);
        byokFee.ifPresent(fee -> Checks.notNegative("fee", fee));
    }

    /** Starts a profile: no reasoning, accuracy 0.7, 1 and 4 USD per million tokens, no latency. */
    public static Builder builder(String id) {
        return new Builder(id);
    }

    /** Returns a builder that starts with the values of this profile. */
    public Builder toBuilder() {
        Builder builder = new Builder(id);
        builder.canonicalSlug = canonicalSlug;
        if (endpoints.size() == 1) {
            Endpoint only = endpoints.get(0);
            builder.providerName(only.providerName()).providerTag(only.tag()).quantization(only.quantization());
            builder.prices(only.promptPrice(), only.completionPrice());
        } else {
            builder.endpoints.addAll(endpoints);
        }
        builder.contextLength = contextLength;
        builder.maxCompletionTokens = maxCompletionTokens;
        builder.accuracy = accuracy;
        builder.accuracyByCategory.putAll(accuracyByCategory);
        builder.reasoning = reasoning;
        builder.meanReasoningTokens = meanReasoningTokens;
        builder.reasoningGranularity = reasoningGranularity;
        builder.supportedEfforts = supportedEfforts;
        builder.rejectsOtherEfforts = rejectsOtherEfforts;
        builder.verbosity = verbosity;
        builder.truncationProbability = truncationProbability;
        builder.shape = shape;
        builder.latency = latency;
        builder.latencySpread = latencySpread;
        builder.pacing = pacing;
        builder.byokFee = byokFee;
        builder.byokUpstreamShown = byokUpstreamShown;
        builder.judge = judge;
        return builder;
    }

    /** Returns the probability of a right answer in a category, 0..1. */
    public double accuracyIn(String category) {
        return accuracyByCategory.getOrDefault(category, accuracy);
    }

    /** Tells whether replies say what the provider charges; they keep it back only if the user pays it directly. */
    boolean showsUpstreamCost() {
        return byokFee.isEmpty() || byokUpstreamShown;
    }

    boolean reasons() {
        return reasoning != ReasoningMode.NONE;
    }

    /** Collects the values of a {@link ModelProfile}. Not thread-safe. */
    public static final class Builder {
        private final String id;
        private final List<Endpoint> endpoints = new ArrayList<>();
        private final Map<String, Double> accuracyByCategory = new HashMap<>();
        private String canonicalSlug;
        private String providerName = "Simulated";
        private @Nullable String providerTag;
        private String quantization = Endpoint.UNKNOWN_QUANTIZATION;
        private BigDecimal promptPrice = new BigDecimal("0.000001");
        private BigDecimal completionPrice = new BigDecimal("0.000004");
        private long contextLength = 200_000;
        private long maxCompletionTokens = 65_536;
        private double accuracy = 0.7;
        private ReasoningMode reasoning = ReasoningMode.NONE;
        private double meanReasoningTokens;
        private int reasoningGranularity = 1;
        private List<Effort> supportedEfforts = List.of();
        private boolean rejectsOtherEfforts;
        private double verbosity;
        private double truncationProbability;
        private ReplyShape shape = ReplyShape.WELL_BEHAVED;
        private Duration latency = Duration.ZERO;
        private Duration latencySpread = Duration.ZERO;
        private Pacing pacing = Pacing.BY_LATENCY;
        private Optional<BigDecimal> byokFee = Optional.empty();
        private boolean byokUpstreamShown = true;
        private boolean judge;

        private Builder(String id) {
            this.id = id;
            this.canonicalSlug = id;
        }

        /** Sets the name that replies carry in {@code model}; default: the id. */
        public Builder canonicalSlug(String value) {
            canonicalSlug = value;
            return this;
        }

        /** Sets the provider's display name, for example {@code Amazon Bedrock}. */
        public Builder providerName(String value) {
            providerName = value;
            return this;
        }

        /** Sets the provider's slug; default: the display name in lower case with hyphens. */
        public Builder providerTag(String value) {
            providerTag = value;
            return this;
        }

        /** Sets the quantization of the only endpoint. */
        public Builder quantization(String value) {
            quantization = value;
            return this;
        }

        /**
         * Adds an endpoint. With at least one of them the provider, quantization and prices that are set elsewhere in this
         * builder have no effect.
         */
        public Builder endpoint(Endpoint endpoint) {
            endpoints.add(endpoint);
            return this;
        }

        /** Sets both prices in USD per token, as decimal strings. */
        public Builder prices(String prompt, String completion) {
            return prices(new BigDecimal(prompt), new BigDecimal(completion));
        }

        /** Sets both prices in USD per token. */
        public Builder prices(BigDecimal prompt, BigDecimal completion) {
            promptPrice = prompt;
            completionPrice = completion;
            return this;
        }

        /** Sets the price of a prompt token in USD. */
        public Builder promptPrice(BigDecimal value) {
            promptPrice = value;
            return this;
        }

        /** Sets the price of a completion token in USD. */
        public Builder completionPrice(BigDecimal value) {
            completionPrice = value;
            return this;
        }

        /** Sets the context length in tokens. */
        public Builder contextLength(long value) {
            contextLength = value;
            return this;
        }

        /** Sets the most tokens that a completion can have. */
        public Builder maxCompletionTokens(long value) {
            maxCompletionTokens = value;
            return this;
        }

        /** Sets the probability of a right answer for categories without their own. */
        public Builder accuracy(double value) {
            accuracy = value;
            return this;
        }

        /** Sets the probability of a right answer for one category. */
        public Builder accuracy(String category, double value) {
            accuracyByCategory.put(category, value);
            return this;
        }

        /** Sets whether the model thinks, and its mean thinking tokens at medium effort. */
        public Builder reasoning(ReasoningMode mode, double meanTokens) {
            reasoning = mode;
            meanReasoningTokens = meanTokens;
            return this;
        }

        /** Sets the step of the thinking tokens, for example 64. */
        public Builder reasoningGranularity(int value) {
            reasoningGranularity = value;
            return this;
        }

        /** Sets what replies show of the thinking. */
        public Builder reasoningText(ReasoningText value) {
            return shape(value);
        }

        /** Sets the efforts that the model list announces, strongest first. */
        public Builder supportedEfforts(Effort... values) {
            return supportedEfforts(List.of(values));
        }

        /** Sets the efforts that the model list announces, strongest first. */
        public Builder supportedEfforts(Collection<Effort> values) {
            supportedEfforts = List.copyOf(values);
            return this;
        }

        /** Makes the model refuse other efforts with status 400 instead of taking the nearest one. */
        public Builder rejectsOtherEfforts(boolean value) {
            rejectsOtherEfforts = value;
            return this;
        }

        /** Sets the amount of filler before an answer; 0 = none. */
        public Builder verbosity(double value) {
            verbosity = value;
            return this;
        }

        /** Sets the probability that a reply runs into the token limit. */
        public Builder truncationProbability(double value) {
            truncationProbability = value;
            return this;
        }

        /** Sets the form of the usage object. */
        public Builder usageShape(UsageShape value) {
            return shape(value);
        }

        /** Sets the form of the message content. */
        public Builder contentShape(ContentShape value) {
            return shape(value);
        }

        /** Sets traits of the replies; the others stay. */
        public Builder shape(Shape... traits) {
            for (Shape trait : traits) {
                shape = shape.with(trait);
            }
            return this;
        }

        /** Sets the blocks of white space before a reply that is not streamed. */
        public Builder padding(int blocks) {
            shape = shape.withPadding(blocks);
            return this;
        }

        /** Sets the number of comments before the first chunk of a stream, and between two chunks. */
        public Builder comments(int before, int between) {
            shape = shape.withComments(before, between);
            return this;
        }

        /** Sets when the parts of a stream are sent; default: by latency. */
        public Builder pacing(Pacing value) {
            pacing = value;
            return this;
        }

        /** Sets mean and standard deviation of the time to the end of a reply. */
        public Builder latency(Duration mean, Duration spread) {
            latency = mean;
            latencySpread = spread;
            return this;
        }

        /** Lets the user's own key pay the provider; OpenRouter charges a share of the price, for example 0.05. */
        public Builder byok(BigDecimal fee, boolean upstreamShown) {
            byokFee = Optional.of(fee);
            byokUpstreamShown = upstreamShown;
            return this;
        }

        /** Makes the model answer by judge rules. */
        public Builder judge(boolean value) {
            judge = value;
            return this;
        }

        /**
         * Builds the profile.
         *
         * @throws IllegalArgumentException if a value is out of its range
         */
        public ModelProfile build() {
            return new ModelProfile(
                    id,
                    canonicalSlug,
                    endpoints.isEmpty() ? List.of(onlyEndpoint()) : endpoints,
                    contextLength,
                    maxCompletionTokens,
                    accuracy,
                    accuracyByCategory,
                    reasoning,
                    meanReasoningTokens,
                    reasoningGranularity,
                    supportedEfforts,
                    rejectsOtherEfforts,
                    verbosity,
                    truncationProbability,
                    shape,
                    latency,
                    latencySpread,
                    pacing,
                    byokFee,
                    byokUpstreamShown,
                    judge);
        }

        private Endpoint onlyEndpoint() {
            String tag = providerTag != null
                    ? providerTag
                    : providerName.toLowerCase(Locale.ROOT).replace(' ', '-');
            return new Endpoint(providerName, tag, quantization, promptPrice, completionPrice);
        }
    }
}
