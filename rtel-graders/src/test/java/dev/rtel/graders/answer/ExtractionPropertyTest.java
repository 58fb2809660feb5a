package dev.rtel.graders.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtractionPropertyTest {
    /** Characters of the smaller reply; a megabyte in {@code .ci/full}. */
    private static final int SIZE = Integer.getInteger("rtel.fuzz.rounds", 1) > 1 ? 1 << 20 : 1 << 17;

    private static final double SLACK_MILLIS = 40;
    private static final double MOST_MILLIS = 8_000;
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
                "最终答案",
                ")",
                "[",
                "}",
                "9",
                "\\",
                "\\frac{",
                "\\text{",
                "$",
                "_",
                "`",
                "\"",
                "\u200b",
                "a\u0301",
                "\u0301",
                " ",
                "\t\n",
                "Final answr: ",
                "Final answer\n",
                "the claim is ",
                "lautet die Antwort ",
                "no, ",
                "Yes. ",
                "true, ",
                "= ",
                "or ",
                "- ",
                "not ",
                "x ",
                "```\n",
                "1.1.",
                "\uD83D\uDE00",
                "\u00BD",
                "\uD800",
                "\uFF0C",
                "</",
                ": "
            })
    void timeGrowsNoFasterThanTheReply(String unit) {
        for (ValueForm form : forms()) {
            extractRepeated(unit, SIZE / 16, form);
        }
        for (ValueForm form : forms()) {
            double once = 0;
            double twice = 0;
            for (int tries = 0; tries < 6; tries++) {
                once = best(once, extractRepeated(unit, SIZE, form));
                twice = best(twice, extractRepeated(unit, 2 * SIZE, form));
                if (tries >= 1 && twice <= 2.5 * once + SLACK_MILLIS) {
                    break;
                }
            }
            assertThat(twice)
                    .as("processor time in ms for twice the length of '%s', against %.0f ms for once", unit, once)
                    .isLessThanOrEqualTo(2.5 * once + SLACK_MILLIS)
                    .isLessThan(MOST_MILLIS);
        }
    }

    private static double best(double before, double now) {
        return before == 0 ? now : Math.min(before, now);
    }

    /** Processor time of this thread in milliseconds: what other processes do does not count. */
    private static double extractRepeated(String unit, int length, ValueForm form) {
        String reply = unit.repeat(length / unit.length());
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        AnswerExtractor.extract(reply, false, form);
        return (threads.getCurrentThreadCpuTime() - start) / 1e6;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyCharactersAtAllAreReadWithoutAnError(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        char[] characters = new char[random.nextInt(10) == 0 ? 1 << 20 : 400];
        for (int i = 0; i < characters.length; i++) {
            characters[i] = (char) random.nextInt(random.nextInt(4) == 0 ? 0x10000 : 0x80);
        }
        String noise = new String(characters);
        for (String reply :
                List.of(noise, "Final answer: " + noise, "\\boxed{" + noise + "}", noise + "\nFinal answer: 42")) {
            for (ValueForm form : forms()) {
                Extracted extracted = AnswerExtractor.extract(reply, random.nextBoolean(), form);
                assertThat(extracted.end()).isBetween(extracted.start(), reply.length());
            }
        }
    }
}
