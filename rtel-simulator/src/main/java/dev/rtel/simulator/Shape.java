package dev.rtel.simulator;

/** One trait of the form of a reply; what the model answers and what it costs stays the same. */
public sealed interface Shape permits UsageShape, UsageChunk, ContentShape, FinishShape, ReasoningText, ModelEcho {}
