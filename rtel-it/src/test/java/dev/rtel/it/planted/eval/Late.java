package dev.rtel.it.planted.eval;

/** A later layer. */
public final class Late {}
