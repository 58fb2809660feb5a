/** The grader that has a model check a proof against a rubric and computes the verdict itself. */
@NullMarked
package dev.rtel.graders.judge;

import org.jspecify.annotations.NullMarked;
