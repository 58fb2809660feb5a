/** What outsiders implement: models, tasks, graders, token extractors, runners, stores, reporters. */
@NullMarked
package dev.rtel.spi;

import org.jspecify.annotations.NullMarked;
