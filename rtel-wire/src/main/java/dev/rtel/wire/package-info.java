/** Reads chat-completion replies, usage reports and billing records of OpenAI-compatible servers. Pure: no I/O. */
@NullMarked
package dev.rtel.wire;

import org.jspecify.annotations.NullMarked;
