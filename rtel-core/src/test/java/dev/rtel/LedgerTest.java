package dev.rtel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.Fixture.Scripted;
import dev.rtel.config.ConfigException;
import dev.rtel.eval.Attempt;
import dev.rtel.eval.BillingRecord;
import dev.rtel.eval.CatalogFacts;
import dev.rtel.eval.Completion;
import dev.rtel.eval.Cost;
import dev.rtel.eval.RunState;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.TrialRecord;
import dev.rtel.eval.UsageFlag;
import dev.rtel.eval.Waste;
import dev.rtel.plan.Limits;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.Price;
import dev.rtel.plan.PriceBook;
import dev.rtel.plan.Roster;
import dev.rtel.plan.RunSpec;
import dev.rtel.run.InMemoryResultStore;
import dev.rtel.run.ReconcileSummary;
import dev.rtel.run.RunSummary;
import dev.rtel.spi.Model;
import dev.rtel.spi.ModelException;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.TokenExtractor;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run's attempts are booked with, successful or not. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LedgerTest {
    private static final Limits SERIAL =
            new Limits(1, 3, Duration.ofSeconds(30), Optional.empty(), OptionalLong.empty(), OptionalInt.empty());
    private final InMemoryResultStore store = new InMemoryResultStore();

    /** Reads what {@link Fixture#reply} reports, and looks up one billing record for any id but {@code gen-never}. */
    private static final TokenExtractor LOOKING_UP = new TokenExtractor() {
        @Override
        public TokenUsage extract(Completion completion) {
            return Fixture.EXTRACTOR.extract(completion);
        }

        @Override
        public Optional<BillingRecord> lookUp(String generationId) {
            return generationId.equals("gen-never") ? Optional.empty() : Optional.of(Fixture.billing());
        }

        @Override
        public List<Duration> lookUpDelays() {
            return List.of(Duration.ZERO, Duration.ofMillis(10));
        }
    };

    private RunSummary run(Model model) throws InterruptedException {
        return Fixture.rtel(model)
                .extractor("looking-up", context -> LOOKING_UP)
                .store(store)
                .build()
                .run(spec().build());
    }

    private static RunSpec.Builder spec() {
        ModelEntry entry = Fixture.entry("thinker");
        return Fixture.spec(1)
                .runId("run-1")
                .limits(SERIAL)
                .roster(Roster.of(
                        "test",
                        new ModelEntry(
                                entry.name(),
                                entry.id(),
                                entry.client(),
                                Optional.of(dev.rtel.eval.ComponentSpec.of("looking-up")),
                                entry.params(),
                                entry.routing(),
                                entry.maxConcurrency(),
                                entry.timeout(),
                                false,
                                false)));
    }

    /** Fails once in the given way, then answers. */
    private static Scripted failingOnce(ModelException.Details details) {
        return new Scripted("lab/thinker", (request, context) -> {
            if (context.attempt() == 1) {
                throw new ModelException.Transient("once", details, null);
            }
            return Fixture.reply("right");
        });
    }

    private TrialRecord record() {
        try (var records = store.trials("run-1", ResultStore.Projection.FULL)) {
            return records.findFirst().orElseThrow();
        }
    }

    private Attempt.End end(int number) {
        return store.attempts("run-1").stream()
                .filter(attempt -> attempt.number() == number)
                .findFirst()
                .flatMap(Attempt::end)
                .orElseThrow();
    }

    @Test
    void aRefusedAttemptCostsNothing() throws Exception {
        RunSummary summary = run(failingOnce(ModelException.Details.of("server").free()));
        assertThat(record().waste()).isEqualTo(Waste.none());
        assertThat(end(1).costUsd()).hasValue(BigDecimal.ZERO);
        assertThat(summary.unknown()).isEmpty();
    }

    @Test
    void whatAFailedAttemptTellsIsWaste() throws Exception {
        run(failingOnce(ModelException.Details.of("provider_unavailable")
                .withUsage(Map.of("completion_tokens", 3L, "cost", new BigDecimal("0.002")))));
        assertThat(record().waste().costUsd()).hasValue(new BigDecimal("0.002"));
        assertThat(end(1).costUsd()).hasValue(new BigDecimal("0.002"));
    }

    @Test
    void aLostReplyIsLookedUpAndBooked() throws Exception {
        RunSummary summary =
                run(failingOnce(ModelException.Details.of("connection").withGenerationId(Optional.of("gen-lost"))));
        assertThat(record().waste()).isEqualTo(new Waste(OptionalLong.of(15), Optional.of(new BigDecimal("0.001"))));
        assertThat(end(1).costUsd()).hasValue(new BigDecimal("0.001"));
        assertThat(end(1).generationId()).hasValue("gen-lost");
        assertThat(summary.unknown()).isEmpty();
        assertThat(summary.progress().knownCostUsd()).isEqualByComparingTo("0.002");
    }

    @ParameterizedTest
    @CsvSource({"gen-never", "''"})
    void whatNobodyTellsIsListedAsUnknownAndIsNoZero(String id) throws Exception {
        RunSummary summary = run(failingOnce(ModelException.Details.of("timeout")
                .withGenerationId(Optional.of(id).filter(text -> !text.isEmpty()))));
        assertThat(record().waste()).isEqualTo(Waste.unknown());
        assertThat(summary.unknown())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.number()).isEqualTo(1));
    }

    @Test
    void aSuccessfulAttemptIsBookedWithItsCost() throws Exception {
        run(Scripted.saying("right"));
        assertThat(end(1).costUsd()).hasValue(new BigDecimal("0.001"));
        assertThat(end(1).failure()).isEmpty();
        assertThat(end(1).generationId()).hasValue("gen-1");
    }

    @Test
    void anAttemptThatAKilledSessionLeftIsLookedUpOnResume() throws Exception {
        var killed = new Scripted("lab/thinker", (request, context) -> {
            context.onGenerationId("gen-killed");
            throw new AssertionError("killed");
        });
        assertThatThrownBy(() -> run(killed)).isInstanceOf(IllegalStateException.class);
        assertThat(store.attempts("run-1"))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.outcomeUnknown()).isTrue());

        RunSummary summary = run(Scripted.saying("right"));

        assertThat(summary.progress().passed()).isEqualTo(1);
        assertThat(summary.unknown()).isEmpty();
        assertThat(end(1).costUsd()).hasValue(new BigDecimal("0.001"));
        assertThat(end(1).failure()).isPresent();
        assertThat(record().waste().costUsd()).hasValue(new BigDecimal("0.001"));
        assertThat(record().attempts()).isEqualTo(2);
    }

    @Test
    void whatAKilledSessionMayHaveSpentCountsTowardsTheLimit() throws Exception {
        var killed = new Scripted("lab/thinker", (request, context) -> {
            throw new AssertionError("killed");
        });
        assertThatThrownBy(() -> run(killed)).isInstanceOf(IllegalStateException.class);
        var prices = new PriceBook(
                LocalDate.EPOCH, Map.of("lab/thinker", new Price(BigDecimal.ZERO, new BigDecimal("0.01"))));
        var limits = new Limits(
                1,
                3,
                Duration.ofSeconds(30),
                Optional.of(new BigDecimal("1.99")),
                OptionalLong.empty(),
                OptionalInt.empty());

        RunSummary summary = Fixture.rtel(Scripted.saying("right"))
                .extractor("looking-up", context -> LOOKING_UP)
                .store(store)
                .build()
                .run(spec().limits(limits).priceBook(prices).build());

        assertThat(summary.stop().orElseThrow().reason()).isEqualTo(RunSummary.Reason.BUDGET);
    }

    /** Looks up nothing while the run goes on. */
    private static final class Later implements TokenExtractor {
        boolean now;

        @Override
        public TokenUsage extract(Completion completion) {
            return completion.billing().isPresent() ? Fixture.EXTRACTOR.extract(completion) : TokenUsage.unknown();
        }

        @Override
        public Settling settling(Completion completion, TokenUsage usage) {
            return completion.billing().isPresent() ? Settling.NONE : Settling.NEEDED;
        }

        @Override
        public Optional<BillingRecord> lookUp(String generationId) {
            return now && !generationId.equals("gen-never") ? Optional.of(Fixture.billing()) : Optional.empty();
        }
    }

    @Test
    void lateRecordsAreReconciledAfterwards() throws Exception {
        var later = new Later();
        var model = new Scripted("lab/thinker", (request, context) -> {
            if (context.attempt() < 3) {
                throw new ModelException.Transient(
                        "lost",
                        ModelException.Details.of("connection")
                                .withGenerationId(Optional.of(context.attempt() == 1 ? "gen-lost" : "gen-never")),
                        null);
            }
            return Fixture.reply("right");
        });
        Rtel rtel = Fixture.rtel(model)
                .extractor("looking-up", context -> later)
                .store(store)
                .build();
        RunSummary run = rtel.run(spec().build());
        assertThat(run.unknown()).hasSize(2);
        assertThat(record().usage().orElseThrow()).isEqualTo(TokenUsage.unknown());

        later.now = true;
        ReconcileSummary summary = rtel.reconcile("run-1", PriceBook.empty());

        assertThat(summary.asked()).isEqualTo(3);
        assertThat(summary.found()).isEqualTo(2);
        assertThat(summary.missing()).isEqualTo(1);
        assertThat(summary.unknown()).extracting(Attempt::number).containsExactly(2);
        assertThat(record().usage().orElseThrow().cost().usd()).hasValue(new BigDecimal("0.001"));
        assertThat(record().completion().orElseThrow().billing()).hasValue(Fixture.billing());
        assertThat(record().completion().orElseThrow().raw())
                .as("what was kept stays")
                .isPresent();
        assertThat(record().waste().costUsd()).as("one is still unknown").isEmpty();
        assertThat(end(1).costUsd()).hasValue(new BigDecimal("0.001"));
        assertThat(end(3).costUsd()).hasValue(new BigDecimal("0.001"));
        assertThat(store.run("run-1").orElseThrow().state()).isEqualTo(RunState.FINISHED);

        assertThat(rtel.reconcile("run-1", PriceBook.empty()).asked()).isEqualTo(1);
    }

    @Test
    void thereIsNothingToReconcileInAnUnknownRun() {
        assertThatThrownBy(() -> Fixture.rtel(Scripted.saying("right")).build().reconcile("run-9", PriceBook.empty()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("run-9");
    }

    private static final Price PRICE = new Price(
            new BigDecimal("0.001"),
            new BigDecimal("0.01"),
            Optional.of(new BigDecimal("0.0001")),
            new BigDecimal("0.5"),
            List.of(new Price.Tier(1_000, new BigDecimal("1"), new BigDecimal("1"))));

    private Cost priced(PriceBook book) throws InterruptedException {
        Model silent = new Scripted(
                "lab/thinker",
                (request, context) -> Fixture.reply("right").toBuilder()
                        .usage(Map.of("completion_tokens", 10L))
                        .build());
        Fixture.rtel(silent)
                .store(store)
                .build()
                .run(Fixture.spec(1).runId("run-1").priceBook(book).build());
        return record().usage().map(TokenUsage::cost).orElseThrow();
    }

    @Test
    void whatNoBillTellsIsPricedAndSaysSo() throws Exception {
        var book = new PriceBook(LocalDate.EPOCH, Map.of("lab/thinker", PRICE));
        assertThat(priced(book)).isEqualTo(Cost.of(new BigDecimal("0.6050"), Cost.Source.PRICED));
        assertThat(end(1).costUsd()).as("a price is no bill").isEmpty();
    }

    @Test
    void theBookOfAnotherClientPricesNothing() throws Exception {
        var book = new PriceBook(LocalDate.EPOCH, "v1", Optional.of("openrouter"), Map.of("lab/thinker", PRICE));
        assertThat(priced(book)).isEqualTo(Cost.missing());
    }

    private RunSummary served(String client, String id, String servedModel, CatalogFacts facts)
            throws InterruptedException {
        Model model = new Scripted(
                id,
                (request, context) -> Fixture.reply("right").toBuilder()
                        .servedModel(servedModel)
                        .build());
        return Fixture.rtel(model)
                .model(client, context -> model)
                .store(store)
                .build()
                .run(RunSpec.builder()
                        .runId("run-1")
                        .roster(Roster.of("test", ModelEntry.of(id, client, Map.of())))
                        .task(Fixture.task(1, "exact"))
                        .catalog(Map.of(id, facts))
                        .build());
    }

    @ParameterizedTest
    @CsvSource({
        "openai/gpt-5-mini, openai/gpt-5-mini",
        "openai/gpt-5-mini, openai/gpt-5-mini-2025-08-07",
        "anthropic/claude-haiku-4.5, anthropic/claude-4.5-haiku-20251001",
        "deepseek/deepseek-r1:free, deepseek/deepseek-r1",
        "moonshotai/kimi-k2, moonshotai/kimi-k2-0711-preview",
        "openai/gpt-5, listed/as-this",
    })
    void aDatedNameIsTheSameModel(String asked, String served) throws Exception {
        served("openrouter", asked, served, new CatalogFacts(Set.of("listed/as-this"), List.of()));
        assertThat(record().quarantined()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "openai/gpt-5, openai/gpt-5-mini",
        "google/gemini-2.0-flash-exp:free, x-ai/grok-4",
        "openai/gpt-5-mini, openai/gpt-5",
        "anthropic/claude-opus-4.8, anthropic/claude-4.5-opus-20251001",
        "deepseek/deepseek-r1, simulated/another-model",
    })
    void anotherModelsAnswerIsQuarantined(String asked, String served) throws Exception {
        RunSummary summary = served("openrouter", asked, served, CatalogFacts.none());
        assertThat(record().quarantined()).hasValue("wrong-model: asked " + asked + ", " + served + " answered");
        assertThat(summary.progress().quarantined()).isEqualTo(1);
        assertThat(summary.progress().passed()).isZero();
    }

    @Test
    void localServersNameModelsAsTheyLike() throws Exception {
        served("scripted-here", "local/my-model", "/models/my-model.gguf", CatalogFacts.none());
        assertThat(record().quarantined()).isEmpty();
    }

    private Set<UsageFlag> flags(Map<String, Object> routing, String provider, CatalogFacts facts)
            throws InterruptedException {
        Model model = new Scripted(
                "lab/thinker",
                (request, context) ->
                        Fixture.reply("right").toBuilder().provider(provider).build());
        ModelEntry entry = Fixture.entry("thinker");
        RunSummary summary = Fixture.rtel(model)
                .store(store)
                .build()
                .run(Fixture.spec(1)
                        .roster(Roster.of(
                                "test",
                                new ModelEntry(
                                        entry.name(),
                                        entry.id(),
                                        entry.client(),
                                        Optional.empty(),
                                        entry.params(),
                                        dev.rtel.common.PlainData.copyOf(routing),
                                        OptionalInt.empty(),
                                        Optional.empty(),
                                        false,
                                        false)))
                        .catalog(Map.of("lab/thinker", facts))
                        .build());
        try (var records = store.trials(summary.plan().runId(), ResultStore.Projection.FULL)) {
            return records.findFirst().orElseThrow().usage().orElseThrow().flags();
        }
    }

    @Test
    void anotherProviderThanThePinnedOneIsFlagged() throws Exception {
        assertThat(flags(Map.of("only", List.of("deepinfra/fp8")), "Novita", CatalogFacts.none()))
                .containsExactly(UsageFlag.OTHER_PROVIDER);
    }

    @Test
    void thePinnedProviderIsKnownByItsNameOrFromTheList() throws Exception {
        assertThat(flags(Map.of("only", List.of("amazon-bedrock/us-east-1")), "Amazon Bedrock", CatalogFacts.none()))
                .isEmpty();
        var facts = new CatalogFacts(
                Set.of(), List.of(new CatalogFacts.Endpoint("Google", "google-vertex", Optional.empty())));
        assertThat(flags(Map.of("order", List.of("google-vertex"), "allow_fallbacks", false), "Google", facts))
                .isEmpty();
        assertThat(flags(Map.of("order", List.of("azure")), "Google", facts))
                .as("fallbacks are allowed")
                .isEmpty();
    }

    @Test
    void anotherQuantisationThanAskedForIsFlagged() throws Exception {
        var facts = new CatalogFacts(
                Set.of(), List.of(new CatalogFacts.Endpoint("Novita", "novita/fp4", Optional.of("fp4"))));
        assertThat(flags(Map.of("quantizations", List.of("fp8", "bf16")), "Novita", facts))
                .containsExactly(UsageFlag.OTHER_QUANTIZATION);
        assertThat(flags(Map.of("quantizations", List.of("fp4")), "Novita", facts))
                .isEmpty();
    }
}
