package dev.rtel.simulator;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one scripted model behaves and what it costs. Immutable; made with {@link #builder(String)}.
 *
 * @param id model id, {@code author/slug}
 * @param canonicalSlug name that replies carry in {@code model}
 * @param providerName display name of the serving provider
 * @param providerTag slug by which a request selects the provider
 * @param promptPrice USD per prompt token
 * @param completionPrice USD per completion token, reasoning included
 * @param contextLength tokens of prompt and completion together
 * @param maxCompletionTokens most tokens a completion can have
 * @param accuracy probability of a right answer, 0..1, for categories without their own
 * @param accuracyByCategory probability of a right answer, 0..1, by category
 * @param reasoning whether the model thinks
 * @param meanReasoningTokens mean thinking tokens at medium effort
 * @param reasoningGranularity thinking tokens are multiples of this
 * @param reasoningText what replies show of the thinking
 * @param supportedEfforts efforts the model list announces, strongest first; empty = not announced, all accepted
 * @param verbosity amount of filler sentences before an answer; 0 = the answer alone, 1 = one to four sentences
 * @param truncationProbability probability, 0..1, that a reply runs into the token limit
 * @param usageShape form of the usage object
 * @param contentShape form of the message content
 * @param usageChunk form of the usage chunk of a stream
 * @param commentsBefore comments before the first chunk of a stream
 * @param commentsBetween comments between two chunks of a stream
 * @param latency mean time from request to the end of the reply
 * @param latencySpread standard deviation of that time
 * @param pacing when the parts of a stream are sent
 * @param judge true if the model answers by judge rules instead of samples
 */
public record ModelProfile(
        String id,
        String canonicalSlug,
        String providerName,
        String providerTag,
        BigDecimal promptPrice,
        BigDecimal completionPrice,
        long contextLength,
        long maxCompletionTokens,
        double accuracy,
        Map<String, Double> accuracyByCategory,
        ReasoningMode reasoning,
        double meanReasoningTokens,
        int reasoningGranularity,
        ReasoningText reasoningText,
        List<Effort> supportedEfforts,
        double verbosity,
        double truncationProbability,
        UsageShape usageShape,
        ContentShape contentShape,
        UsageChunk usageChunk,
        int commentsBefore,
        int commentsBetween,
        Duration latency,
        Duration latencySpread,
        Pacing pacing,
        boolean judge) {

    /**
     * Checks and copies the values.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public ModelProfile {
        check(id.matches("[^/\\s]+/[^/\\s]+"), "id must have the form author/slug, was \"" + id + "\"");
        check(!canonicalSlug.isBlank(), "canonical slug of \"" + id + "\" must not be blank");
        check(promptPrice.signum() >= 0, "prompt price must not be negative, was " + promptPrice);
        check(completionPrice.signum() >= 0, "completion price must not be negative, was " + completionPrice);
        check(contextLength > 0, "context length must be positive, was " + contextLength);
        check(maxCompletionTokens > 0, "most completion tokens must be positive, was " + maxCompletionTokens);
        checkProbability("accuracy", accuracy);
        accuracyByCategory = Map.copyOf(accuracyByCategory);
        accuracyByCategory.forEach((category, value) -> checkProbability("accuracy of \"" + category + "\"", value));
        check(
                meanReasoningTokens >= 0 && Double.isFinite(meanReasoningTokens),
                "mean reasoning tokens must not be negative, was " + meanReasoningTokens);
        check(reasoningGranularity >= 1, "reasoning granularity must be at least 1, was " + reasoningGranularity);
        supportedEfforts = List.copyOf(supportedEfforts);
        check(verbosity >= 0 && Double.isFinite(verbosity), "verbosity must not be negative, was " + verbosity);
        checkProbability("truncation probability", truncationProbability);
        check(commentsBefore >= 0, "comments before a stream must not be negative, was " + commentsBefore);
        check(commentsBetween >= 0, "comments between chunks must not be negative, was " + commentsBetween);
        check(!latency.isNegative(), "latency must not be negative, was " + latency);
        check(!latencySpread.isNegative(), "latency spread must not be negative, was " + latencySpread);
    }

    /** Starts a profile: no reasoning, accuracy 0.7, 1 and 4 USD per million tokens, no latency. */
    public static Builder builder(String id) {
        return new Builder(id);
    }

    /** Returns a builder that starts with the values of this profile. */
    public Builder toBuilder() {
        Builder builder = new Builder(id);
        builder.canonicalSlug = canonicalSlug;
        builder.providerName = providerName;
        builder.providerTag = providerTag;
        builder.promptPrice = promptPrice;
        builder.completionPrice = completionPrice;
        builder.contextLength = contextLength;
        builder.maxCompletionTokens = maxCompletionTokens;
        builder.accuracy = accuracy;
        builder.accuracyByCategory.putAll(accuracyByCategory);
        builder.reasoning = reasoning;
        builder.meanReasoningTokens = meanReasoningTokens;
        builder.reasoningGranularity = reasoningGranularity;
        builder.reasoningText = reasoningText;
        builder.supportedEfforts = supportedEfforts;
        builder.verbosity = verbosity;
        builder.truncationProbability = truncationProbability;
        builder.usageShape = usageShape;
        builder.contentShape = contentShape;
        builder.usageChunk = usageChunk;
        builder.commentsBefore = commentsBefore;
        builder.commentsBetween = commentsBetween;
        builder.latency = latency;
        builder.latencySpread = latencySpread;
        builder.pacing = pacing;
        builder.judge = judge;
        return builder;
    }

    /** Returns the probability of a right answer in a category, 0..1. */
    public double accuracyIn(String category) {
        return accuracyByCategory.getOrDefault(category, accuracy);
    }

    boolean reasons() {
        return reasoning != ReasoningMode.NONE;
    }

    private static void checkProbability(String name, double value) {
        check(value >= 0 && value <= 1, name + " must be between 0 and 1, was " + value);
    }

    private static void check(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Collects the values of a {@link ModelProfile}. Not thread-safe. */
    public static final class Builder {
        private final String id;
        private final Map<String, Double> accuracyByCategory = new HashMap<>();
        private String canonicalSlug;
        private String providerName = "Simulated";
        private @Nullable String providerTag;
        private BigDecimal promptPrice = new BigDecimal("0.000001");
        private BigDecimal completionPrice = new BigDecimal("0.000004");
        private long contextLength = 200_000;
        private long maxCompletionTokens = 65_536;
        private double accuracy = 0.7;
        private ReasoningMode reasoning = ReasoningMode.NONE;
        private double meanReasoningTokens;
        private int reasoningGranularity = 1;
        private ReasoningText reasoningText = ReasoningText.NONE;
        private List<Effort> supportedEfforts = List.of();
        private double verbosity;
        private double truncationProbability;
        private UsageShape usageShape = UsageShape.FULL;
        private ContentShape contentShape = ContentShape.STRING;
        private UsageChunk usageChunk = UsageChunk.REPEATED_FINISH;
        private int commentsBefore = 1;
        private int commentsBetween;
        private Duration latency = Duration.ZERO;
        private Duration latencySpread = Duration.ZERO;
        private Pacing pacing = Pacing.BY_LATENCY;
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
            reasoningText = value;
            return this;
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
            usageShape = value;
            return this;
        }

        /** Sets the form of the message content. */
        public Builder contentShape(ContentShape value) {
            contentShape = value;
            return this;
        }

        /** Sets the form of the usage chunk of a stream. */
        public Builder usageChunk(UsageChunk value) {
            usageChunk = value;
            return this;
        }

        /** Sets the number of comments before the first chunk of a stream, and between two chunks. */
        public Builder comments(int before, int between) {
            commentsBefore = before;
            commentsBetween = between;
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
            String tag = providerTag != null
                    ? providerTag
                    : providerName.toLowerCase(Locale.ROOT).replace(' ', '-');
            return new ModelProfile(
                    id,
                    canonicalSlug,
                    providerName,
                    tag,
                    promptPrice,
                    completionPrice,
                    contextLength,
                    maxCompletionTokens,
                    accuracy,
                    accuracyByCategory,
                    reasoning,
                    meanReasoningTokens,
                    reasoningGranularity,
                    reasoningText,
                    supportedEfforts,
                    verbosity,
                    truncationProbability,
                    usageShape,
                    contentShape,
                    usageChunk,
                    commentsBefore,
                    commentsBetween,
                    latency,
                    latencySpread,
                    pacing,
                    judge);
        }
    }
}
