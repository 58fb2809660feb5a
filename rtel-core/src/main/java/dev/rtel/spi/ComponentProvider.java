package dev.rtel.spi;

/**
 * Named factory of a component; the only thing {@link java.util.ServiceLoader} loads. Being on the class path enables
 * nothing: rosters, task files and configuration choose by name.
 *
 * @param <T> the component made
 */
public interface ComponentProvider<T> {
    /** Returns the name: lower-case letters, digits and hyphens; unique per kind of component. */
    String name();

    /**
     * Makes a component. Validates every setting here, never later; opens no connection and writes no file.
     *
     * @throws dev.rtel.config.ConfigException if a setting is missing, unknown or malformed
     */
    T create(ComponentContext context);

    /** Returns one line for listings. */
    default String description() {
        return "";
    }
}
