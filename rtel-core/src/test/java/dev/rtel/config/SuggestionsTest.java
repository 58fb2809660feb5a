package dev.rtel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SuggestionsTest {
    private static final List<String> NAMES =
            List.of("concurrency", "exact-numeric", "boolean", "code-execution", "temperature");

    @Test
    void aMisspeltNameFindsTheOneThatWasMeant() {
        assertThat(Suggestions.nearest("exact-numerc", NAMES)).hasValue("exact-numeric");
        assertThat(Suggestions.nearest("concurency", NAMES)).hasValue("concurrency");
        assertThat(Suggestions.nearest("booleans", NAMES)).hasValue("boolean");
    }

    @Test
    void swappedNeighboursAreOneEdit() {
        assertThat(Suggestions.nearest("abdc", List.of("abxy", "abcd"))).hasValue("abcd");
    }

    @Test
    void somethingElseFindsNothing() {
        assertThat(Suggestions.nearest("judge-panel-of-five", NAMES)).isEmpty();
        assertThat(Suggestions.nearest("url", List.of())).isEmpty();
    }

    @Test
    void ofEquallyNearNamesTheFirstByAlphabetIsTaken() {
        assertThat(Suggestions.nearest("gradex", List.of("gradez", "gradea", "gradek")))
                .hasValue("gradea");
    }

    static Stream<Long> seeds() {
        return IntStream.range(0, 200).mapToObj(i -> 7_000L + i);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void oneTypingErrorIsAlwaysForgiven(long seed) {
        var random = new SplittableRandom(seed);
        String name = NAMES.get(random.nextInt(NAMES.size()));
        int at = random.nextInt(name.length() - 1);
        String typo = switch (random.nextInt(4)) {
            case 0 -> name.substring(0, at) + name.substring(at + 1);
            case 1 -> name.substring(0, at) + "q" + name.substring(at);
            case 2 -> name.substring(0, at) + "q" + name.substring(at + 1);
            default -> name.substring(0, at) + name.charAt(at + 1) + name.charAt(at) + name.substring(at + 2);
        };
        assertThat(Suggestions.nearest(typo, NAMES)).as(typo).hasValue(name);
    }
}
