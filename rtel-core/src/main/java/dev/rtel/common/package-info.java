/** Values shared by all packages: errors, secrets, plain data. */
@NullMarked
package dev.rtel.common;

import org.jspecify.annotations.NullMarked;
