/** Classes that keep or break the rules on purpose. */
@NullMarked
package dev.rtel.it.planted.tasks;

import org.jspecify.annotations.NullMarked;
