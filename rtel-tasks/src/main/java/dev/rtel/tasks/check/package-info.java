/** What makes a task sound, as far as it can be seen without asking a model. */
@NullMarked
package dev.rtel.tasks.check;

import org.jspecify.annotations.NullMarked;
