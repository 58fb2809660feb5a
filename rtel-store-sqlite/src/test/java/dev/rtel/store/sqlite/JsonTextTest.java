package dev.rtel.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.common.PlainJson;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTextTest {
    private final Deflation deflation = new Deflation();

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyStringSurvivesEvenHalvesOfPairs(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(0, 3_000);
        for (int i = 0; i < length; i++) {
            text.append(
                    random.nextInt(4) == 0 ? (char) random.nextInt(0xd700, 0xe100) : (char) random.nextInt(0x10000));
        }
        String json = PlainJson.write(text.toString());

        String back = JsonText.inflate(deflation.of(json));

        assertThat(PlainJson.read(back)).isEqualTo(text.toString());
        assertThat(JsonText.encodable(back)).isEqualTo(back);
    }

    @Test
    void textWithoutHalvesIsKeptAsItIs() throws Exception {
        String json = "{\"a\":  \"\uD83D\uDE00 é \\u0000\"}" + " ".repeat(100_000);

        assertThat(JsonText.inflate(deflation.of(json))).isEqualTo(json);
        assertThat(deflation.of(json)).hasSizeLessThan(1_000);
        assertThat(JsonText.inflate(deflation.of(""))).isEmpty();
    }

    @Test
    void damagedBytesAreAnErrorAndNoEndlessLoop() {
        byte[] whole = deflation.of("some text that is long enough to be cut");

        assertThatThrownBy(() -> JsonText.inflate(Arrays.copyOf(whole, whole.length - 3)))
                .isInstanceOf(DataFormatException.class);
        whole[whole.length - 1]++;
        assertThatThrownBy(() -> JsonText.inflate(whole)).isInstanceOf(DataFormatException.class);
    }
}
