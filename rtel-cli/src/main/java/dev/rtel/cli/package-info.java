/** The {@code rtel} command. Not for embedding: use {@link dev.rtel.Rtel}. */
@NullMarked
package dev.rtel.cli;

import org.jspecify.annotations.NullMarked;
