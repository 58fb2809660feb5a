package dev.rtel.graders.code;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * All processes of one run: the host, its descendants, its session, and whatever carries the run's mark in its
 * environment or stands in its folder, so that a daemon that left the tree is found too (where there is {@code /proc}).
 */
final class ProcessTree {
    private static final Path PROC = Path.of("/proc");
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(2);
    private final Process host;
    private final byte[] mark;
    private final Path folder;

    ProcessTree(Process host, String mark, Path folder) {
        this.host = host;
        this.mark = mark.getBytes(StandardCharsets.US_ASCII);
        this.folder = folder;
    }

    /** Kills until nothing is alive, for 2 seconds at most; returns whether nothing is. */
    boolean end() {
        long start = System.nanoTime();
        boolean interrupted = false;
        List<ProcessHandle> alive = alive();
        while (!alive.isEmpty() && System.nanoTime() - start < LIMIT_NANOS) {
            alive.forEach(ProcessHandle::destroyForcibly);
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            alive = alive();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return alive.isEmpty();
    }

    private List<ProcessHandle> alive() {
        List<ProcessHandle> found = new ArrayList<>();
        try (Stream<ProcessHandle> descendants = host.descendants()) {
            descendants.forEach(found::add);
        }
        if (host.isAlive()) {
            found.add(host.toHandle());
        }
        if (Files.isDirectory(PROC)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
                for (Path entry : entries) {
                    long pid = Long.parseLong(entry.getFileName().toString());
                    if (pid != ProcessHandle.current().pid() && ours(entry)) {
                        ProcessHandle.of(pid).ifPresent(found::add);
                    }
                }
            } catch (IOException e) {
                return found;
            }
        }
        found.removeIf(handle -> !handle.isAlive());
        return found;
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
                    || Files.readSymbolicLink(entry.resolve("cwd")).startsWith(folder);
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
