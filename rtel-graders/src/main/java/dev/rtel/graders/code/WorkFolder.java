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
import java.util.UUID;
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
            boolean deep;

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
                // so deep that no path leads there: nobody can tell how much it is
                deep |= String.valueOf(e.getMessage()).contains("too long");
                return deep ? FileVisitResult.TERMINATE : add(0);
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
        return count.deep || count.bytes > MOST_BYTES || count.entries > MOST_ENTRIES;
    }

    /** Deletes the folder; all processes of the run have ended before. What cannot be deleted is logged. */
    @Override
    public void close() {
        try {
            boolean secure;
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
                secure = stream instanceof SecureDirectoryStream<?>;
            }
            if (secure) {
                empty();
            } else {
                walk();
            }
            Files.deleteIfExists(path);
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("cannot remove the folder of a code run: {}", path, e);
        }
    }

    /** Takes folders apart from above: what is in one moves up beside it, so that no depth needs a path or a stack. */
    private void empty() throws IOException {
        boolean left = true;
        while (left) {
            left = false;
            String round = "." + UUID.randomUUID() + "-";
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
                var folder = (SecureDirectoryStream<Path>) stream;
                int number = 0;
                for (Path entry : folder) {
                    Path name = entry.getFileName();
                    boolean directory = folder.getFileAttributeView(
                                    name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                            .readAttributes()
                            .isDirectory();
                    if (!directory) {
                        folder.deleteFile(name);
                        continue;
                    }
                    try (SecureDirectoryStream<Path> inner = open(folder, name)) {
                        for (Path below : inner) {
                            lift(inner, name, below.getFileName(), folder, Path.of(round + number++));
                            left = true;
                        }
                    }
                    folder.deleteDirectory(name);
                }
            }
        }
    }

    private void lift(
            SecureDirectoryStream<Path> inner, Path name, Path below, SecureDirectoryStream<Path> folder, Path moved)
            throws IOException {
        BasicFileAttributes attributes = inner.getFileAttributeView(
                        below, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
        if (attributes.isDirectory()) {
            // a folder that may not be written to may not be moved either
            Files.setPosixFilePermissions(
                    path.resolve(name).resolve(below), PosixFilePermissions.fromString("rwx------"));
        }
        inner.move(below, folder, moved);
    }

    private SecureDirectoryStream<Path> open(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        // a folder without permissions; nothing of the run is alive to swap it for a link
        Files.setPosixFilePermissions(path.resolve(name), PosixFilePermissions.fromString("rwx------"));
        return folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
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
