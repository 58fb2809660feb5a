package dev.rtel.store.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

/**
 * Gets SQLite's native library out of the driver's jar. The driver unpacks it too, but then compares both copies byte by
 * byte, which takes longer than all the rest of opening a store. Where this does not work, the driver does it.
 */
final class NativeLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
    /** Where the driver looks first. */
    private static final String DRIVER_PATH = "org.sqlite.lib.path";

    private static final String SYSTEM = System.getProperty("os.name", "");

    private NativeLibrary() {}

    private static final class Once {
        static final boolean LOADED = load();
    }

    /** Loads it, unless that was tried before. */
    static void prepare() {
        if (!Once.LOADED) {
            LOG.debug("SQLite's native library is left to the driver");
        }
    }

    private static boolean load() {
        // a library in use cannot be deleted on Windows, and the driver knows how to clean up there
        if (System.getProperty(DRIVER_PATH) != null || SYSTEM.startsWith("Windows")) {
            return false;
        }
        String name = LibraryLoaderUtil.getNativeLibName();
        String resource = resources() + "/" + name;
        try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            return in != null && load(in, name);
        } catch (Exception e) {
            LOG.debug("SQLite's native library could not be unpacked", e);
            return false;
        }
    }

    /** The driver tells Linux from Android by a process that it starts; a library that does not fit is left to it. */
    private static String resources() {
        return SYSTEM.equals("Linux")
                ? "/org/sqlite/native/" + (OSInfo.isMusl() ? "Linux-Musl/" : "Linux/") + OSInfo.getArchName()
                : LibraryLoaderUtil.getNativeLibResourcePath();
    }

    private static boolean load(InputStream library, String name) throws Exception {
        Path folder = folder();
        Path file = folder.resolve(name);
        try {
            Files.copy(library, file);
            System.setProperty(DRIVER_PATH, folder.toString());
            try {
                return SQLiteJDBCLoader.initialize();
            } finally {
                System.clearProperty(DRIVER_PATH);
            }
        } finally {
            Files.deleteIfExists(file); // stays mapped
            Files.deleteIfExists(folder);
        }
    }

    /** For this user only, so that nobody else can put a library there. */
    private static Path folder() throws IOException {
        String given = System.getProperty("org.sqlite.tmpdir");
        return given == null
                ? Files.createTempDirectory("rtel-sqlite")
                : Files.createTempDirectory(Path.of(given), "rtel-sqlite");
    }
}
