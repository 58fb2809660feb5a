/** Tasks made from a seed: {@code generated:knights?seed=7&n=50}. */
@NullMarked
package dev.rtel.tasks.generated;

import org.jspecify.annotations.NullMarked;
