/** Benchmarks of parts of RTEL; run them with {@code java -jar target/benchmarks.jar NAME}. */
@NullMarked
package dev.rtel.benchmarks;

import org.jspecify.annotations.NullMarked;
