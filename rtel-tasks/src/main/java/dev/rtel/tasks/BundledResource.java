package dev.rtel.tasks;

import dev.rtel.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads files that are part of this module's jar. */
final class BundledResource {
    private BundledResource() {}

    /** Reads a resource relative to this package as UTF-8. */
    static String text(String path) {
        try (InputStream in = BundledResource.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new ConfigException("the bundled file '" + path + "' is missing; the installation is damaged");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ConfigException("the bundled file '" + path + "' cannot be read: " + e, e);
        }
    }
}
