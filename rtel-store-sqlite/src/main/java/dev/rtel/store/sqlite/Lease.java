package dev.rtel.store.sqlite;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/**
 * Who writes a run, and until when that holds without being renewed.
 *
 * @param owner {@code host:pid:random}; on Linux the host part ends in the process namespace, since containers may share
 *     a host name but not process ids
 * @param until when it ends
 */
record Lease(String owner, Instant until) {
    private static final String HOST = host();

    /** A name no other store object has. */
    static String newOwner() {
        return HOST + ":" + ProcessHandle.current().pid() + ":"
                + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Whether the owner may still be writing: in time, and not a process of this host that is gone. */
    boolean live(Instant now) {
        if (!until.isAfter(now)) {
            return false;
        }
        String[] parts = owner.split(":");
        return parts.length != 3
                || !parts[0].equals(HOST)
                || !parts[1].matches("\\d{1,18}")
                || running(Long.parseLong(parts[1]));
    }

    /** A killed process that its parent has not yet collected still has an id, but writes no more. */
    private static boolean running(long pid) {
        if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state != 'Z' && state != 'X';
        } catch (IOException | StringIndexOutOfBoundsException e) {
            return true; // not Linux, or gone this moment: the lease then ends by itself
        }
    }

    private static String host() {
        String name = hostName().replaceAll("[^A-Za-z0-9._-]", "-");
        try {
            String namespace =
                    Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return name + "/" + namespace.replaceAll("\\D", "");
        } catch (IOException | UnsupportedOperationException e) {
            return name; // not Linux: host names tell processes apart
        }
    }

    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip(); // asks no name server
        } catch (IOException e) {
            String windows = System.getenv("COMPUTERNAME");
            return windows == null ? resolvedName() : windows;
        }
    }

    private static String resolvedName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost"; // a machine without a resolvable name
        }
    }
}
