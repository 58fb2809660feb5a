/** The machinery behind the facade; not for use outside this module. */
@NullMarked
package dev.rtel.internal;

import org.jspecify.annotations.NullMarked;
