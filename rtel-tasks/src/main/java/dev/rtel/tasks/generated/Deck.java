package dev.rtel.tasks.generated;

import dev.rtel.tasks.internal.SplitMix;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Deals truth values: every vector of a length once, in random order, then all of them again. So truth is balanced at
 * every position, and no constant answer is right more often than another. Not thread-safe.
 */
final class Deck {
    private final SplitMix random;
    private final Map<Integer, Deque<List<Boolean>>> left = new TreeMap<>();

    Deck(SplitMix random) {
        this.random = random;
    }

    List<Boolean> next(int length) {
        Deque<List<Boolean>> cards = left.computeIfAbsent(length, k -> new ArrayDeque<>());
        if (cards.isEmpty()) {
            cards.addAll(random.shuffled(all(length)));
        }
        return cards.removeFirst();
    }

    private static List<List<Boolean>> all(int length) {
        List<List<Boolean>> vectors = new ArrayList<>();
        for (int bits = 0; bits < 1 << length; bits++) {
            List<Boolean> vector = new ArrayList<>();
            for (int i = 0; i < length; i++) {
                vector.add((bits >> i & 1) == 1);
            }
            vectors.add(List.copyOf(vector));
        }
        return vectors;
    }
}
