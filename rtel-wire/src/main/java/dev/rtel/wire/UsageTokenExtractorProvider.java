package dev.rtel.wire;

import dev.rtel.eval.Completion;
import dev.rtel.eval.TokenUsage;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.TokenExtractor;
import dev.rtel.spi.TokenExtractorProvider;

/** Token extractor {@code usage}: the reply's own usage object. Setting {@code relation: auto|inclusive|additive}. */
public final class UsageTokenExtractorProvider implements TokenExtractorProvider {
    /** Made by the service loader. */
    public UsageTokenExtractorProvider() {}

    @Override
    public String name() {
        return "usage";
    }

    @Override
    public String description() {
        return "token counts and cost from the reply's usage object";
    }

    @Override
    public TokenExtractor create(ComponentContext context) {
        return new FromUsage(ReasoningRelation.of(context.config().knownKeys("relation")));
    }

    private record FromUsage(ReasoningRelation relation) implements TokenExtractor {
        @Override
        public TokenUsage extract(Completion completion) {
            return UsageAccounting.of(completion, relation);
        }
    }
}
