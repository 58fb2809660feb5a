package dev.rtel.cli;

import dev.rtel.simulator.Simulator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Does once what commands usually do, in a folder of its own, on the simulator and with nobody's settings. The
 * {@code rtel} script has the JVM archive the classes that were used here; later starts need not load and check them.
 */
final class Rehearsal {
    private static final List<String> SAMPLES =
            List.of("math-crt-01", "logic-knights-01", "code-search-01", "proof-log23-01");

    private static final String NO_KEY = "rehearsal";

    private Rehearsal() {}

    /**
     * Runs and exits with 0 if every command did what it should.
     *
     * @param args an empty folder
     */
    public static void main(String[] args) throws IOException {
        System.exit(in(Path.of(args[0]).toAbsolutePath()).isEmpty() ? 0 : 1);
    }

    /** Returns the commands that went wrong. */
    static List<String> in(Path folder) throws IOException {
        try (Simulator simulator = DemoSimulator.start();
                var silent = new PrintStream(OutputStream.nullOutputStream())) {
            String base = simulator.baseUri().toString();
            Files.writeString(folder.resolve("roster.yaml"), """
                    roster: rehearsal
                    defaults: {max_tokens: 4000, timeout: 20s}
                    roles:
                      judge:
                        id: mistralai/mistral-medium-3-5
                        settings: {base_url: "%1$s", generation_delays: "50ms,200ms,400ms"}
                    models:
                      - {id: deepseek/deepseek-r1, settings: {base_url: "%1$s", generation_delays: "50ms,200ms,400ms"}}
                      - {id: moonshotai/kimi-k2, client: openai-compatible, settings: {base_url: "%1$s"}}
                    """.formatted(base));
            var surroundings = new Surroundings(
                    silent, silent, Map.of("OPENROUTER_API_KEY", NO_KEY, "OPENAI_API_KEY", NO_KEY), folder, false);
            List<String> wrong = new ArrayList<>();
            for (String line : List.of(
                    "run --roster roster.yaml --yes --sample " + String.join(" --sample ", SAMPLES),
                    "report --json",
                    "show",
                    "runs",
                    "tasks list",
                    "models list",
                    "plugins",
                    "run --dry-run",
                    "run --help",
                    "--help",
                    "--version")) {
                if (CommandRunner.run(surroundings, line.split(" ")) != ExitCode.DONE.code()) {
                    wrong.add(line);
                }
            }
            return wrong;
        }
    }
}
