/** Runs the small part of Python that generated debugging samples are written in. */
@NullMarked
package dev.rtel.tasks.internal.python;

import org.jspecify.annotations.NullMarked;
