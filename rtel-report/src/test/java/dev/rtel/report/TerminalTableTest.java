package dev.rtel.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.Leaderboard.Interval;
import dev.rtel.eval.Leaderboard.Policy;
import dev.rtel.eval.Leaderboard.ReasoningTokens;
import dev.rtel.eval.Leaderboard.Row;
import dev.rtel.eval.Leaderboard.Status;
import dev.rtel.eval.Leaderboard.Warning;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TerminalTableTest {
    private static Row with(Row row, Status status, Optional<Interval> efficiency) {
        return new Row(
                row.model(),
                row.modelId(),
                row.n(),
                row.scored(),
                row.unscored(),
                row.failed(),
                row.quarantined(),
                row.truncated(),
                row.passed(),
                row.accuracy(),
                new ReasoningTokens(status, row.reasoningTokens().mean(), 0.5),
                row.responseTokens(),
                row.promptTokens(),
                row.completionTokens(),
                efficiency,
                row.e0(),
                row.decomposition(),
                row.costUsd(),
                row.latencyMs(),
                row.speed(),
                row.rank(),
                row.pareto(),
                false,
                false,
                Map.of());
    }

    private static Optional<Interval> plain(double value) {
        return Optional.of(new Interval(value, OptionalDouble.empty(), OptionalDouble.empty(), "none"));
    }

    private static String line(String table, String model) {
        return table.lines().filter(l -> l.contains(model)).findFirst().orElseThrow();
    }

    @Test
    void aRowReadsLikeASentence() {
        Row row = with(LeaderboardFilesTest.fullRow("google/gemini-2.5-pro"), Status.REPORTED, plain(0.42105));
        String table = TerminalTable.render(LeaderboardFilesTest.board(row));
        assertThat(line(table, "gemini").trim().split(" {2,}"))
                .containsExactly("1–5", "google/gemini-2.5-pro", "80 % [58–92]", "1,900", "0.421", "$0.0272", "31.0 s");
        assertThat(table)
                .contains("19 graded, 1 failed, 2 not gradable, 3 quarantined")
                .doesNotContain("SIMULATED");
    }

    @Test
    void whatIsUnknownIsSaidInWordsOrADash() {
        Row off = with(LeaderboardFilesTest.fullRow("off-model"), Status.OFF, Optional.empty());
        Row silent = with(LeaderboardFilesTest.fullRow("silent-model"), Status.NOT_REPORTED, Optional.empty());
        Row partly = with(LeaderboardFilesTest.fullRow("partly-model"), Status.PARTLY_REPORTED, plain(2.7777));
        String table = TerminalTable.render(
                LeaderboardFilesTest.board(off, silent, partly, LeaderboardFilesTest.unknownRow("empty-model")));
        assertThat(line(table, "off-model")).contains(" off ").contains(" – ");
        assertThat(line(table, "silent-model")).contains("not reported");
        assertThat(line(table, "partly-model")).contains("1,900*").contains("2.78*");
        assertThat(table).contains("* not ranked");
        assertThat(line(table, "empty-model").trim().split(" +"))
                .containsExactly("–", "empty-model", "–", "–", "–", "–", "–");
    }

    @Test
    void intervalsOfTheEfficiencyAreShownWhenThereAreSome() {
        Row row = with(
                LeaderboardFilesTest.fullRow("m"),
                Status.REPORTED,
                Optional.of(new Interval(2.78, OptionalDouble.of(1.7), OptionalDouble.of(4.4), "bca")));
        assertThat(TerminalTable.render(LeaderboardFilesTest.board(row))).contains("2.78 [1.70–4.40]");
    }

    @Test
    void hostileNamesCannotReachTheTerminalNorBreakALine() {
        for (String hostile : List.of(
                "evil\u001b[2J\u001b]0;pwned\u0007",
                "two\nlines",
                "back\b\b\r",
                "rtl\u202eexe",
                "zero\u200bwidth",
                "c1\u009b31m",
                "lone\ud800",
                "sep\u2028x")) {
            Leaderboard board = new Leaderboard(
                    false,
                    List.of("r"),
                    SampleRun.GENERATED,
                    Policy.standard(),
                    List.of(LeaderboardFilesTest.fullRow(hostile), LeaderboardFilesTest.fullRow("plain")),
                    List.of(new Warning("small-n", "about " + hostile)));
            String table = TerminalTable.render(board);
            assertThat(table.lines().filter(l -> l.contains("1–5")).count()).isEqualTo(2);
            String all = table + TerminalTable.warnings(board);
            assertThat(all.codePoints().filter(c -> c != '\n'))
                    .noneMatch(c -> Character.isISOControl(c)
                            || Character.getType(c) == Character.FORMAT
                            || Character.getType(c) == Character.SURROGATE
                            || Character.getType(c) == Character.LINE_SEPARATOR);
            assertThat(all).contains("\ufffd");
        }
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        for (String name : List.of("x".repeat(300), "模".repeat(120), "\ud83d\ude00".repeat(90), "a")) {
            Leaderboard board = new Leaderboard(
                    true,
                    List.of("r"),
                    SampleRun.GENERATED,
                    Policy.standard(),
                    List.of(LeaderboardFilesTest.fullRow(name)),
                    List.of(new Warning("x", name + " " + "word ".repeat(60)), new Warning("y", name)));
            assertThat((TerminalTable.render(board) + TerminalTable.warnings(board)).lines())
                    .allSatisfy(l -> assertThat(TerminalText.width(l)).isLessThanOrEqualTo(TerminalTable.COLUMNS));
        }
    }

    @Test
    void aSimulatedBoardSaysSoFirst() {
        assertThat(TerminalTable.render(new SampleRun("m", true).board())).startsWith("[SIMULATED]");
    }

    @Test
    void warningsAreMarkedAndWrapped() {
        Leaderboard board = new Leaderboard(
                false,
                List.of("r"),
                SampleRun.GENERATED,
                Policy.standard(),
                List.of(),
                List.of(new Warning("x", "word ".repeat(40).trim()), new Warning("y", "short")));
        assertThat(TerminalTable.warnings(board).lines())
                .hasSize(4)
                .first()
                .satisfies(l -> assertThat(l).startsWith("! word"));
    }

    @Test
    void aBoardWithoutRowsIsATableWithoutRows() {
        assertThat(TerminalTable.render(LeaderboardFilesTest.board()))
                .contains("rank")
                .contains("0 graded");
    }

    @Test
    void accuracyStandsBesideTheLevelOfChanceTaskByTask() {
        Row known = LeaderboardFilesTest.fullRow("google/gemini-2.5-pro");
        String table = TerminalTable.byTask(LeaderboardFilesTest.board(known));
        assertThat(table.lines().toList().get(0)).contains("task", "accuracy", "chance", "above chance");
        assertThat(table.lines().toList().get(1)).matches(" aime-math +google/gemini-2.5-pro +4/5 +80 % +20.0 % +75 %");
        assertThat(table).contains("(accuracy - chance) / (1 - chance)").doesNotContain("(math)");
        assertThat(TerminalTable.byTask(LeaderboardFilesTest.board(LeaderboardFilesTest.unknownRow("m"))))
                .isEmpty();
    }
}
