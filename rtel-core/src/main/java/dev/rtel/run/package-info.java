/** Watching and steering a run. */
@NullMarked
package dev.rtel.run;

import org.jspecify.annotations.NullMarked;
