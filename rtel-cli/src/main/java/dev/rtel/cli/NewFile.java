package dev.rtel.cli;

import dev.rtel.config.ConfigException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file as a whole or not at all. */
final class NewFile {
    private NewFile() {}

    /**
     * Writes UTF-8.
     *
     * @param option the option that names the file, for messages
     * @throws ConfigException if there is such a file and it is not to be replaced, or it cannot be written
     */
    static void write(Path file, String option, boolean replace, String text) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null) {
            throw new ConfigException(option + " is '" + file + "', which is a folder; name a file");
        }
        if (!Files.isDirectory(folder)) {
            throw new ConfigException(option + " is '" + file + "', but there is no folder '" + folder + "'");
        }
        if (Files.exists(file) && !replace) {
            throw exists(file, option);
        }
        try {
            Path beside = folder.resolve("." + file.getFileName() + "-" + Long.toHexString(System.nanoTime()) + ".tmp");
            try {
                Files.writeString(beside, text, StandardOpenOption.CREATE_NEW);
                if (replace) {
                    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
                } else {
                    Files.move(beside, file);
                }
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (FileAlreadyExistsException e) {
            throw exists(file, option);
        } catch (IOException e) {
            throw new ConfigException(option + " is '" + file + "', which cannot be written: " + e, e);
        }
    }

    private static ConfigException exists(Path file, String option) {
        return new ConfigException(
                option + " is '" + file + "', which is there already; give another name, or --force to replace it");
    }
}
