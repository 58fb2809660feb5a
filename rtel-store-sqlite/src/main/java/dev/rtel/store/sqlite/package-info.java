/**
 * Durable result store in one SQLite file: every paid completion is on disk before the call that stores it returns.
 * Other processes may read while one writes. The file must lie on a local disk: the write-ahead log needs shared
 * memory.
 */
@NullMarked
package dev.rtel.store.sqlite;

import org.jspecify.annotations.NullMarked;
