package dev.rtel.simulator;

import java.util.Optional;

/**
 * A request on its way to an answer.
 *
 * @param request the request
 * @param served who is to answer it
 * @param fault what goes wrong
 * @param arrival when it arrived, in the time of {@link System#nanoTime()}
 */
record Turn(ChatRequest request, Served served, Optional<Fault> fault, long arrival) {
    boolean has(FaultKind kind) {
        return fault.isPresent() && fault.get().kind() == kind;
    }
}
