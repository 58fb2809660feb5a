/** Shared inside this module only; no API. */
@NullMarked
package dev.rtel.graders.internal;

import org.jspecify.annotations.NullMarked;
