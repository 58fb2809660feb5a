/** Structured settings with their places, and the errors about them. */
@NullMarked
package dev.rtel.config;

import org.jspecify.annotations.NullMarked;
