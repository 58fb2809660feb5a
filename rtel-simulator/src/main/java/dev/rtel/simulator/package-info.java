/**
 * A local OpenRouter with scripted models: real HTTP on 127.0.0.1, replies, whole or streamed, that depend on a seed and never
 * on the order of arrival, faults, limits and storms on demand, and a bill of every answer that was paid for.
 *
 * <p>A request may name its place in a run in its {@code metadata} (a map of strings): {@code rtel_trial} (opaque key of the
 * trial), {@code rtel_epoch} and {@code rtel_attempt} (whole numbers from 1, both 1 if absent) and {@code rtel_attempt_id}.
 * Right or wrong, text, token counts and truncation depend on seed, model id, sample key and epoch only, scaled and limited
 * by the request's parameters; the attempt decides on id, latency and faults.
 */
@NullMarked
package dev.rtel.simulator;

import org.jspecify.annotations.NullMarked;
