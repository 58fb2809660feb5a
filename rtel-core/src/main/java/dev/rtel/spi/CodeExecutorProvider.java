package dev.rtel.spi;

/** Service type of {@link CodeExecutor}: list it in {@code META-INF/services/dev.rtel.spi.CodeExecutorProvider}. Preview: may change until a second implementation has proved it. */
public interface CodeExecutorProvider extends ComponentProvider<CodeExecutor> {}
