package dev.rtel.tasks.internal;

import dev.rtel.config.ConfigException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects what is wrong with a file, so that it is told at once and in file order. Not thread-safe. */
public final class Problems {
    /** At most this many problems are spelt out. */
    public static final int SHOWN = 20;

    private record Problem(int fileOrder, Place place, String message) {}

    private final List<String> files = new ArrayList<>();
    private final List<Problem> found = new ArrayList<>();

    /** Notes a problem. */
    public void add(Place place, String message) {
        if (!files.contains(place.file())) {
            files.add(place.file());
        }
        found.add(new Problem(files.indexOf(place.file()), place, message));
    }

    /** Returns whether nothing was noted. */
    public boolean none() {
        return found.isEmpty();
    }

    /**
     * Ends the reading if something was noted.
     *
     * @throws ConfigException with up to {@value #SHOWN} problems, one a line, first in the file first
     */
    public void throwIfAny() {
        if (found.isEmpty()) {
            return;
        }
        Set<String> lines = found.stream()
                .sorted(Comparator.comparingInt(Problem::fileOrder)
                        .thenComparingInt(p -> p.place().line()))
                .map(p -> p.place().say(p.message()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        String told = lines.stream().limit(SHOWN).collect(Collectors.joining("\n"));
        throw new ConfigException(
                lines.size() > SHOWN ? told + "\nand " + (lines.size() - SHOWN) + " more problems" : told);
    }
}
