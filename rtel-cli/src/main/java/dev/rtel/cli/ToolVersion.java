package dev.rtel.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Version and commit this tool was built from. */
final class ToolVersion implements IVersionProvider {
    private static final Properties BUILD = load();

    @Override
    public String[] getVersion() {
        return new String[] {
            "rtel " + version() + " (" + commit() + ")",
            "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }

    static String version() {
        return BUILD.getProperty("version", "unknown");
    }

    static String commit() {
        return BUILD.getProperty("commit", "unknown");
    }

    private static Properties load() {
        Properties properties = new Properties();
        try (InputStream stream = ToolVersion.class.getResourceAsStream("build.properties")) {
            if (stream != null) {
                properties.load(stream);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
