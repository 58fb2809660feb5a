package dev.rtel.tasks.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.config.ConfigException;
import dev.rtel.tasks.TaskSources;
import dev.rtel.testkit.SimpleContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTest {
    @Test
    void everythingHasADefault() {
        assertThat(Made.task("knights").samples())
                .hasSize(20)
                .isEqualTo(Made.task("knights?seed=1&n=20&difficulty=mixed").samples());
        assertThat(Made.task("knights?").samples()).hasSize(20);
        assertThat(Made.task("knights?n=6").samples().stream().map(s -> Made.metadata(s, "difficulty")))
                .containsExactly("easy", "medium", "hard", "easy", "medium", "hard");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "knigts?n=3|there is no generator 'knigts' (did you mean 'knights'?); there are: [knights, state-tracking,",
                "~~|there is no generator ''; there are:",
                "knights?poeple=3|has no parameter 'poeple' (did you mean 'people'?); it has: [claims, difficulty,",
                "knights?n=0|n is '0', expected a whole number from 1 to 1000",
                "knights?n=1001|n is '1001', expected a whole number from 1 to 1000",
                "knights?n=ten|n is 'ten', expected a whole number from 1 to 1000",
                "knights?n=+5|n is '+5', expected a whole number",
                "knights?seed=1.5|seed is '1.5', expected a whole number of at most 64 bits",
                "knights?seed=99999999999999999999|expected a whole number of at most 64 bits",
                "knights?people=11|people is '11', expected a whole number from 3 to 10",
                "knights?difficulty=esay|difficulty is 'esay' (did you mean 'easy'?), expected one of [easy, medium, hard, mixed]",
                "bug-mutation?kind=value|kind is 'value', expected one of value-misuse, missing-logic",
                "knights?n=3&n=4|'n' is given twice",
                "knights?n|'n' is no parameter, expected key=value",
                "knights?n=3&|'' is no parameter, expected key=value",
                "knights?=3|'=3' is no parameter, expected key=value",
            })
    void aWrongRequestIsOneClearError(String arguments, String message) {
        assertThatThrownBy(() -> Made.task(arguments))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("generated:" + arguments + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void whatCannotBeFoundIsSaid() {
        assertThatThrownBy(() -> Made.task("lattice-paths?width=4&height=4&blocked=1&n=100"))
                .isInstanceOf(ConfigException.class)
                .hasMessageMatching(
                        "generated:lattice-paths\\?seed=1&n=100&width=4&height=4&blocked=1: only \\d+ different"
                                + " samples of these parameters were found, 100 were asked for; ask for fewer, or give other"
                                + " parameters");
        assertThatThrownBy(() -> Made.task("chinese-remainder?moduli=5&largest=9"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("only 0 different samples");
    }

    @Test
    void theProviderRefusesOtherSettings() {
        assertThatThrownBy(() -> new GeneratedTaskProvider().create(SimpleContext.of(Map.of("argument", "knights"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("did you mean 'arguments'?");
        assertThat(new GeneratedTaskProvider().description()).contains(Made.NAMES);
        assertThat(new GeneratedTaskProvider().name()).isEqualTo("generated");
        assertThat(TaskSources.ARGUMENTS).isEqualTo("arguments");
    }

    @Test
    void negativeAndLargeSeedsAreSeeds() {
        List<String> inputs = List.of("-1", "9223372036854775807", "-9223372036854775808", "0").stream()
                .map(seed -> Made.input(
                        Made.task("knights?n=1&seed=" + seed).samples().get(0)))
                .toList();
        assertThat(inputs).doesNotHaveDuplicates();
    }

    /** Every value that a listing offers can really be asked for. */
    @Test
    void theEndsOfEveryRangeGiveSamples() {
        for (Generator generator : Generators.all()) {
            for (Knob knob : generator.knobs()) {
                List<String> ends = knob.isNumber()
                        ? List.of(String.valueOf(knob.least()), String.valueOf(knob.most()))
                        : knob.words();
                for (String end : ends) {
                    String word = generator.name() + "?n=3&" + knob.name() + "=" + end;
                    assertThat(Made.task(word).samples()).as(word).hasSize(3);
                }
            }
        }
    }
}
