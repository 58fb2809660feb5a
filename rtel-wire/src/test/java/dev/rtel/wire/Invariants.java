package dev.rtel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.eval.Completion;
import dev.rtel.eval.Count;
import dev.rtel.eval.TokenUsage;
import dev.rtel.spi.ModelException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** What holds whatever a server sends. */
final class Invariants {
    /** Beyond so many numbers it is not worth finding out which of them make up a count. */
    private static final int MOST_NUMBERS = 10;

    private static final BigDecimal TICKS = new BigDecimal("1e10");

    private Invariants() {}

    /** A reply is a completion or a model exception, its counts are those it told, and kept text is read alike. */
    static Optional<Completion> read(int status, Map<String, String> headers, String body) {
        Optional<Completion> read = outcome(() -> ChatReply.read(status, headers, body, Instant.EPOCH));
        read.ifPresent(completion -> {
            assertThat(status).isBetween(200, 299);
            assertThat(completion.raw()).contains(EventText.is(body) ? body : EventText.trim(body));
            for (InterfaceProfile profile : InterfaceProfile.values()) {
                check(completion.usage(), UsageAccounting.of(completion, profile));
            }
            check(completion.usage(), UsageAccounting.of(completion, ReasoningRelation.ADDITIVE));
            check(completion.usage(), UsageAccounting.of(completion, ReasoningRelation.INCLUSIVE));
            if (headers.isEmpty()) {
                assertThat(ChatReply.fromRaw(completion.raw().orElseThrow())).isEqualTo(completion);
            }
        });
        return read;
    }

    private static Optional<Completion> outcome(Supplier<Completion> reading) {
        try {
            return Optional.of(reading.get());
        } catch (ModelException e) {
            assertThat(e.getMessage()).isNotBlank();
            assertThat(e.details().type()).matches("[a-z0-9_]+");
            assertThat(e.details().status()).isPresent();
            return Optional.empty();
        }
    }

    /** A stream cut into pieces of these sizes is read as its text is. */
    static Optional<Completion> readInPieces(byte[] bytes, Supplier<Integer> sizes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        ChatStream stream = new ChatStream(200, Map.of(), () -> 0);
        SseParser parser = new SseParser((name, data) -> stream.event(data));
        for (int at = 0; at < bytes.length; ) {
            int size = Math.min(bytes.length - at, sizes.get());
            parser.feed(bytes, at, size);
            at += size;
        }
        parser.end();
        Optional<Completion> live = outcome(() -> stream.end(text, Instant.EPOCH));
        assertThat(live).isEqualTo(read(200, Map.of(), text));
        return live;
    }

    /** Counts add up, none is negative, and each is a number of the report or a sum or difference of some. */
    static void check(Map<String, ?> report, TokenUsage usage) {
        if (usage.response().known() && usage.reasoning().known()) {
            assertThat(usage.response().value().getAsLong()
                            + usage.reasoning().value().getAsLong())
                    .isEqualTo(usage.completion().value().getAsLong());
        }
        List<BigDecimal> numbers = new ArrayList<>();
        collect(report, numbers);
        for (Count count :
                List.of(usage.prompt(), usage.cached(), usage.response(), usage.reasoning(), usage.completion())) {
            derivable(count.value(), numbers, report);
        }
        derivable(usage.reasoningRaw(), numbers, report);
        usage.cost().usd().ifPresent(usd -> {
            assertThat(usd).isNotNegative();
            assertThat(numbers)
                    .as("%s in %s", usd, report)
                    .anyMatch(n -> n.compareTo(usd) == 0
                            || n.compareTo(usd.multiply(TICKS)) == 0
                            || numbers.stream().anyMatch(m -> n.add(m).compareTo(usd) == 0));
        });
    }

    private static void derivable(OptionalLong count, List<BigDecimal> numbers, Object report) {
        if (count.isEmpty()) {
            return;
        }
        assertThat(count.getAsLong()).isNotNegative();
        BigDecimal value = BigDecimal.valueOf(count.getAsLong());
        if (numbers.stream().noneMatch(n -> n.compareTo(value) == 0) && numbers.size() <= MOST_NUMBERS) {
            assertThat(made(value, numbers, 0)).as("%s in %s", value, report).isTrue();
        }
    }

    private static boolean made(BigDecimal rest, List<BigDecimal> numbers, int from) {
        if (from == numbers.size()) {
            return !numbers.isEmpty() && rest.signum() == 0;
        }
        return made(rest, numbers, from + 1)
                || made(rest.subtract(numbers.get(from)), numbers, from + 1)
                || made(rest.add(numbers.get(from)), numbers, from + 1);
    }

    private static void collect(Object value, List<BigDecimal> numbers) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(inner -> collect(inner, numbers));
        } else if (value instanceof List<?> list) {
            list.forEach(inner -> collect(inner, numbers));
        } else {
            WireNumber.decimal(value).ifPresent(numbers::add);
        }
    }
}
