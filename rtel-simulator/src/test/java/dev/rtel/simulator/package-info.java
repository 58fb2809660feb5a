@NullMarked
package dev.rtel.simulator;

import org.jspecify.annotations.NullMarked;
