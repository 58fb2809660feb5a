package dev.rtel.simulator;

/** What answers a request: all at once, or event by event. */
sealed interface Response permits Reply, EventStream {}
