package dev.rtel.eval;

/**
 * Who produces a model's completions: part of the completion fingerprint, so that a simulated completion is never
 * taken for a real one.
 *
 * @param client kind of client, e.g. {@code openrouter}
 * @param simulated whether a simulator answers
 */
public record Origin(String client, boolean simulated) {}
