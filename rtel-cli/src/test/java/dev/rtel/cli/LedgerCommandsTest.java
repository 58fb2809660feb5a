package dev.rtel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.simulator.Fault;
import dev.rtel.simulator.FaultKind;
import dev.rtel.simulator.GenerationPolicy;
import dev.rtel.simulator.Simulator;
import dev.rtel.simulator.SimulatorConfig;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reconciling with the provider's bill, and pricing again, after the run. */
class LedgerCommandsTest {
    @TempDir
    Path directory;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = Cli.in(directory).withKey();
    }

    /** The simulator's time, so that late records are late as long as the test says. */
    private static final class Time extends Clock {
        private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T10:00:00Z"));

        void pass(Duration time) {
            now.updateAndGet(instant -> instant.plus(time));
        }

        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private List<Map<String, Object>> samples() {
        return Cli.lines(cli.onlyRun().resolve("samples.jsonl"));
    }

    private static Map<String, Object> model(Map<String, Object> document, String name) {
        return Cli.objects(document.get("models")).stream()
                .filter(row -> row.get("model").equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void recordsThatComeAfterTheRunAreLookedUpLater() {
        var time = new Time();
        SimulatorConfig config = SmallSuite.simulator()
                .clock(time)
                .generation(GenerationPolicy.after(Duration.ofHours(1)))
                .fault(Fault.of(FaultKind.CUT_BODY).onModel("acme/right").onAttempts(1))
                .build();
        try (Simulator simulator = Simulator.start(config)) {
            SmallSuite.write(cli, simulator.baseUri().toString());
            cli.run(SmallSuite.sums()).exits(0).says("outcome is unknown", "rtel reconcile");
            assertThat(samples().stream().filter(s -> s.get("model").equals("acme/right")))
                    .hasSize(3)
                    .allSatisfy(sample -> assertThat(sample).containsEntry("wasted_cost_usd", null));

            Map<String, Object> early = cli.run("reconcile", "--json").exits(0).json();
            assertThat(early)
                    .containsEntry("schema", "rtel.reconciliation/1")
                    .containsEntry("looked_up", 12L)
                    .containsEntry("found", 0L)
                    .containsEntry("unknown_attempts", 3L);

            time.pass(Duration.ofHours(2));
            Map<String, Object> late = cli.run("reconcile", "--json", "--prices", "prices.yaml")
                    .exits(0)
                    .json();
            assertThat(late)
                    .containsEntry("found", 12L)
                    .containsEntry("missing", 0L)
                    .containsEntry("unknown_attempts", 0L)
                    .containsEntry("price_date", "2026-08-29");
            assertThat(model(late, "acme/right"))
                    .containsEntry("calls", 3L)
                    .containsEntry("told", 3L)
                    .containsEntry("recorded", 3L)
                    .containsEntry("record_gap_percent", new BigDecimal("0.0"));
            assertThat(Cli.objects(late.get("calls"))).hasSize(9);

            BigDecimal wasted = samples().stream()
                    .map(s -> new BigDecimal((String) s.get("wasted_cost_usd")))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal spent = samples().stream()
                    .map(s -> new BigDecimal((String) s.get("cost_usd")))
                    .reduce(wasted, BigDecimal::add);
            assertThat(wasted).isPositive();
            assertThat(spent).isEqualByComparingTo(simulator.bill().totalCost());

            assertThat(cli.run("reconcile").exits(0).out())
                    .contains("Billing records looked up: 0", "acme/right", "+0.00 %");
        }
    }

    @Test
    void aRunIsPricedAgainWithoutACall() {
        try (Simulator simulator = Simulator.start(SmallSuite.simulator().build())) {
            SmallSuite.write(cli, simulator.baseUri().toString());
            cli.run(SmallSuite.sums()).exits(0);
        }
        cli.write("double.yaml", """
                date: 2027-01-01
                version: "twice as dear"
                prices:
                  acme/right: {prompt: "0.000002", completion: "0.00002"}
                """);
        Map<String, Object> repriced =
                cli.run("reprice", "--prices", "double.yaml", "--json").exits(0).json();
        assertThat(repriced)
                .containsEntry("schema", "rtel.repricing/1")
                .containsEntry("price_version", "twice as dear");
        Map<String, Object> right = model(repriced, "acme/right");
        assertThat(new BigDecimal((String) right.get("repriced_usd")))
                .isEqualByComparingTo(new BigDecimal((String) right.get("stored_usd")).multiply(BigDecimal.valueOf(2)));
        assertThat(model(repriced, "acme/wrong")).containsEntry("repriced_usd", null);
        assertThat(Cli.object(repriced.get("leaderboard"))).containsEntry("schema", "rtel.leaderboard/1");
        String table = cli.run("reprice", "--prices", "double.yaml").exits(0).out();
        assertThat(table).contains("2027-01-01", "twice as dear", "+100.00 %");
    }

    @Test
    void onlyWhatNobodyToldIsStoredAnew() {
        try (Simulator simulator = Simulator.start(
                SmallSuite.simulator().fault(Fault.of(FaultKind.PADDING)).build())) {
            SmallSuite.write(cli, simulator.baseUri().toString());
            cli.run(SmallSuite.sums()).exits(0);
        }
        List<Map<String, Object>> before = samples();
        cli.run("reprice", "--prices", "prices.yaml", "--save").exits(0).says("Stored anew: the costs of 0 trial(s)");
        assertThat(samples()).isEqualTo(before);
    }

    @Test
    void aPriceBookMustBeGivenAndBeOne() {
        cli.run("reprice").exits(2).says("--prices");
        cli.write("bad.yaml", "date: soon\nprices: {}\n");
        cli.run("reprice", "--prices", "bad.yaml").exits(2).says("bad.yaml", "date");
        cli.run("reconcile").exits(2).says("there is no result store");
    }
}
