package dev.rtel.cli;

import dev.rtel.simulator.ModelProfile;
import dev.rtel.simulator.ReasoningMode;
import dev.rtel.simulator.ReasoningText;
import dev.rtel.simulator.SimulatorConfig;
import dev.rtel.simulator.SimulatorScript;
import dev.rtel.simulator.UsageShape;

/** A suite with every kind of grader, small and own, and a simulator's script that knows it. */
final class SmallSuite {
    static final String[] TASKS = {"sums.yaml", "claims.yaml", "letters.yaml", "proofs.yaml", "repairs.yaml"};
    static final int SAMPLES = 9;

    private static final String PASS =
            "{\"checkpoints\": {\"c1\": true, \"c2\": true}, \"fatal\": [], \"first_error\": null,"
                    + " \"injection\": false, \"verdict\": \"pass\"}";
    private static final String FAIL =
            "{\"checkpoints\": {\"c1\": true, \"c2\": false}, \"fatal\": [\"f1\"], \"first_error\": \"obviously\","
                    + " \"injection\": false, \"verdict\": \"fail\"}";

    private SmallSuite() {}

    static SimulatorConfig.Builder simulator() {
        return SimulatorConfig.builder(script()).seed(3);
    }

    /**
     * {@code acme/right} thinks and is always right, {@code acme/wrong} never is, {@code acme/mixed} tells no reasoning
     * count; {@code acme/judge} judges as it should, {@code acme/strict} lets nothing pass.
     */
    static SimulatorScript script() {
        return SimulatorScript.builder()
                .model(ModelProfile.builder("acme/right")
                        .accuracy(1)
                        .reasoning(ReasoningMode.OPTIONAL, 120)
                        .reasoningText(ReasoningText.TEXT)
                        .prices("0.000001", "0.00001")
                        .build())
                .model(ModelProfile.builder("acme/wrong").accuracy(0).build())
                .model(ModelProfile.builder("acme/mixed")
                        .accuracy(0.5)
                        .reasoning(ReasoningMode.MANDATORY, 300)
                        .usageShape(UsageShape.DETAILS_ABSENT)
                        .build())
                .model(ModelProfile.builder("acme/judge").judge(true).build())
                .model(ModelProfile.builder("acme/strict").judge(true).build())
                .sample("sum", "12 + 30", "math", "I add.\n\nFinal answer: 42", "Final answer: 41")
                .sample("half", "half of one", "math", "Final answer: 1/2", "It may be 0.4.\n\nFinal answer: 0.4")
                .sample("round", "how many sides", "math", "Final answer: 6", "I cannot say.")
                .sample("even", "is even", "logic", "Final answer: true", "Final answer: false")
                .sample("pair", "Two claims", "logic", "Final answer: true, false", "Final answer: true, true")
                .sample("capital", "capital of France", "facts", "Final answer: B", "Final answer: C")
                .sample("largest", "largest planet", "facts", "Final answer: **A**", "Final answer: D")
                .sample(
                        "odd",
                        "sum of two odd numbers",
                        "proof",
                        "Let the numbers be 2a+1 and 2b+1. Their sum is 2(a+b+1), which is even. Sound argument.",
                        "It is obviously even, as everybody knows from many examples tried by hand. Weak argument.")
                .sample(
                        "double",
                        "repair double",
                        "code",
                        "```python\ndef double(x):\n    return 2 * x\n```",
                        "```python\ndef double(x):\n    return x * x\n```")
                .judgeRule(PASS, "Sound argument.")
                .judgeRule(FAIL, "Weak argument.")
                .defaultJudgeReply(FAIL)
                .build();
    }

    /** Writes the task files, a roster of the simulator's models, and their prices. */
    static void write(Cli cli, String baseUrl) {
        cli.write("sums.yaml", """
                task: sums
                version: "1"
                category: math
                grader: {name: exact-numeric}
                samples:
                  - {id: sum, input: "What is 12 + 30?", target: "42", workload: 2, tags: [easy]}
                  - {id: half, input: "What is half of one?", target: "1/2"}
                  - {id: round, input: "A hexagon: how many sides?", target: "6"}
                """);
        cli.write("claims.yaml", """
                task: claims
                version: "1"
                category: logic
                grader: {name: boolean}
                samples:
                  - {id: even, input: "Ten is even. True or false?", target: true}
                  - {id: pair, input: "Two claims. 1. One is odd. 2. Two is odd.", target: [true, false]}
                """);
        cli.write("letters.yaml", """
                task: letters
                version: "1"
                category: facts
                grader: {name: multiple-choice}
                samples:
                  - {id: capital, input: "What is the capital of France? A Rome B Paris C Oslo", target: "B", choices: [Rome, Paris, Oslo]}
                  - {id: largest, input: "Which is the largest planet? A Jupiter B Mars C Earth D Venus", target: "A"}
                """);
        cli.write("proofs.yaml", """
                task: proofs
                version: "1"
                category: proof
                grader: {name: judge}
                samples:
                  - id: odd
                    input: "Prove that the sum of two odd numbers is even."
                    rubric:
                      checkpoints: [{id: c1, text: names both numbers}, {id: c2, text: factors out two}]
                      fatal: [{id: f1, text: argues by example}]
                """);
        cli.write("repairs.yaml", """
                task: repairs
                version: "1"
                category: code
                grader: {name: code-execution}
                samples:
                  - id: double
                    input: "Please repair double(x), which should return twice its argument."
                    entry: double
                    cases: [{args: [3], expected: 6}, {args: [0], expected: 0}]
                """);
        roster(cli, "roster.yaml", baseUrl, "acme/right", "acme/wrong", "acme/mixed");
        cli.write("prices.yaml", """
                date: 2026-08-29
                prices:
                  acme/right: {prompt: "0.000001", completion: "0.00001"}
                  acme/wrong: {prompt: "0.000001", completion: "0.000004"}
                  acme/mixed: {prompt: "0.000001", completion: "0.000004"}
                  acme/judge: {prompt: "0.000001", completion: "0.000004"}
                """);
    }

    static void roster(Cli cli, String file, String baseUrl, String... ids) {
        String settings = "{base_url: \"" + baseUrl + "\", generation_delays: \"10ms,50ms,200ms\"}";
        StringBuilder text = new StringBuilder("roster: small\ndefaults: {max_tokens: 2000, timeout: 20s}\n");
        text.append("roles: {judge: {id: acme/judge, settings: ")
                .append(settings)
                .append("}}\nmodels:\n");
        for (String id : ids) {
            text.append("  - {id: ")
                    .append(id)
                    .append(", settings: ")
                    .append(settings)
                    .append("}\n");
        }
        cli.write(file, text.toString());
    }

    /** Arguments of a run of the whole suite. */
    static String[] all(String... more) {
        return Cli.args(
                new String[] {
                    "run",
                    "--roster",
                    "roster.yaml",
                    "--task",
                    "sums.yaml",
                    "--task",
                    "claims.yaml",
                    "--task",
                    "letters.yaml",
                    "--task",
                    "proofs.yaml",
                    "--task",
                    "repairs.yaml"
                },
                more);
    }

    /** Arguments of a run of the three sums alone. */
    static String[] sums(String... more) {
        return Cli.args(new String[] {"run", "--roster", "roster.yaml", "--task", "sums.yaml"}, more);
    }
}
