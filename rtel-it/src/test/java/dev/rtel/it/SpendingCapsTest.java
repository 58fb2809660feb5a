package dev.rtel.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.Rtel;
import dev.rtel.common.Secret;
import dev.rtel.config.Config;
import dev.rtel.eval.RunState;
import dev.rtel.plan.Limits;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.Price;
import dev.rtel.plan.PriceBook;
import dev.rtel.plan.Roster;
import dev.rtel.plan.RunSpec;
import dev.rtel.run.RetryPolicy;
import dev.rtel.run.RunSummary;
import dev.rtel.simulator.Fault;
import dev.rtel.simulator.FaultKind;
import dev.rtel.simulator.GenerationPolicy;
import dev.rtel.simulator.ModelProfile;
import dev.rtel.simulator.ReasoningMode;
import dev.rtel.simulator.Simulator;
import dev.rtel.simulator.SimulatorConfig;
import dev.rtel.simulator.SimulatorScript;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random spending limits, held against the provider's own bill: never exceeded, and used well where they are more than a
 * few calls wide. How many is the system property {@code rtel.caps}.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpendingCapsTest {
    private static final int CAPS = Integer.getInteger("rtel.caps", 50);
    private static final int SAMPLES = 40;
    private static final long MAX_TOKENS = 1_500;
    private static final Price CHEAP = new Price(new BigDecimal("0.000001"), new BigDecimal("0.000004"));
    private static final Price DEAR = new Price(new BigDecimal("0.000003"), new BigDecimal("0.000015"));
    private static final PriceBook PRICES =
            new PriceBook(LocalDate.EPOCH, Map.of("acme/cheap", CHEAP, "acme/dear", DEAR, "acme/judge", CHEAP));

    private static SimulatorScript script() {
        return SimulatorScript.builder()
                .model(ModelProfile.builder("acme/cheap")
                        .accuracy(0.7)
                        .reasoning(ReasoningMode.MANDATORY, 300)
                        .promptPrice(CHEAP.prompt())
                        .completionPrice(CHEAP.completion())
                        .build())
                .model(ModelProfile.builder("acme/dear")
                        .accuracy(0.9)
                        .reasoning(ReasoningMode.MANDATORY, 700)
                        .promptPrice(DEAR.prompt())
                        .completionPrice(DEAR.completion())
                        .build())
                .sample("sum", "What is", "math", "Final answer: 42", "Final answer: 41")
                .build();
    }

    static Stream<Long> seeds() {
        return IntStream.range(0, CAPS).mapToObj(i -> 31_000L + i);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theBillNeverExceedsTheLimitAndMostOfItIsUsed(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        boolean rough = seed % 3 == 0;
        BigDecimal worst = DEAR.of(700, MAX_TOKENS);
        BigDecimal cap =
                worst.multiply(BigDecimal.valueOf(random.nextDouble(0.2, 30))).setScale(6, RoundingMode.HALF_UP);
        SimulatorConfig.Builder config =
                SimulatorConfig.builder(script()).seed(seed).latency(Duration.ofMillis(random.nextInt(4)));
        if (rough) {
            config.generation(GenerationPolicy.after(Duration.ofMillis(20)))
                    .fault(Fault.of(FaultKind.CUT_BODY).withProbability(0.15))
                    .fault(Fault.of(FaultKind.TRUNCATED_JSON).withProbability(0.1))
                    .fault(Fault.status(502).withProbability(0.1));
        }
        try (Simulator simulator = Simulator.start(config.build())) {
            RunSummary summary = rtel().run(spec(simulator, cap, 1 + random.nextInt(16)));
            BigDecimal billed = simulator.bill().totalCost();
            assertThat(billed).as("cap %s, %s", cap, summary.stop()).isLessThanOrEqualTo(cap);
            if (cap.compareTo(worst.multiply(BigDecimal.valueOf(4))) >= 0 && summary.state() != RunState.FINISHED) {
                assertThat(summary.stop().orElseThrow().reason()).isEqualTo(RunSummary.Reason.BUDGET);
                assertThat(billed.doubleValue() / cap.doubleValue())
                        .as("share of %s that was spent", cap)
                        .isGreaterThanOrEqualTo(0.6);
            }
        }
    }

    private static Rtel rtel() {
        return Rtel.builder()
                .discoverProviders()
                .secrets(name -> Optional.of(new Secret("planted-key-0123456789")))
                .retryPolicy(new RetryPolicy(3, Duration.ofMillis(1), 1.5, Duration.ofMillis(5), Duration.ofSeconds(5)))
                .build();
    }

    private static RunSpec spec(Simulator simulator, BigDecimal cap, int concurrency) {
        Config client = Config.of(
                "test", Map.of("base_url", simulator.baseUri().toString(), "generation_delays", "5ms,30ms,60ms,120ms"));
        List<ModelEntry> entries = new ArrayList<>();
        for (String id : List.of("acme/cheap", "acme/dear")) {
            entries.add(ModelEntry.of(id, "openrouter", Map.of("max_tokens", MAX_TOKENS))
                    .withClient("openrouter", client));
        }
        return RunSpec.builder()
                .roster(new Roster("caps", entries, Map.of()))
                .task(Sums.of(SAMPLES))
                .priceBook(PRICES)
                .limits(new Limits(
                        concurrency,
                        3,
                        Duration.ofSeconds(20),
                        Optional.of(cap),
                        OptionalLong.empty(),
                        OptionalInt.empty()))
                .build();
    }
}
