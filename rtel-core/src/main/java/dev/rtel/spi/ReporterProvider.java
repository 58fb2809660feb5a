package dev.rtel.spi;

/** Service type of {@link Reporter}: list it in {@code META-INF/services/dev.rtel.spi.ReporterProvider}. Preview: may change until a second implementation has proved it. */
public interface ReporterProvider extends ComponentProvider<Reporter> {}
