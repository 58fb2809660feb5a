package dev.rtel.graders.code;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All processes of one run: the host, its descendants, its session, and whatever carries the run's mark in its
 * environment or stands in its folder, so that a daemon that left the tree is found too (where there is {@code /proc}).
 */
final class ProcessTree {
    private static final Path PROC = Path.of("/proc");
    private static final long LEAVES_FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final Logger LOG = LoggerFactory.getLogger(ProcessTree.class);
    private final boolean thorough;
    private final Process host;
    private final byte[] mark;
    private final @Nullable Path folder;

    /** @param thorough whether processes may have left the tree: nothing keeps the code from starting some */
    ProcessTree(Process host, String mark, @Nullable Path folder, boolean thorough) {
        this.thorough = thorough;
        this.host = host;
        this.mark = mark.getBytes(StandardCharsets.US_ASCII);
        this.folder = folder;
    }

    /**
     * Kills until nothing is alive, for 2 seconds at most; returns whether nothing is. The leaves first, so that who
     * started them can collect them and ends by itself: an orphan may find nobody who does.
     */
    boolean end() {
        long start = System.nanoTime();
        boolean interrupted = false;
        Set<ProcessHandle> found = new LinkedHashSet<>();
        collect(found);
        long now = start;
        while (!found.isEmpty() && now - start < LIMIT_NANOS) {
            boolean all = now - start > LEAVES_FIRST_NANOS;
            for (ProcessHandle handle : found) {
                if (all || leaf(handle)) {
                    handle.destroyForcibly();
                }
            }
            try {
                TimeUnit.MILLISECONDS.sleep(2);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            collect(found);
            now = System.nanoTime();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return found.isEmpty();
    }

    private static boolean leaf(ProcessHandle handle) {
        try (Stream<ProcessHandle> children = handle.children()) {
            return children.noneMatch(ProcessTree::running);
        }
    }

    /** Whether it does anything: who has ended but was not collected yet does not. */
    private static boolean running(ProcessHandle handle) {
        if (!handle.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(PROC.resolve(handle.pid() + "/stat"), StandardCharsets.ISO_8859_1);
            return !"ZX"
                    .contains(stat.substring(stat.lastIndexOf(')') + 1).trim().substring(0, 1));
        } catch (IOException | RuntimeException e) {
            // no /proc, or gone in this moment
            return handle.isAlive();
        }
    }

    private void collect(Set<ProcessHandle> found) {
        try (Stream<ProcessHandle> descendants = host.descendants()) {
            descendants.forEach(found::add);
        }
        found.add(host.toHandle());
        if (thorough && Files.isDirectory(PROC)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
                for (Path entry : entries) {
                    long pid = Long.parseLong(entry.getFileName().toString());
                    if (pid != ProcessHandle.current().pid() && ours(entry)) {
                        ProcessHandle.of(pid).ifPresent(found::add);
                    }
                }
            } catch (IOException e) {
                LOG.debug("cannot look through {}", PROC, e);
            }
        }
        found.removeIf(handle -> !running(handle));
    }

    /** Reads of /proc fail for processes of others and for those just gone: neither is ours. */
    private boolean ours(Path entry) {
        try {
            String stat = Files.readString(entry.resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ");
            if (fields[0].equals("Z")) {
                return false;
            }
            if (fields.length > 3 && fields[3].equals(String.valueOf(host.pid()))) {
                return true;
            }
            return contains(Files.readAllBytes(entry.resolve("environ")))
                    || folder != null
                            && Files.readSymbolicLink(entry.resolve("cwd")).startsWith(folder);
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private boolean contains(byte[] environment) {
        outer:
        for (int i = 0; i + mark.length <= environment.length; i++) {
            for (int j = 0; j < mark.length; j++) {
                if (environment[i + j] != mark[j]) {
                    continue outer;
                }
            }
            return true;
        }
        return false;
    }
}
