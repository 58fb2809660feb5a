package dev.rtel.simulator;

import java.util.Map;

/**
 * What a route needs of an HTTP request. The body is not copied and must not be changed.
 *
 * @param path the path
 * @param query decoded query parameters
 * @param body the body, may be empty
 * @param arrival when it arrived, in the time of {@link System#nanoTime()}
 */
record Call(String path, Map<String, String> query, byte[] body, long arrival) {}
