package dev.rtel.tasks.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.tasks.internal.SplitMix;
import dev.rtel.tasks.suite.Suite.Item;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The stored seeds give the stored prompts. */
class GeneratedPromptsTest {
    private static List<Item> generated() {
        return Suite.all().stream().filter(item -> item.generator().isObject()).toList();
    }

    private static String generate(String name, long seed) {
        return switch (name) {
            case "knights" -> KnightsTemplate.generate(seed);
            case "muddy" -> StoryTemplates.muddy(seed);
            case "river" -> StoryTemplates.river(seed);
            default -> MathTemplates.generate(name, seed);
        };
    }

    @Test
    void theStoredSeedGivesThePromptByteForByte() {
        for (Item item : generated()) {
            String name = item.generator().get("name").asString();
            long seed = item.generator().get("seed").asLong();
            assertThat(generate(name, seed)).as(item.id()).isEqualTo(item.input());
        }
    }

    @Test
    void anotherSeedGivesAFreshSibling() {
        for (Item item : generated()) {
            String name = item.generator().get("name").asString();
            assertThat(generate(name, 12345)).as(item.id()).isNotBlank().isNotEqualTo(item.input());
        }
    }

    @Test
    void atLeastEightSamplesAreGenerated() {
        assertThat(generated()).hasSizeGreaterThanOrEqualTo(8).allSatisfy(item -> {
            assertThat(item.generator().get("version").isString()).as(item.id()).isTrue();
            assertThat(item.params().isObject()).as(item.id()).isTrue();
        });
    }

    @Test
    void theRandomNumbersAreThoseOfSplitMix64() {
        SplitMix random = new SplitMix(1234567);
        assertThat(List.of(random.next(), random.next(), random.next()))
                .containsExactly(6457827717110365317L, 3203168211198807973L, -8629252141511181193L);
    }
}
