package dev.rtel.benchmarks;

import dev.rtel.eval.Completion;
import dev.rtel.eval.TokenUsage;
import dev.rtel.wire.ChatReply;
import dev.rtel.wire.ChatStream;
import dev.rtel.wire.InterfaceProfile;
import dev.rtel.wire.SseParser;
import dev.rtel.wire.UsageAccounting;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * From the bytes of a reply to its booked tokens: a reply in one piece, and an event stream in the pieces in which it
 * comes out of a socket. Runs under the JVM options the {@code rtel} script uses for runs.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgs = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"})
@State(Scope.Benchmark)
public class ReplyBenchmark {
    private static final int PIECE = 8 * 1024;
    private static final int OK = 200;
    private static final Map<String, String> HEADERS = Map.of("content-type", "application/json");
    private static final Instant NOW = Instant.EPOCH;

    private final String whole = Replies.whole();
    private final Completion completion = ChatReply.read(OK, HEADERS, whole, NOW);
    private final byte[] stream = Replies.stream();
    private final String streamText = new String(stream, StandardCharsets.UTF_8);

    /** Reads a reply in one piece. */
    @Benchmark
    public Completion read() {
        return ChatReply.read(OK, HEADERS, whole, NOW);
    }

    /** Books the tokens and the cost of a reply that was read. */
    @Benchmark
    public TokenUsage extract() {
        return UsageAccounting.of(completion, InterfaceProfile.OPENROUTER);
    }

    /** Takes a stream apart into events. */
    @Benchmark
    public void parseEvents(Blackhole events) {
        feed(new SseParser((name, data) -> events.consume(data)));
    }

    /** Takes a stream apart and puts the reply together. */
    @Benchmark
    public Completion readStream() {
        ChatStream reply = new ChatStream(OK, HEADERS, System::nanoTime);
        feed(new SseParser((name, data) -> reply.event(data)));
        return reply.end(streamText, NOW);
    }

    private void feed(SseParser parser) {
        for (int at = 0; at < stream.length; at += PIECE) {
            parser.feed(stream, at, Math.min(PIECE, stream.length - at));
        }
        parser.end();
    }
}
