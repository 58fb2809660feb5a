package dev.rtel;

import dev.rtel.eval.BillingRecord;
import dev.rtel.eval.Completion;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.TokenUsage;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.Roster;
import dev.rtel.spi.TokenExtractor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Knows nothing from the reply; its billing record is there once the latch is open. */
class LateExtractor implements TokenExtractor {
    private final CountDownLatch there;

    LateExtractor(CountDownLatch there) {
        this.there = there;
    }

    /** The fixture's entry with this extractor under the name {@code late}. */
    static Roster roster() {
        ModelEntry entry = Fixture.entry("thinker");
        return Roster.of(
                "test",
                new ModelEntry(
                        entry.name(),
                        entry.id(),
                        entry.client(),
                        Optional.of(ComponentSpec.of("late")),
                        entry.params(),
                        entry.routing(),
                        entry.maxConcurrency(),
                        entry.timeout(),
                        false,
                        false));
    }

    @Override
    public TokenUsage extract(Completion completion) {
        return completion.billing().isPresent() ? Fixture.EXTRACTOR.extract(completion) : TokenUsage.unknown();
    }

    @Override
    public Settling settling(Completion completion, TokenUsage inline) {
        return completion.billing().isPresent() ? Settling.NONE : Settling.NEEDED;
    }

    @Override
    public Optional<BillingRecord> lookUp(String generationId) throws InterruptedException {
        there.await();
        return Optional.of(Fixture.billing());
    }

    @Override
    public List<Duration> lookUpDelays() {
        return List.of(Duration.ZERO);
    }
}
