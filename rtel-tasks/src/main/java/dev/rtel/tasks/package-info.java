/** Roster, task, price and configuration files, the bundled suite, and the words users name them by. */
@NullMarked
package dev.rtel.tasks;

import org.jspecify.annotations.NullMarked;
