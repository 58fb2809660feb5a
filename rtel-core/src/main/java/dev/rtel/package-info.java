/** Start here: {@link dev.rtel.Rtel} plans, runs, resumes and regrades. */
@NullMarked
package dev.rtel;

import org.jspecify.annotations.NullMarked;
