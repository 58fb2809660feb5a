package dev.rtel.simulator;

import java.util.List;

/** Scripts that several tests use. */
final class Scripts {
    static final String THINKER = "acme/thinker";
    static final String ALWAYS = "acme/always";
    static final String PLAIN = "acme/plain";
    static final String JUDGE = "acme/judge";

    private Scripts() {}

    static ModelProfile.Builder thinker() {
        return ModelProfile.builder(THINKER)
                .canonicalSlug("acme/thinker-20260101")
                .providerName("Acme Cloud")
                .prices("0.00000025", "0.000002")
                .reasoning(ReasoningMode.OPTIONAL, 500)
                .reasoningText(ReasoningText.TEXT)
                .supportedEfforts(Effort.HIGH, Effort.MEDIUM, Effort.LOW);
    }

    static SimulatorScript.Builder builder() {
        SimulatorScript.Builder script = SimulatorScript.builder()
                .model(thinker().build())
                .model(ModelProfile.builder(ALWAYS)
                        .reasoning(ReasoningMode.MANDATORY, 500)
                        .reasoningText(ReasoningText.SUMMARY)
                        .reasoningGranularity(64)
                        .build())
                .model(ModelProfile.builder(PLAIN)
                        .accuracy(0.0)
                        .accuracy("math", 1.0)
                        .verbosity(2)
                        .build())
                .model(ModelProfile.builder(JUDGE).judge(true).build())
                .judgeRule("PASS", "rubric", "candidate: 507")
                .judgeRule("FAIL", "rubric")
                .defaultJudgeReply("UNCLEAR")
                .sample("plain", "modulus", "math", "Final answer: 507", "Final answer: 508")
                .sample("longer", "modulus of the sum", "logic", "Final answer: yes", "Final answer: no");
        for (int i = 0; i < 40; i++) {
            script.sample(new ScriptedSample(
                    "q" + i,
                    "question number " + i + ".",
                    "logic",
                    List.of("right " + i, "correct " + i),
                    List.of("wrong " + i, "false " + i)));
        }
        return script;
    }

    static SimulatorScript script() {
        return builder().build();
    }

    static SimulatorScript only(ModelProfile.Builder model) {
        return SimulatorScript.builder()
                .model(model.accuracy(1.0).build())
                .sample("sum", "sum", "math", "Final answer: 42", "Final answer: 41")
                .build();
    }
}
