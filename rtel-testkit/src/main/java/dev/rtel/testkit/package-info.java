/** Compatibility kits for implementers of the SPI, and test doubles. */
@NullMarked
package dev.rtel.testkit;

import org.jspecify.annotations.NullMarked;
