/** Tests of the HTML report. */
@NullMarked
package dev.rtel.report.html;

import org.jspecify.annotations.NullMarked;
