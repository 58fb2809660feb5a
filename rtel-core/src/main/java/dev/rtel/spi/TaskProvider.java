package dev.rtel.spi;

/** Service type of {@link Task}: list it in {@code META-INF/services/dev.rtel.spi.TaskProvider}. */
public interface TaskProvider extends ComponentProvider<Task> {}
