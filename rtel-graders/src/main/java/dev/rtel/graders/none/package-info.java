/** No grading, for workloads whose answers do not matter. */
@NullMarked
package dev.rtel.graders.none;

import org.jspecify.annotations.NullMarked;
