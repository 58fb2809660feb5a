package dev.rtel.simulator;

import java.time.Duration;

/**
 * Why a provider takes no request.
 *
 * @param status 429 or 503
 * @param pause time until it may take one again
 * @param hint how that time is told
 */
record Refusal(int status, Duration pause, WaitHint hint) {}
