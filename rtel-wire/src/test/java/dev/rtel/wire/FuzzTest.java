package dev.rtel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.common.PlainJson;
import dev.rtel.eval.Completion;
import dev.rtel.eval.TokenUsage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a server sends, the outcome is a completion or a model exception. */
class FuzzTest {
    private static final String[] KEYS = {
        "id",
        "choices",
        "message",
        "content",
        "error",
        "code",
        "metadata",
        "usage",
        "prompt_tokens",
        "total_tokens",
        "completion_tokens",
        "completion_tokens_details",
        "reasoning_tokens",
        "cost",
        "finish_reason",
        "reasoning",
        "reasoning_details",
        "text",
        "type",
        "availability",
        "retryable",
        "retry_after",
        "headers",
        "data",
        "native_tokens_completion",
        "native_tokens_reasoning",
        "total_cost",
        "is_byok"
    };
    private static final String[] WORDS = {
        "", " ", "error", "length", "stop", "thinking", "<think>", "</think>", "a<think>b</think>c", "-1", "1e5", "NaN"
    };
    private static final int[] STATUSES = {200, 200, 200, 204, 302, 400, 401, 402, 429, 500, 503, 999};

    private static final int ROUNDS = Integer.getInteger("rtel.fuzz.rounds", 1);

    /** More of them with {@code -Drtel.fuzz.rounds=N}. */
    static LongStream seeds() {
        return LongStream.range(0, 10L * ROUNDS);
    }

