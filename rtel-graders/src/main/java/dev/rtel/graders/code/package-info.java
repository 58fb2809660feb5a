/** The grader that runs submitted Python, the executor behind it, and the protocol between the two. */
@NullMarked
package dev.rtel.graders.code;

import org.jspecify.annotations.NullMarked;
