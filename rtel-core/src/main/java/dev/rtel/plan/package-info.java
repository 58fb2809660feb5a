/** From a roster and tasks to a plan of trials; no network. */
@NullMarked
package dev.rtel.plan;

import org.jspecify.annotations.NullMarked;
