package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.common.Secret;
import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.Sample;
import dev.rtel.simulator.ModelProfile;
import dev.rtel.simulator.ReasoningMode;
import dev.rtel.simulator.Simulator;
import dev.rtel.simulator.SimulatorConfig;
import dev.rtel.simulator.SimulatorScript;
import dev.rtel.tasks.BundledTasks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedRunTest {
    @Test
    void aRunInsideOnesOwnProgramGivesALeaderboardAndReportsProgress() throws InterruptedException {
        SimulatorScript.Builder script = SimulatorScript.builder()
                .model(ModelProfile.builder("lab/thinker")
                        .accuracy(1)
                        .reasoning(ReasoningMode.MANDATORY, 300)
                        .build());
        for (Sample sample : BundledTasks.task("aime-math").samples()) {
            String prompt = sample.input().get(0).content();
            script.sample(
                    sample.id(),
                    prompt.strip(),
                    "math",
                    "Final answer: " + sample.target().display(),
                    "Final answer: 1");
        }
        List<String> log = new ArrayList<>();
        try (Simulator simulator = Simulator.start(SimulatorConfig.of(script.build()))) {
            Leaderboard board =
                    EmbeddedRun.run(simulator.baseUri(), new Secret("any"), "lab/thinker", "aime-math", log::add);

            assertThat(board.rows()).hasSize(1);
            assertThat(board.rows().get(0).accuracy().orElseThrow().estimate()).isEqualTo(1.0);
            assertThat(board.rows().get(0).efficiency()).isPresent();
            assertThat(log).hasSize(5).last().asString().startsWith("5/5");
        }
    }
}
