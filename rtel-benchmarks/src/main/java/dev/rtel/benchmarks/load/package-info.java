/** The whole program under load: a server in a process of its own, RTEL embedded, and a bare client beside it. */
@NullMarked
package dev.rtel.benchmarks.load;

import org.jspecify.annotations.NullMarked;
