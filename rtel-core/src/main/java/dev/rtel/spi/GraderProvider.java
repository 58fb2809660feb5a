package dev.rtel.spi;

/** Service type of {@link Grader}: list it in {@code META-INF/services/dev.rtel.spi.GraderProvider}. */
public interface GraderProvider extends ComponentProvider<Grader> {}
