package dev.rtel.common;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** A list of {@link PlainData} that nobody can change, all the way down: it needs no copy. */
final class PlainList extends AbstractList<@Nullable Object> implements RandomAccess {
    private final @Nullable Object[] values;

    /** Copies the list, not its values, which must be plain data that nobody can change. */
    PlainList(List<@Nullable Object> values) {
        this.values = values.toArray();
    }

    @Override
    public @Nullable Object get(int index) {
        return values[index];
    }

    @Override
    public int size() {
        return values.length;
    }
}
