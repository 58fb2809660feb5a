/** Classes that keep or break the rules on purpose. */
@NullMarked
package dev.rtel.it.planted.eval;

import org.jspecify.annotations.NullMarked;
