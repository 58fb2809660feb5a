package dev.rtel.internal;

import dev.rtel.eval.Completion;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.UsageFlag;
import dev.rtel.plan.PriceBook;
import dev.rtel.spi.TokenExtractor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Books what a completion used: as billed, else as the billing record says, else by the price book. Thread-safe. */
final class Accounting {
    private static final Logger LOG = LoggerFactory.getLogger(Accounting.class);
    private final PriceBook prices;

    Accounting(PriceBook prices) {
        this.prices = prices;
    }

    /** Never throws: an extractor that does leaves the usage unknown, never the completion lost. */
    TokenUsage of(PlannedModel model, TokenExtractor extractor, Completion completion) {
        TokenUsage usage;
        try {
            usage = extractor.extract(completion);
        } catch (RuntimeException e) {
            LOG.warn("the token extractor of {} threw; its usage is unknown", model.name(), e);
            return TokenUsage.unknown();
        }
        if (completion.cacheHit()) {
            usage = usage.withFlag(UsageFlag.CACHE_HIT);
        }
        for (UsageFlag flag : ServedCheck.flags(model, completion)) {
            usage = usage.withFlag(flag);
        }
        return usage.cost().known() ? usage : usage.withCost(prices.cost(model, usage));
    }
}
