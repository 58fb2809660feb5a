package dev.rtel.simulator;

import java.time.Duration;

/**
 * When the deltas of one streamed reply are sent, in nanoseconds since the arrival of the request.
 *
 * @param firstReasoning when the first delta of the thinking is due
 * @param reasoningGap time between two deltas of the thinking
 * @param firstContent when the first delta of the answer is due
 * @param contentGap time between two deltas of the answer
 * @param end when the finish reason is due
 */
record Timeline(long firstReasoning, long reasoningGap, long firstContent, long contentGap, long end) {
    /** Share of the latency before the first delta. */
    private static final double SILENCE = 0.2;

    static Timeline of(Pacing pacing, Duration latency, double thinkingShare, int reasoningDeltas, int contentDeltas) {
        long total = latency.toNanos();
        long start = (long) (total * SILENCE);
        long firstReasoning = pacing.firstReasoning().map(Duration::toNanos).orElse(start);
        long thought = start + (long) ((total - start) * thinkingShare);
        long wanted = pacing.firstContent()
                .map(Duration::toNanos)
                .orElse(reasoningDeltas > 0 ? Math.max(thought, firstReasoning) : thought);
        long reasoningGap = gap(pacing, wanted - firstReasoning, reasoningDeltas);
        long firstContent = Math.max(wanted, reasoningDeltas > 0 ? firstReasoning + reasoningGap * reasoningDeltas : 0);
        long contentGap = gap(pacing, total - firstContent, contentDeltas);
        return new Timeline(
                firstReasoning, reasoningGap, firstContent, contentGap, firstContent + contentGap * contentDeltas);
    }

    private static long gap(Pacing pacing, long room, int deltas) {
        return pacing.chunkGap().map(Duration::toNanos).orElse(deltas == 0 ? 0 : Math.max(0, room) / deltas);
    }
}
