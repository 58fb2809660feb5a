package dev.rtel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SseParserTest {
    private final List<String> events = new ArrayList<>();

    private SseParser parser() {
        events.clear();
        return new SseParser((name, data) -> events.add(name.isEmpty() ? data : name + "|" + data));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> whole(byte[] bytes) {
        SseParser parser = parser();
        parser.feed(bytes, 0, bytes.length);
        parser.end();
        return List.copyOf(events);
    }

    /** Reads the bytes whole, one by one, and cut in two anywhere: always the same events. */
    private List<String> read(String text) {
        byte[] bytes = bytes(text);
        List<String> whole = whole(bytes);
        SseParser single = parser();
        for (int i = 0; i < bytes.length; i++) {
            single.feed(bytes, i, 1);
        }
        single.end();
        assertThat(events).as("byte by byte").isEqualTo(whole);
        for (int cut = 0; cut <= bytes.length; cut++) {
            SseParser cutInTwo = parser();
            cutInTwo.feed(bytes, 0, cut);
            cutInTwo.feed(bytes, cut, bytes.length - cut);
            cutInTwo.end();
            assertThat(events).as("cut at %s", cut).isEqualTo(whole);
        }
        return whole;
    }

    /** The stream with \n, \r and so on spelt out; the events parted by {@code ;}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '^',
            quoteCharacter = '`',
            value = {
                "data: a\\n\\ndata: b\\n\\n^a;b",
                "data: a\\r\\rdata: b\\r\\r^a;b",
                "data: a\\r\\n\\r\\ndata: b\\r\\n\\r\\n^a;b",
                "data: a\\r\\ndata: b\\r\\r\\n^a/b",
                "data: a\\n\\r\\ndata: b\\r\\n\\n^a;b",
                "data:a\\n\\n^a",
                "data:  a \\n\\n^` a `",
                "data: a\\ndata: b\\ndata:\\ndata: c\\n\\n^a/b//c",
                "data\\n\\n^<empty>",
                "data:\\n\\n^<empty>",
                "data: a: b\\n\\n^a: b",
                ": OPENROUTER PROCESSING\\n\\n:\\n\\ndata: a\\n: amid\\ndata: b\\n\\n^a/b",
                "event: error\\nid: 7\\nretry: 100\\ndata: a\\n\\ndata: b\\n\\n^error|a;b",
                "event: lost\\n\\ndata: b\\n\\n^b",
                "event:x\\ndata: a\\n\\n^x|a",
                "database: a\\ndat: b\\ndata : c\\nDATA: d\\nevents: e\\n\\n^<none>",
                "\\n\\n\\r\\n\\n^<none>",
                "^<none>",
                "data: a^a",
                "data: a\\n^a",
                "data: a\\n\\n^a",
                "data: a\\r^a",
                "data: a\\n\\ndata: b^a;b",
                "\\uFEFFdata: a\\n\\n^a",
                "\\uFEFF\\ndata: a^a",
                "\\uFEFF: hello\\ndata: a^a",
                "data: a\\n\\uFEFFdata: b\\n\\n^a",
                "data: ä€😀\\n\\n^ä€😀",
                "data: {\"a\":\"b\\\\nc\"}\\n\\n^{\"a\":\"b\\\\nc\"}",
                "garbage\\n\\n<html>\\n\\n^<none>",
            })
    void streamsAreReadWhereverTheyAreCut(String stream, String expected) {
        String text = (stream == null ? "" : stream)
                .replace("\\\\", "\0")
                .replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\uFEFF", "\uFEFF")
                .replace("\0", "\\");
        List<String> told = new ArrayList<>(read(text));
        told.replaceAll(event -> event.isEmpty() ? "<empty>" : event.replace('\n', '/'));
        assertThat(told.isEmpty() ? "<none>" : String.join(";", told)).isEqualTo(expected.replace("\\\\", "\\"));
    }

    @Test
    void bytesThatAreNoTextAreReplacedNotRefused() {
        byte[] bytes = bytes("data: a?b\n\ndata: c\n\n");
        bytes[7] = (byte) 0xC3;
        assertThat(whole(bytes)).containsExactly("a\uFFFDb", "c");
    }

    @Test
    void buffersOfAnyKindAreTakenWhole() {
        byte[] bytes = bytes("data: " + "x".repeat(20_000) + "\n\ndata: y\n\n");
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        ByteBuffer slice = ByteBuffer.allocate(bytes.length + 7)
                .position(7)
                .slice()
                .put(bytes)
                .flip();
        for (ByteBuffer buffer :
                List.of(direct, slice, ByteBuffer.wrap(bytes).asReadOnlyBuffer(), ByteBuffer.wrap(bytes))) {
            SseParser parser = parser();
            parser.feed(buffer);
            parser.end();
            assertThat(buffer.hasRemaining()).isFalse();
            assertThat(events).containsExactly("x".repeat(20_000), "y");
        }
    }

    @Test
    void anEventIsToldAsSoonAsItsBlankLineIsThere() {
        SseParser parser = parser();
        byte[] first = bytes("data: a\n\r");
        parser.feed(first, 0, first.length);
        assertThat(events).containsExactly("a");
    }

    @Test
    void aLineBeyondTheLimitIsRefusedHoweverItComes() {
        byte[] exact = bytes("data: 890\n\n");
        SseParser fits = new SseParser(9, (name, data) -> events.add(data));
        fits.feed(exact, 0, exact.length);
        fits.end();
        assertThat(events).containsExactly("890");
        for (String line : List.of("data: 8901\n\n", ": comments\n", "unknown: 1\n")) {
            byte[] bytes = bytes(line);
            assertThatThrownBy(() -> new SseParser(9, (name, data) -> {}).feed(bytes, 0, bytes.length))
                    .isInstanceOf(SseParser.TooLargeException.class)
                    .hasMessageContaining("9 bytes");
            assertThatThrownBy(() -> {
                        SseParser parser = new SseParser(9, (name, data) -> {});
                        for (int i = 0; i < bytes.length; i++) {
                            parser.feed(bytes, i, 1);
                        }
                    })
                    .isInstanceOf(SseParser.TooLargeException.class);
        }
    }

    @Test
    void anEventOfManyLinesBeyondTheLimitIsRefused() {
        byte[] bytes = bytes("data: 1\n".repeat(10));
        assertThatThrownBy(() -> new SseParser(50, (name, data) -> {}).feed(bytes, 0, bytes.length))
                .isInstanceOf(SseParser.TooLargeException.class)
                .hasMessageContaining("an event");
        byte[] separate = bytes("data: 1\n\n".repeat(10));
        SseParser parser = new SseParser(50, (name, data) -> events.add(data));
        parser.feed(separate, 0, separate.length);
        assertThat(events).hasSize(10);
    }

    @Test
    void afterTheEndNothingIsTaken() {
        SseParser parser = parser();
        parser.end();
        parser.end();
        assertThatThrownBy(() -> parser.feed(new byte[1], 0, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> parser().feed(new byte[1], 0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new SseParser(0, (name, data) -> {})).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void eventsMadeAtRandomComeBackWhateverTheChunks() {
        SplittableRandom random = new SplittableRandom(20_261_101);
        String[] ends = {"\n", "\r\n", "\r"};
        for (int round = 0; round < 300; round++) {
            StringBuilder stream = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
            List<String> expected = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                List<String> lines = new ArrayList<>();
                for (int j = random.nextInt(3); j >= 0; j--) {
                    String value = "é€x".repeat(random.nextInt(5));
                    lines.add(value);
                    stream.append(random.nextInt(5) == 0 ? ": comment" + ends[random.nextInt(3)] : "")
                            .append(value.isEmpty() && random.nextBoolean() ? "data" : "data: " + value)
                            .append(random.nextInt(5) == 0 ? ends[random.nextInt(3)] + "id: 3" : "")
                            // not a CR that the next line's LF would complete
                            .append(ends[random.nextInt(2)]);
                }
                expected.add(String.join("\n", lines));
                stream.append(ends[random.nextInt(2)]);
            }
            byte[] bytes = bytes(stream.toString());
            SseParser parser = parser();
            for (int at = 0; at < bytes.length; ) {
                int length = Math.min(bytes.length - at, random.nextInt(9));
                parser.feed(bytes, at, length);
                at += length;
            }
            parser.end();
            assertThat(events).as(stream.toString()).isEqualTo(expected);
        }
    }
}
