package dev.rtel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wrong answer, none and more than one all count as wrong, and can be told apart wherever they are shown. */
class AnswerStatusTest {
    @TempDir
    Path folder;

    @Test
    void wrongMissingAndSeveralAnswersStayApart() throws IOException {
        Files.writeString(folder.resolve("sums.yaml"), """
                task: sums
                version: "1"
                grader: {name: exact-numeric}
                samples:
                  - {id: right, input: "12 + 30?", target: "42"}
                  - {id: wrong, input: "12 + 30?", target: "42"}
                  - {id: none, input: "12 + 30?", target: "42"}
                  - {id: several, input: "12 + 30?", target: "42"}
                """);
        StringBuilder replies = new StringBuilder();
        replies.append(reply("right", "Final answer: 42"));
        replies.append(reply("wrong", "Final answer: 41"));
        replies.append(reply("none", "I cannot help with problem 42."));
        replies.append(reply("several", "Final answer: 42 or 43"));
        Files.writeString(folder.resolve("replies.jsonl"), replies);

        Cli.Result ran = Cli.in(folder).run("run", "--task", "sums.yaml", "--replay", "replies.jsonl");
        assertThat(ran.exit()).as(ran.toString()).isZero();

        String run;
        try (Stream<Path> runs = Files.list(folder.resolve("results"))) {
            run = runs.findFirst().orElseThrow().getFileName().toString();
        }
        Cli.Result shown = Cli.in(folder).run("show", run, "lab/adder");
        assertThat(shown.toString())
                .contains("✓ passed   extracted 42")
                .contains("✕ not passed   extracted 41")
                .contains("✕ no answer   extracted –")
                .contains("✕ more than one answer   extracted –");
        try (Stream<Path> files = Files.walk(folder.resolve("results"))) {
            Path report =
                    files.filter(f -> f.endsWith("report.html")).findFirst().orElseThrow();
            assertThat(Files.readString(report))
                    .contains("1 reply held no answer and counts as wrong.")
                    .contains("1 reply offered more than one answer and counts as wrong.");
        }
    }

    private static String reply(String sample, String text) {
        return "{\"model\": \"lab/adder\", \"task\": \"sums\", \"sample\": \"" + sample + "\", \"text\": \"" + text
                + "\", \"finish_reason\": \"stop\"}\n";
    }
}
