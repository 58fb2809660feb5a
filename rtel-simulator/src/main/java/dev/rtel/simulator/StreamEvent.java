package dev.rtel.simulator;

import java.nio.charset.StandardCharsets;

/**
 * A piece of a streamed reply. The bytes are not copied and must not be changed.
 *
 * @param due when it is sent, in nanoseconds since the arrival of the request
 * @param data its bytes
 * @param reasoningTokens tokens of the thinking that are produced with it and before it
 * @param completionTokens tokens of thinking and answer that are produced with it and before it
 * @param last true if nothing is produced after it
 * @param quiet true if no comments are sent while it is waited for
 */
record StreamEvent(long due, byte[] data, long reasoningTokens, long completionTokens, boolean last, boolean quiet) {
    static StreamEvent of(long due, String data, long reasoningTokens, long completionTokens, boolean last) {
        return new StreamEvent(
                due, data.getBytes(StandardCharsets.UTF_8), reasoningTokens, completionTokens, last, false);
    }

    StreamEvent delayed(long nanos, boolean inSilence) {
        return new StreamEvent(due + nanos, data, reasoningTokens, completionTokens, last, inSilence);
    }

    StreamEvent withData(byte[] newData) {
        return new StreamEvent(due, newData, reasoningTokens, completionTokens, last, quiet);
    }
}
