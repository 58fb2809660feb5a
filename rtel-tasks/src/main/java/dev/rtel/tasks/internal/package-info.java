/** One reader for YAML and JSON that knows where everything stands. Used by this module only. */
@NullMarked
package dev.rtel.tasks.internal;

import org.jspecify.annotations.NullMarked;
