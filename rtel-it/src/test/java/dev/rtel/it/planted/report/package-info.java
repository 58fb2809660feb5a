/** Classes that keep or break the rules on purpose. */
@NullMarked
package dev.rtel.it.planted.report;

import org.jspecify.annotations.NullMarked;
