/** Immutable data of an evaluation. */
@NullMarked
package dev.rtel.eval;

import org.jspecify.annotations.NullMarked;
