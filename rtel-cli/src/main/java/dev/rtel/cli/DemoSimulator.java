package dev.rtel.cli;

import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.Roster;
import dev.rtel.plan.RunSpec;
import dev.rtel.simulator.GenerationPolicy;
import dev.rtel.simulator.Simulator;
import dev.rtel.simulator.SimulatorConfig;
import dev.rtel.simulator.SimulatorScript;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The simulator as the demo uses it: scripted replies to the bundled samples, billing records that come late. */
final class DemoSimulator {
    /** Fact in a plan's details that tells a demo from a run. */
    static final String MARK = "demo";

    private static final Duration GENERATION_LAG = Duration.ofMillis(150);

    private DemoSimulator() {}

    static Simulator start() {
        return Simulator.start(SimulatorConfig.builder(script())
                .seed(7)
                .generation(GenerationPolicy.after(GENERATION_LAG))
                .build());
    }

    static SimulatorScript script() {
        try (InputStream stream = DemoSimulator.class.getResourceAsStream("demo/simulator.json")) {
            if (stream == null) {
                throw new IllegalStateException("the demo's script is missing from the jar");
            }
            return SimulatorScript.read(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same specification with look-ups of billing records paced for a simulator, not for a real provider. */
    static RunSpec tuned(RunSpec spec) {
        List<ModelEntry> models =
                spec.roster().models().stream().map(DemoSimulator::tuned).toList();
        Map<String, ModelEntry> roles = new LinkedHashMap<>();
        spec.roster().roles().forEach((name, entry) -> roles.put(name, tuned(entry)));
        return spec.withRoster(new Roster(spec.roster().name(), models, roles));
    }

    private static ModelEntry tuned(ModelEntry entry) {
        return entry.withClient(
                entry.client().provider(),
                SpecAssembler.with(entry.client().config(), Map.of("generation_delays", "50ms,200ms,400ms,800ms")));
    }
}
