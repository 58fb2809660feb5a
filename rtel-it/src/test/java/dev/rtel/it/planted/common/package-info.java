/** Classes that keep or break the rules on purpose. */
@NullMarked
package dev.rtel.it.planted.common;

import org.jspecify.annotations.NullMarked;
