/** Graders that look for an exact answer in a reply's text: numbers, truth values, choices. */
@NullMarked
package dev.rtel.graders.answer;

import org.jspecify.annotations.NullMarked;
