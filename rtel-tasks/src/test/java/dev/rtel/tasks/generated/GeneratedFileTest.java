package dev.rtel.tasks.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.eval.GradeIdentity;
import dev.rtel.eval.Sample;
import dev.rtel.plan.Fingerprints;
import dev.rtel.spi.Task;
import dev.rtel.tasks.TaskFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The file of a request holds the very same samples, and is the same everywhere. */
class GeneratedFileTest {
    private static List<String> generators() {
        return Made.NAMES;
    }

    /** One by one: a message about a thousand samples is of no use. */
    private static void assertSame(List<Sample> read, List<Sample> made) {
        assertThat(read).hasSize(made.size());
        for (int i = 0; i < made.size(); i++) {
            assertThat(read.get(i)).isEqualTo(made.get(i));
        }
    }

    private static List<String> fingerprints(Task task) {
        var grader = new GradeIdentity(
                task.grader().provider(), task.grader().config().values(), "1", Map.of());
        return task.samples().stream()
                .map(sample -> Fingerprints.grade(sample, grader))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("generators")
    void yamlAndJsonGiveTheSameSamplesAsTheWord(String name) {
        GeneratedTaskFile file = GeneratedTaskFile.of(name, Map.of("seed", "7", "n", "60"));
        Task made = Made.task(file.word().substring("generated:".length()));
        for (Task read : List.of(TaskFile.parse("t.yaml", file.yaml()), TaskFile.parse("t.json", file.json()))) {
            assertSame(read.samples(), made.samples());
            assertThat(fingerprints(read)).isEqualTo(fingerprints(made));
            assertThat(read.name()).isEqualTo(made.name());
            assertThat(read.version()).isEqualTo(made.version());
            assertThat(read.category()).isEqualTo(made.category());
            assertThat(read.grader().provider()).isEqualTo(made.grader().provider());
            assertThat(read.passAt()).isEqualTo(made.passAt());
            assertThat(read.answerFormat()).isEqualTo(made.answerFormat());
        }
    }

    @ParameterizedTest
    @MethodSource("generators")
    void theLargestFileIsStillRead(String name) {
        GeneratedTaskFile file = GeneratedTaskFile.of(name, Map.of("seed", "7", "n", "1000", "difficulty", "mixed"));
        assertSame(TaskFile.parse("t.yaml", file.yaml()).samples(), Made.thousand(name));
    }

    /** Files are UTF-8, here ASCII, with line feeds: the digest of the text is that of the file. */
    @ParameterizedTest
    @CsvSource({
        "knights, 077b64b68e4df185d789196c267e01b4c9026be8cd0fcdd8d682e21b6243f28a",
        "state-tracking, 8d890a53729222fd59acd57f8d0dc3a5800792f73452b54eeebebdaa89ffe878",
        "river-crossing, 6eee82c9e563bd7b0e969b8c2d7301799cbe6ffe749872e1bf774f160d50b62e",
        "chinese-remainder, 8c632128188d1cb953518ee8418945a2efa39ce0a830c5a2e51f47e42950febf",
        "lattice-paths, 9d923e01b1d182462f772fb23430159ec18803cc2c94cd03d14968dda317f38e",
        "bug-mutation, 559cba3709a92260b15422bc938c414e69a7669617e0e91b95a6d1624a4c8774"
    })
    void theSameSeedGivesTheSameBytesOnEveryJava(String name, String digest) {
        String yaml =
                GeneratedTaskFile.of(name, Map.of("seed", "7", "n", "300")).yaml();
        assertThat(yaml).as("ASCII").matches("[\n -~]+");
        assertThat(Fingerprints.sha256(yaml))
                .as("a generator that changed needs a new version, then a new digest here")
                .isEqualTo(digest);
    }

    @Test
    void givenParametersHoldInEverySampleAndMakeOtherSamples() {
        List<Sample> six = Made.task("knights?people=6&n=10").samples();
        assertThat(six).allSatisfy(s -> assertThat(s.tags()).contains("people:6"));
        assertThat(six.stream().map(Sample::id))
                .doesNotContainAnyElementsOf(Made.task("knights?people=7&n=10").samples().stream()
                        .map(Sample::id)
                        .toList());
        assertThat(Made.task("bug-mutation?kind=operator-misuse&n=10").samples())
                .allSatisfy(s -> assertThat(s.tags()).contains("kind:operator-misuse"));
        assertThat(Made.task("state-tracking?length=120&rho=20&n=3").samples())
                .allSatisfy(s -> assertThat(s.tags()).contains("length:120", "rho:20"));
    }
}
