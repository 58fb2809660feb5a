package dev.rtel.it.planted.internal;

/** For its own module only. */
public final class Hidden {}
