package dev.rtel.spi;

/** Service type of {@link ResultStore}: list it in {@code META-INF/services/dev.rtel.spi.ResultStoreProvider}. Preview: may change until a second implementation has proved it. */
public interface ResultStoreProvider extends ComponentProvider<ResultStore> {}
