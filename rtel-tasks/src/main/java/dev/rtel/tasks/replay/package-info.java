/** Recorded completions: their file and the model client that plays them back. */
@NullMarked
package dev.rtel.tasks.replay;

import org.jspecify.annotations.NullMarked;
