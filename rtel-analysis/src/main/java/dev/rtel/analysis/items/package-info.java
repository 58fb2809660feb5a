/** What a run's answers say about its samples, rather than about its models. Pure functions. */
@NullMarked
package dev.rtel.analysis.items;

import org.jspecify.annotations.NullMarked;
