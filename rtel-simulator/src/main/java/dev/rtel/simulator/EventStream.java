package dev.rtel.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A reply that is sent event by event, with comments in between while the client waits. Immutable.
 *
 * @param headers headers beside the content type
 * @param events what is sent, in order
 * @param ending what comes after the events
 * @param arrival when the request arrived, in the time of {@link System#nanoTime()}
 * @param settlement what its end means for the account
 * @param release run before the last bytes are sent, or when sending failed; more than once does no harm
 */
record EventStream(
        Map<String, String> headers,
        List<StreamEvent> events,
        Ending ending,
        long arrival,
        Settlement settlement,
        Runnable release)
        implements Response {
    static final String COMMENT = ": OPENROUTER PROCESSING\n\n";

    private static final long HEARTBEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final byte[] COMMENT_BYTES = COMMENT.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);

    /** What comes after the events. */
    enum Ending {
        /** {@code [DONE]} and the regular end. */
        DONE,
        /** The regular end without {@code [DONE]}. */
        NO_DONE,
        /** The connection is closed in the middle of the body. */
        CUT
    }

    EventStream withHeader(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new EventStream(Map.copyOf(more), events, ending, arrival, settlement, release);
    }

    EventStream withEnding(Ending newEnding) {
        return new EventStream(headers, events, newEnding, arrival, settlement, release);
    }

    EventStream withRelease(Runnable action) {
        return new EventStream(headers, events, ending, arrival, settlement, action);
    }

    /** Returns a stream that ends in the middle of its middle event. */
    EventStream halved(Ending newEnding) {
        int middle = events.size() / 2;
        List<StreamEvent> first = new ArrayList<>(events.subList(0, middle));
        byte[] data = events.get(middle).data();
        first.add(events.get(middle).withData(Arrays.copyOf(data, data.length / 2)));
        return new EventStream(headers, List.copyOf(first), newEnding, arrival, settlement, release);
    }

    /** Returns a stream that pauses without a word before its middle event. */
    EventStream stalled(long nanos) {
        List<StreamEvent> late = new ArrayList<>(events);
        int middle = events.size() / 2;
        for (int i = middle; i < events.size(); i++) {
            late.set(i, events.get(i).delayed(nanos, i == middle));
        }
        return new EventStream(headers, List.copyOf(late), ending, arrival, settlement, release);
    }

    /**
     * Sends everything that is still wanted.
     *
     * @return false if the connection must be closed without a regular end
     */
    boolean sendTo(OutputStream out) throws InterruptedException {
        boolean settled = false;
        StreamEvent before = new StreamEvent(0, new byte[0], 0, 0, false, false);
        try {
            for (int i = 0; i < events.size(); i++) {
                StreamEvent event = events.get(i);
                if (!waitFor(event, out)) {
                    if (!settled) {
                        cancel(before, event);
                    }
                    return false;
                }
                before = event;
                if (!settled && (event.last() || i == events.size() - 1)) {
                    settlement.finished();
                    release.run();
                    settled = true;
                }
                out.write(event.data());
            }
            if (ending == Ending.DONE) {
                out.write(DONE);
            }
            out.flush();
            return ending != Ending.CUT;
        } catch (IOException e) {
            if (!settled) {
                settlement.cancelled(before.reasoningTokens(), before.completionTokens());
            }
            return false; // the client has gone
        } finally {
            release.run();
        }
    }

    /** Settles a stream of which nothing can be sent. */
    void abandon() {
        settlement.cancelled(0, 0);
        release.run();
    }

    /** Waits until an event is due; returns false if the client goes away meanwhile. */
    private boolean waitFor(StreamEvent event, OutputStream out) throws InterruptedException {
        long left = arrival + event.due() - System.nanoTime();
        if (left <= 0) {
            return true;
        }
        try {
            out.flush();
            while (left > 0) {
                TimeUnit.NANOSECONDS.sleep(event.quiet() ? left : Math.min(left, HEARTBEAT_NANOS));
                left = arrival + event.due() - System.nanoTime();
                if (left > 0 && !event.quiet()) {
                    out.write(COMMENT_BYTES);
                    out.flush();
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Bills what was produced at this moment, between two events. */
    private void cancel(StreamEvent before, StreamEvent next) {
        double span = Math.max(1, next.due() - before.due());
        double share = Math.max(0, Math.min(1, (System.nanoTime() - arrival - before.due()) / span));
        long reasoning = between(before.reasoningTokens(), next.reasoningTokens(), share);
        long visible = between(
                before.completionTokens() - before.reasoningTokens(),
                next.completionTokens() - next.reasoningTokens(),
                share);
        settlement.cancelled(reasoning, reasoning + visible);
    }

    private static long between(long from, long to, double share) {
        return from + (long) ((to - from) * share);
    }
}
