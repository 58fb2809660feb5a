package dev.rtel.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.eval.GradingDetail;
import dev.rtel.eval.Leaderboard;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExecutionWarningsTest {
    private final TestRun run = new TestRun().task("code", 4);

    private Optional<String> warning(String code) {
        return LeaderboardCalculator.of(run.plan(), run.records, Leaderboard.Policy.standard(), TestRun.START)
                .warnings()
                .stream()
                .filter(warning -> warning.code().equals(code))
                .map(Leaderboard.Warning::text)
                .findFirst();
    }

    private static GradingDetail ran(String executor, String python, String containment) {
        return new GradingDetail.CodeRun(
                "PASS",
                Optional.empty(),
                Optional.of(executor),
                Optional.of(python),
                1,
                1,
                Optional.empty(),
                Map.of("containment", containment));
    }

    @Test
    void uncontainedCodeIsMarkedByModel() {
        run.model("a/m").model("b/n");
        run.answer("a/m", 1).detail(ran("unsafe", "3.11.2", "none")).add();
        run.answer("b/n", 1).detail(ran("unsafe", "3.11.2", "none")).add();
        run.answer("b/n", 2).detail(ran("unsafe", "3.11.4", "none")).add();
        assertThat(warning("uncontained-code").orElseThrow()).contains("a/m 1, b/n 2");
        assertThat(warning("mixed-executors")).isEmpty();
    }

    @Test
    void differentPlacesAreNamed() {
        run.model("a/m");
        run.answer("a/m", 1).detail(ran("bwrap", "3.11.2", "contained")).add();
        run.answer("a/m", 2).detail(ran("landlock", "3.11.2", "contained")).add();
        run.answer("a/m", 3).detail(ran("landlock", "3.12.1", "contained")).add();
        assertThat(warning("uncontained-code")).isEmpty();
        assertThat(warning("mixed-executors").orElseThrow())
                .contains("bwrap with Python 3.11 1, landlock with Python 3.11 1, landlock with Python 3.12 1");
    }

    @Test
    void codeThatWasNotRunWasRunNowhere() {
        run.model("a/m");
        run.answer("a/m", 1)
                .detail(new GradingDetail.CodeRun(
                        "NO_CODE", Optional.of("NO_CODE"), Optional.empty(), Optional.empty(), 0, 1))
                .add();
        run.answer("a/m", 2).detail(ran("bwrap", "3.11.2", "contained")).add();
        assertThat(warning("mixed-executors")).isEmpty();
    }
}
