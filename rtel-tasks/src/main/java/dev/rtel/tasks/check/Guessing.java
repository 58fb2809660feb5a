package dev.rtel.tasks.check;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far one gets on a task without reading it.
 *
 * @param random accuracy of a guesser who knows the forms of the answers, 0..1; empty when it is unknown for a sample
 * @param constant the answer that is right most often; empty when no sample has a gold answer
 * @param constantRight samples it passes, twins considered
 * @param of samples
 */
public record Guessing(OptionalDouble random, Optional<String> constant, int constantRight, int of) {}
