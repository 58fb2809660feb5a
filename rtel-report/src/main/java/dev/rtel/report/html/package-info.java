/** The report as one static page: tables, an accuracy-against-tokens chart and every sample, without a script. */
@NullMarked
package dev.rtel.report.html;

import org.jspecify.annotations.NullMarked;
