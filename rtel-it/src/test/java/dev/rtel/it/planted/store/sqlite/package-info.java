/** Classes that keep or break the rules on purpose. */
@NullMarked
package dev.rtel.it.planted.store.sqlite;

import org.jspecify.annotations.NullMarked;
