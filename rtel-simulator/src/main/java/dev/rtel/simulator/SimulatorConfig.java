package dev.rtel.simulator;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Simulator} runs. Immutable; made with {@link #builder(SimulatorScript)}.
 *
 * @param script what the models know
 * @param port port on 127.0.0.1; 0 = any free one
 * @param seed seed of all random numbers
 * @param acceptedKey the only key that is accepted; empty = any bearer token
 * @param latency time of every reply; empty = by model profile
 * @param pacing when the parts of a stream are sent; where it says nothing, the model profile counts
 * @param generation when and how generation records appear
 * @param faults fault plan; the first line that hits a request applies
 * @param limits what providers serve at most
 * @param storms times in which providers refuse everything
 * @param dailyCap requests for completions that are admitted on one day (UTC); empty = any number
 * @param arrivalsKept number of times of arrival that are kept for each provider, 0 or more
 * @param credit USD on the account; empty = no end
 * @param clock source of the time of day
 */
public record SimulatorConfig(
        SimulatorScript script,
        int port,
        long seed,
        Optional<String> acceptedKey,
        Optional<Duration> latency,
        Pacing pacing,
        GenerationPolicy generation,
        List<Fault> faults,
        List<ProviderLimit> limits,
        List<Storm> storms,
        OptionalInt dailyCap,
        int arrivalsKept,
        Optional<BigDecimal> credit,
        Clock clock) {
    private static final int DEFAULT_ARRIVALS_KEPT = 10_000;

    /**
     * Checks and copies the values.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public SimulatorConfig {
        Checks.that(port >= 0 && port <= 65535, "port must be between 0 and 65535, was " + port);
        latency.ifPresent(time -> Checks.notNegative("latency", time));
        Checks.notNegative("daily cap", dailyCap.orElse(0));
        Checks.notNegative("number of arrivals kept", arrivalsKept);
        faults = List.copyOf(faults);
        limits = List.copyOf(limits);
        storms = List.copyOf(storms);
    }

    /** Returns a configuration with the defaults of {@link #builder(SimulatorScript)}. */
    public static SimulatorConfig of(SimulatorScript script) {
        return builder(script).build();
    }

    /** Starts a configuration: any free port, seed 1, any key, latency by profile, no faults, no end of credit. */
    public static Builder builder(SimulatorScript script) {
        return new Builder(script);
    }

    /** Returns a builder that starts with the values of this configuration. */
    public Builder toBuilder() {
        Builder builder = new Builder(script)
                .port(port)
                .seed(seed)
                .pacing(pacing)
                .generation(generation)
                .faults(faults)
                .arrivalsKept(arrivalsKept)
                .clock(clock);
        limits.forEach(builder::limit);
        storms.forEach(builder::storm);
        dailyCap.ifPresent(builder::dailyCap);
        acceptedKey.ifPresent(builder::acceptedKey);
        latency.ifPresent(builder::latency);
        credit.ifPresent(builder::credit);
        return builder;
    }

    /** Collects the values of a {@link SimulatorConfig}. Not thread-safe. */
    public static final class Builder {
        private final SimulatorScript script;
        private final List<Fault> faults = new ArrayList<>();
        private final List<Fault> chaos = new ArrayList<>();
        private final List<ProviderLimit> limits = new ArrayList<>();
        private final List<Storm> storms = new ArrayList<>();
        private OptionalInt dailyCap = OptionalInt.empty();
        private int arrivalsKept = DEFAULT_ARRIVALS_KEPT;
        private int port;
        private long seed = 1;
        private @Nullable String acceptedKey;
        private @Nullable Duration latency;
        private Pacing pacing = Pacing.BY_LATENCY;
        private GenerationPolicy generation = GenerationPolicy.IMMEDIATE;
        private @Nullable BigDecimal credit;
        private Clock clock = Clock.systemUTC();

        private Builder(SimulatorScript script) {
            this.script = script;
        }

        /** Sets the port on 127.0.0.1; 0 = any free one. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /** Sets the seed of all random numbers. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** Accepts this key only. */
        public Builder acceptedKey(String value) {
            acceptedKey = value;
            return this;
        }

        /** Gives every reply the same latency, instead of that of its model's profile. */
        public Builder latency(Duration value) {
            latency = value;
            return this;
        }

        /** Sets when the parts of every stream are sent, where it says something, instead of the model's profile. */
        public Builder pacing(Pacing value) {
            pacing = value;
            return this;
        }

        /** Sets when and how generation records appear. */
        public Builder generation(GenerationPolicy value) {
            generation = value;
            return this;
        }

        /** Adds a line to the fault plan. */
        public Builder fault(Fault fault) {
            faults.add(fault);
            return this;
        }

        /** Adds lines to the fault plan. */
        public Builder faults(List<Fault> values) {
            faults.addAll(values);
            return this;
        }

        /** Adds a chaos profile with stalls of two seconds. */
        public Builder chaos(ChaosProfile profile) {
            return chaos(profile, Duration.ofSeconds(2));
        }

        /**
         * Adds a chaos profile: its faults after those that are added otherwise, its storms, and its generation policy
         * in place of what was set before.
         *
         * @param stall time for which stalled replies are kept back, 0 or more
         */
        public Builder chaos(ChaosProfile profile, Duration stall) {
            chaos.addAll(profile.faults(stall));
            storms.addAll(profile.storms());
            generation = profile.generation();
            return this;
        }

        /** Limits what some providers serve. */
        public Builder limit(ProviderLimit limit) {
            limits.add(limit);
            return this;
        }

        /** Lets some providers refuse everything for some time. */
        public Builder storm(Storm storm) {
            storms.add(storm);
            return this;
        }

        /** Limits the requests for completions that are admitted on one day (UTC). */
        public Builder dailyCap(int requests) {
            dailyCap = OptionalInt.of(requests);
            return this;
        }

        /** Sets how many times of arrival are kept for each provider; default: 10,000, the latest ones. */
        public Builder arrivalsKept(int count) {
            arrivalsKept = count;
            return this;
        }

        /** Limits the USD on the account. */
        public Builder credit(BigDecimal usd) {
            credit = usd;
            return this;
        }

        /** Sets the source of the time of day; latencies pass in real time all the same. */
        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        /**
         * Builds the configuration.
         *
         * @throws IllegalArgumentException if a number is out of its range
         */
        public SimulatorConfig build() {
            List<Fault> plan = new ArrayList<>(faults);
            plan.addAll(chaos);
            return new SimulatorConfig(
                    script,
                    port,
                    seed,
                    Optional.ofNullable(acceptedKey),
                    Optional.ofNullable(latency),
                    pacing,
                    generation,
                    plan,
                    limits,
                    storms,
                    dailyCap,
                    arrivalsKept,
                    Optional.ofNullable(credit),
                    clock);
        }
    }
}
