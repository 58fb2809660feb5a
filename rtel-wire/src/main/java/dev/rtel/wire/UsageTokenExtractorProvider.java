package dev.rtel.wire;

import dev.rtel.config.Config;
import dev.rtel.eval.Completion;
import dev.rtel.eval.TokenUsage;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.TokenExtractor;
import dev.rtel.spi.TokenExtractorProvider;

/**
 * Token extractor {@code usage}: the reply's own usage object. Settings: {@code profile}, the interface that wrote it (see
 * {@link InterfaceProfile}, {@code generic} by default), and {@code relation: auto|inclusive|additive}, which goes before
 * the profile's.
 */
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
        Config config = context.config().knownKeys("profile", "relation");
        InterfaceProfile profile = InterfaceProfile.of(config).orElse(InterfaceProfile.GENERIC);
        ReasoningRelation relation = ReasoningRelation.of(config);
        return new FromUsage(config.string("relation").isPresent() ? relation.rule() : profile.rule());
    }

    private record FromUsage(SplitRule rule) implements TokenExtractor {
        @Override
        public TokenUsage extract(Completion completion) {
            return UsageAccounting.of(completion, rule);
        }
    }
}
