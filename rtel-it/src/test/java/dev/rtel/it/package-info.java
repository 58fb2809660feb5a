/** Architecture and end-to-end tests over the assembled program. */
@NullMarked
package dev.rtel.it;

import org.jspecify.annotations.NullMarked;
