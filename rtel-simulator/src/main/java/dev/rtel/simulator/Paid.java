package dev.rtel.simulator;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A completion that was paid for, with all that its generation record needs.
 *
 * @param line its line of the bill
 * @param model who answered
 * @param answer what was answered
 * @param latency how long that took
 * @param polls number of reads of its generation record so far
 */
record Paid(BillLine line, ModelProfile model, Answer answer, Duration latency, AtomicInteger polls) {}
