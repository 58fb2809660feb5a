package dev.rtel.spi;

/** Service type of {@link Runner}: list it in {@code META-INF/services/dev.rtel.spi.RunnerProvider}. */
public interface RunnerProvider extends ComponentProvider<Runner> {}