    private static Object value(SplittableRandom random, int depth) {
        switch (random.nextInt(depth > 5 ? 7 : 10)) {
            case 0:
                return null;
            case 1:
                return random.nextLong();
            case 2:
                return (long) random.nextInt(100);
            case 3:
                return new BigDecimal(random.nextInt(1000)).scaleByPowerOfTen(random.nextInt(40) - 20);
            case 4:
                return random.nextBoolean();
            case 5, 6:
                return WORDS[random.nextInt(WORDS.length)];
            case 7:
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    list.add(value(random, depth + 1));
                }
                return list;
            default:
                return object(random, depth + 1);
        }
    }

    private static Map<String, Object> object(SplittableRandom random, int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            map.put(KEYS[random.nextInt(KEYS.length)], value(random, depth));
        }
        return map;
    }

    private static boolean reads(int status, Map<String, String> headers, String body) {
        return Invariants.read(status, headers, body).isPresent();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomJsonIsACompletionOrAModelException(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int completions = 0;
        for (int i = 0; i < 500; i++) {
            Map<String, Object> root = object(random, 0);
            if (random.nextInt(3) > 0) { // often enough a reply that gets further
                Map<String, Object> choice = object(random, 2);
                choice.put("message", object(random, 3));
                root.put("choices", List.of(choice));
            }
            Map<String, String> headers = random.nextBoolean()
                    ? Map.of()
                    : Map.of(
                            "retry-after",
                            WORDS[random.nextInt(WORDS.length)],
                            "x-ratelimit-reset",
                            "" + random.nextLong());
            String json = PlainJson.write(root);
            completions += reads(STATUSES[random.nextInt(STATUSES.length)], headers, json) ? 1 : 0;
            GenerationReply.read(PlainJson.write(Map.of("data", root)))
                    .ifPresent(record -> Invariants.check(
                            record.raw().map(PlainJson::readObject).orElseThrow(),
                            new Settlement(TokenUsage.unknown(), record).settled()));
        }
        assertThat(completions).isPositive();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomBytesAndBrokenRepliesAreAModelException(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] whole =
                "{\"id\":\"gen-1\",\"choices\":[{\"message\":{\"content\":\"4\\u00e92\"}}],\"usage\":{\"cost\":1e-5}}"
                        .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            reads(200, Map.of(), new String(bytes, StandardCharsets.UTF_8));
            byte[] broken = whole.clone();
            broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            reads(200, Map.of(), new String(broken, StandardCharsets.UTF_8));
            String cut = new String(whole, 0, random.nextInt(whole.length), StandardCharsets.UTF_8);
            assertThat(reads(200, Map.of(), cut)).isFalse();
        }
    }

    /** Recorded bodies; of the larger ones only some. */
    private static List<byte[]> recorded(int largest) {
        List<byte[]> bodies = new ArrayList<>();
        for (RecordedExchangesTest.Exchange exchange : RecordedExchangesTest.exchanges()) {
            byte[] body = exchange.body().getBytes(StandardCharsets.UTF_8);
            if (body.length <= largest) {
                bodies.add(body);
            }
        }
        return bodies;
    }

    private static boolean streamed(byte[] body) {
        return EventText.is(new String(body, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void mutilatedRecordingsAreACompletionOrAModelException(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (byte[] body : recorded(30_000)) {
            byte[] mutilated = Mutilation.of(body, random);
            if (streamed(body)) {
                Invariants.readInPieces(mutilated, () -> 1 + random.nextInt(200));
            } else {
                reads(
                        STATUSES[random.nextInt(STATUSES.length)],
                        Map.of(),
                        new String(mutilated, StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void aRecordedReplyCutAnywhereIsNoWholeOne() {
        SplittableRandom random = new SplittableRandom(7);
        for (byte[] body : recorded(4_000)) {
            String whole = new String(body, StandardCharsets.UTF_8);
            Optional<Completion> full = Invariants.read(200, Map.of(), whole);
            for (int cut = 0; cut < body.length; cut += ROUNDS > 1 ? 1 : 1 + random.nextInt(12)) {
                String part = new String(body, 0, cut, StandardCharsets.UTF_8);
                Optional<Completion> read = Invariants.read(200, Map.of(), part);
                boolean blank =
                        whole.substring(Math.min(whole.length(), part.length())).isBlank();
                if (streamed(body)) {
                    // what is whole before the end has its finish reason, and so its text
                    read.ifPresent(completion -> assertThat(completion.text())
                            .isEqualTo(full.orElseThrow().text()));
                } else {
                    assertThat(read.isPresent()).isEqualTo(blank && full.isPresent());
                }
            }
        }
    }

    @Test
    void aRecordedStreamIsReadAlikeInPiecesOfAnySize() {
        for (byte[] body : recorded(30_000)) {
            if (streamed(body)) {
                for (int size : new int[] {1, 2, 3, 7, 64, 1 << 20}) {
                    assertThat(Invariants.readInPieces(body, () -> size)).isPresent();
                }
            }
        }
    }

    @Test
    void depthAndSizeDoNotBreakTheReader() {
        assertThat(reads(200, Map.of(), "[".repeat(100_000))).isFalse();
        assertThat(reads(200, Map.of(), "{\"choices\":".repeat(50_000))).isFalse();
        assertThat(reads(200, Map.of(), "{\"usage\":{\"cost\":" + "9".repeat(5_000) + "},\"choices\":[]}"))
                .isFalse();
        String tags = "<think>a</think>".repeat(50_000);
        assertThat(reads(200, Map.of(), "{\"choices\":[{\"message\":{\"content\":\"" + tags + "\"}}]}"))
                .isTrue();
        assertThat(reads(
                        200,
                        Map.of(),
                        "{\"choices\":[{\"message\":{\"content\":\"" + "<think>".repeat(50_000) + "\"}}]}"))
                .isTrue();
    }

    /** Each of these would take hours if it took quadratic time. */
    @Test
    void longStreamsOfAnyKindAreReadInOneGo() {
        for (String piece :
                List.of("a", "\n", "\r", ":\n", "data:\n", "data\r", "data: {}\n\n", "id: 1\n", "\uFEFF", "{")) {
            reads(200, Map.of(), "data: x\n" + piece.repeat(3_000_000 / piece.length()));
        }
        String delta = "data: {\"choices\":[{\"delta\":{\"content\":\"</think><think>\"}}]}\n\n";
        reads(200, Map.of(), delta.repeat(50_000) + "data: [DONE]\n\n");
        assertThat(reads(200, Map.of(), "\n         \n".repeat(300_000))).isFalse();
        assertThat(reads(502, Map.of(), " x".repeat(2_000_000))).isFalse();
    }
}
