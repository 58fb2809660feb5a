package dev.rtel.graders.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtractionPropertyTest {
    private static final List<String> PIECES = List.of(
            "Final answer: ",
            "Answer: ",
            "\\boxed{",
            "}",
            "{",
            "(",
            ")",
            "42",
            "17",
            "-",
            "/",
            ".",
            ",",
            " or ",
            "\n",
            "true",
            "false",
            "not ",
            "C",
            "A ",
            "I think ",
            "the answer is ",
            "<answer>",
            "</answer>",
            "\"answer\": ",
            "\"",
            "<think>",
            "</think>",
            "\\frac",
            "½",
            "²",
            "×10^",
            "=",
            "≈",
            "±",
            "%",
            " cm",
            "$",
            "*",
            "_",
            "`",
            "#",
            "最终答案",
            "：",
            "真",
            "\uD800",
            "\u200b",
            "If ",
            "option ",
            " is correct",
            ". ",
            "?",
            "!",
            "e9",
            "\\text{",
            "^",
            "1,000",
            " and ");

    static Stream<Long> seeds() {
        return IntStream.range(0, 60).mapToObj(i -> 7919L * i);
    }

    private static List<ValueForm> forms() {
        return List.of(
                new NumberForm("en"),
                new NumberForm("de"),
                new TruthForm(),
                new TruthVectorForm(3),
                new ChoiceForm(10));
    }

    private static String random(SplittableRandom random, int pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingBreaksTheExtractorAndSpansLieInTheReply(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100; i++) {
            String reply = random(random, 1 + random.nextInt(40));
            for (ValueForm form : forms()) {
                Extracted extracted = AnswerExtractor.extract(reply, random.nextBoolean(), form);
                assertThat(extracted.reading().isOne())
                        .isEqualTo(extracted.status().equals("extracted"));
                assertThat(extracted.end()).isBetween(extracted.start(), reply.length());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void proseBeforeTheLastMarkerChangesNothing(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> prose = PIECES.stream()
                .filter(p -> !p.contains("think")
                        && !p.equals("\\boxed{")
                        && !p.equals("<answer>")
                        && !p.equals("\"answer\": "))
                .toList();
        for (int i = 0; i < 50; i++) {
            StringBuilder before = new StringBuilder();
            for (int j = random.nextInt(30); j > 0; j--) {
                before.append(prose.get(random.nextInt(prose.size())));
            }
            String start = before + "\n\n";
            assertThat(read(start + "Final answer: 42", new NumberForm("en")))
                    .as(start)
                    .isEqualTo("42");
            assertThat(read(start + "Final answer: True", new TruthForm()))
                    .as(start)
                    .isEqualTo("true");
            assertThat(read(start + "Final answer: C", new ChoiceForm(10)))
                    .as(start)
                    .isEqualTo("C");
            assertThat(read(start + "Final answer: 17 or 19", new NumberForm("en")))
                    .as(start)
                    .isEqualTo("?");
        }
    }

    private static String read(String reply, ValueForm form) {
        return PhenomenaTest.read(reply, false, form);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Final answer: 12 or ",
                "\\boxed{",
                "\\boxed{1} ",
                "<answer>",
                "answer (",
                "\"answer\": ",
                "1,",
                "(",
                "<",
                "{\"answer\": [",
                "the answer is not ",
                "option A is ",
                "\n",
                "*",
                "if ",
                "'",
                "1 ",
                "Answer\n",
                "</think>",
                "<think></think>",
                "最终答案"
            })
    void timeGrowsNoFasterThanTheReply(String unit) {
        String reply = unit.repeat((2 << 20) / unit.length());
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(8), () -> {
            for (ValueForm form : forms()) {
                AnswerExtractor.extract(reply, false, form);
            }
        });
    }
}
