/** Classes that keep or break the rules on purpose. */
@NullMarked
package dev.rtel.it.planted.wire;

import org.jspecify.annotations.NullMarked;
