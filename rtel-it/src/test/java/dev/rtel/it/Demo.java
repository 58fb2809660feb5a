package dev.rtel.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.simulator.SimulatorConfig;
import dev.rtel.simulator.SimulatorScript;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The demo's script and roster, for simulators and rosters that the tests set up themselves. */
final class Demo {
    private Demo() {}

    /** A simulator of the demo's models, all answering after the same time. */
    static SimulatorConfig.Builder simulator(Duration latency) {
        try (InputStream stream = resource("/dev/rtel/cli/demo/simulator.json")) {
            return SimulatorConfig.builder(SimulatorScript.read(stream)).seed(7).latency(latency);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the default roster with look-ups of billing records paced for a simulator. */
    static Path quickRoster(Path folder) {
        try (InputStream stream = resource("/dev/rtel/tasks/rosters/default.yaml")) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            String quick = text.replaceAll(
                    "(?m)^(  - \\{id: [^,}]+)", "$1, settings: {generation_delays: \"50ms,150ms,400ms\"}");
            assertThat(quick.split("generation_delays", -1))
                    .as("entries of the roster, plus one")
                    .hasSize(7);
            return Files.writeString(folder.resolve("quick.yaml"), quick);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) {
        InputStream stream = Demo.class.getResourceAsStream(name);
        assertThat(stream).as("resource %s", name).isNotNull();
        return stream;
    }
}
