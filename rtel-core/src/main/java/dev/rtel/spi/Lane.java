package dev.rtel.spi;

/**
 * Who shares limits with whom: calls in one lane are slowed down and paused together, other lanes are not.
 *
 * @param account what shares a key and the limits that come with it, e.g. {@code https://openrouter.ai}
 * @param provider what shares the limits of an upstream provider within the account, e.g. {@code deepinfra}
 */
public record Lane(String account, String provider) {}
