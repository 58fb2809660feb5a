package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.eval.Leaderboard;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReplayRunTest {
    @Test
    void recordedCompletionsAreGradedWithoutACall() throws InterruptedException {
        Leaderboard board = ReplayRun.grade(Path.of("completions.jsonl"), Path.of("small-sums.yaml"));

        assertThat(board.rows()).extracting(Leaderboard.Row::model).containsExactly("lab/thinker", "lab/talker");
        Leaderboard.Row thinker = board.rows().get(0);
        assertThat(thinker.passed()).isEqualTo(1);
        assertThat(thinker.reasoningTokens().mean()).hasValue(97);
        Leaderboard.Row talker = board.rows().get(1);
        assertThat(talker.passed()).isEqualTo(1);
        assertThat(talker.truncated()).isEqualTo(1);
        assertThat(talker.reasoningTokens().status()).isEqualTo(Leaderboard.Status.NOT_REPORTED);
    }
}
