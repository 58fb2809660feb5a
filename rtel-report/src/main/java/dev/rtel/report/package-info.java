/** Result files of a run, machine formats and text: JSON, CSV, JSONL, checksums and the table on the terminal. */
@NullMarked
package dev.rtel.report;

import org.jspecify.annotations.NullMarked;
