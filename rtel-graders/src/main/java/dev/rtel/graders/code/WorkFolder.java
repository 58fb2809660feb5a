package dev.rtel.graders.code;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one folder a run may write to. Never follows a link, never reads a file the run left. */
final class WorkFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkFolder.class);
    private static final long MOST_BYTES = 64L << 20;
    private static final int MOST_ENTRIES = 5000;
    private final Path path;

    /** @param forAnybody whether another user must be able to reach it, who will own it */
    WorkFolder(boolean forAnybody) throws IOException {
        path = Files.createTempDirectory(base(forAnybody), "rtel-code-").toRealPath();
    }

    /** The folder for temporary files may lie below one that is closed to others. */
    private static Path base(boolean forAnybody) throws IOException {
        Path usual = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
        Path common = Path.of("/tmp");
        return forAnybody && !PythonProbe.passable(usual) && PythonProbe.passable(common) ? common : usual;
    }

    Path path() {
        return path;
    }

    /** Whether more than 64 MiB or 5,000 entries are in it; stops counting there. */
    boolean full() {
        var count = new SimpleFileVisitor<Path>() {
            long bytes;
            int entries;

            private FileVisitResult add(long size) {
                bytes += size;
                entries++;
                return bytes > MOST_BYTES || entries > MOST_ENTRIES
                        ? FileVisitResult.TERMINATE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                return add(attributes.isRegularFile() ? attributes.size() : 0);
            }

            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                return add(0);
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return add(0);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) {
                return FileVisitResult.CONTINUE;
            }
        };
        try {
            Files.walkFileTree(path, count);
        } catch (IOException e) {
            LOG.debug("cannot look through {}", path, e);
        }
        return count.bytes > MOST_BYTES || count.entries > MOST_ENTRIES;
    }

    /** Deletes the folder; all processes of the run have ended before. What cannot be deleted is logged. */
    @Override
    public void close() {
        try {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
                if (stream instanceof SecureDirectoryStream<Path> secure) {
                    empty(secure, path);
                } else {
                    walk();
                }
            }
            Files.deleteIfExists(path);
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("cannot remove the folder of a code run: {}", path, e);
        }
    }

    private static void empty(SecureDirectoryStream<Path> folder, Path shown) throws IOException {
        for (Path entry : folder) {
            Path name = entry.getFileName();
            boolean directory = folder.getFileAttributeView(
                            name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes()
                    .isDirectory();
            if (directory) {
                try (SecureDirectoryStream<Path> inner = open(folder, name, shown.resolve(name))) {
                    empty(inner, shown.resolve(name));
                }
                folder.deleteDirectory(name);
            } else {
                folder.deleteFile(name);
            }
        }
    }

    private static SecureDirectoryStream<Path> open(SecureDirectoryStream<Path> folder, Path name, Path shown)
            throws IOException {
        try {
            return folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            // a folder without permissions; nothing of the run is alive to swap it for a link
            Files.setPosixFilePermissions(shown, PosixFilePermissions.fromString("rwx------"));
            return folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private void walk() throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) throws IOException {
                if (!dir.equals(path)) {
                    Files.delete(dir);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
