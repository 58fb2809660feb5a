package dev.rtel.store.sqlite;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * How a store is opened.
 *
 * @param path the file, absolute
 * @param readOnly whether writing is refused
 * @param clock tells when leases end
 * @param lease how long a lease holds without being renewed
 * @param busyTimeout how long to wait for another process's write
 * @param schema the tables
 * @param writerPragmas run on the writing connection after the others
 */
record StoreOptions(
        Path path,
        boolean readOnly,
        Clock clock,
        Duration lease,
        Duration busyTimeout,
        Schema schema,
        List<String> writerPragmas) {
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(10);

    StoreOptions {
        path = path.toAbsolutePath().normalize();
        writerPragmas = List.copyOf(writerPragmas);
    }

    static StoreOptions of(Path path, boolean readOnly, Clock clock) {
        return new StoreOptions(path, readOnly, clock, LEASE, BUSY_TIMEOUT, Schema.current(), List.of());
    }

    StoreOptions withSchema(Schema other) {
        return new StoreOptions(path, readOnly, clock, lease, busyTimeout, other, writerPragmas);
    }

    StoreOptions withBusyTimeout(Duration other) {
        return new StoreOptions(path, readOnly, clock, lease, other, schema, writerPragmas);
    }

    StoreOptions withWriterPragmas(String... pragmas) {
        return new StoreOptions(path, readOnly, clock, lease, busyTimeout, schema, List.of(pragmas));
    }
}
