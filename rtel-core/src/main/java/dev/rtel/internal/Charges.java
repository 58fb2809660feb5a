package dev.rtel.internal;

import dev.rtel.eval.Completion;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.Waste;
import dev.rtel.spi.ModelException;
import dev.rtel.spi.TokenExtractor;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a failed attempt used and cost.
 *
 * @param tokens prompt and output tokens; empty = nobody told
 * @param usd US dollars; empty = nobody told
 */
record Charges(OptionalLong tokens, Optional<BigDecimal> usd) {
    private static final Logger LOG = LoggerFactory.getLogger(Charges.class);
    private static final Charges NOTHING = new Charges(OptionalLong.of(0), Optional.of(BigDecimal.ZERO));

    static Charges of(ModelException error, TokenExtractor extractor) {
        ModelException.Details details = error.details();
        boolean free = details.charge() == ModelException.Charge.FREE;
        if (details.usage().isEmpty()) {
            return free ? NOTHING : new Charges(OptionalLong.empty(), Optional.empty());
        }
        TokenUsage usage = read(details, extractor);
        Optional<BigDecimal> usd = usage.cost().usd();
        return new Charges(tokens(usage), usd.isEmpty() && free ? Optional.of(BigDecimal.ZERO) : usd);
    }

    private static TokenUsage read(ModelException.Details details, TokenExtractor extractor) {
        try {
            return extractor.extract(Completion.builder().usage(details.usage()).build());
        } catch (RuntimeException e) {
            LOG.warn("the token extractor threw on the usage of a failed attempt; it is unknown", e);
            return TokenUsage.unknown();
        }
    }

    /** Prompt and output tokens together; empty as soon as one is unknown. */
    static OptionalLong tokens(TokenUsage usage) {
        return usage.prompt().known() && usage.completion().known()
                ? OptionalLong.of(usage.prompt().value().getAsLong()
                        + usage.completion().value().getAsLong())
                : OptionalLong.empty();
    }

    Waste waste() {
        return new Waste(tokens, usd);
    }
}
