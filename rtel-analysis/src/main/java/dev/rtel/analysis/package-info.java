/** Leaderboard figures as pure functions of trial records: no input or output, no clock, no chance. */
@NullMarked
package dev.rtel.analysis;

import org.jspecify.annotations.NullMarked;
