package dev.rtel.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page about the simulator names every word, and its script can be read. */
class SimulatorDocsTest {
    private static final Path PAGE = Path.of(System.getProperty("rtel.root", ".."), "docs", "simulator.md");
    private static final Pattern OPTION = Pattern.compile("--[a-z]+(-[a-z]+)*");

    private String page = "";

    @BeforeEach
    void readPage() throws IOException {
        assumeTrue(Files.exists(PAGE), "there is no page at " + PAGE.toAbsolutePath());
        page = Files.readString(PAGE);
    }

    @Test
    void everyWordIsOnThePage() {
        Stream.<Enum<?>[]>of(
                        FaultKind.values(),
                        UsageShape.values(),
                        UsageChunk.values(),
                        ContentShape.values(),
                        FinishShape.values(),
                        ReasoningText.values(),
                        ModelEcho.values(),
                        ErrorShape.values(),
                        WaitHint.values(),
                        GenerationShape.values(),
                        ChaosProfile.values(),
                        ReasoningMode.values())
                .flatMap(Arrays::stream)
                .forEach(constant -> assertThat(page)
                        .as(constant.getDeclaringClass().getSimpleName())
                        .containsPattern("[` ]" + Fields.wordOf(constant) + "[` \n]"));
        FaultParser.KEYS.forEach(key -> assertThat(page).contains(key));
    }

    @Test
    void pageAndUsageNameTheSameOptions() {
        assertThat(options(page)
                        .filter(option -> !List.of("--base-url", "--roster").contains(option)))
                .containsExactlyInAnyOrderElementsOf(options(Arguments.USAGE).toList());
    }

    @Test
    void shownScriptIsValid() {
        Matcher block = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find()).isTrue();
        SimulatorScript script =
                SimulatorScript.read(new ByteArrayInputStream(block.group(1).getBytes(StandardCharsets.UTF_8)));
        assertThat(script.model("open/weights-0528").orElseThrow().endpoints()).hasSize(2);
    }

    private static Stream<String> options(String text) {
        return OPTION.matcher(text).results().map(result -> result.group()).distinct();
    }
}
