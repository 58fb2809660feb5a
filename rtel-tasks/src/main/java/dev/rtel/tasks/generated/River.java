package dev.rtel.tasks.generated;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** A ferryman's task: animals, quarrels and the room in the boat. A bank is a set of bits. */
final class River {
    /** Two animals that must not be left alone together. */
    record Quarrel(int one, int other) {}

    private final int all;
    private final boolean[] safe;

    River(int animals, List<Quarrel> quarrels) {
        this.all = (1 << animals) - 1;
        this.safe = new boolean[all + 1];
        for (int bank = 0; bank <= all; bank++) {
            int here = bank;
            safe[bank] = quarrels.stream().noneMatch(q -> (here >> q.one() & 1) == 1 && (here >> q.other() & 1) == 1);
        }
    }

    /**
     * What a breadth-first search finds.
     *
     * @param crossings fewest crossings; -1 if it cannot be done
     * @param states states reached on the way
     */
    record Search(int crossings, int states) {
        boolean possible() {
            return crossings > 0;
        }
    }

    /** Searches the states (left bank, side of the boat) in the order of their distance. */
    Search search(int room) {
        int[] distance = new int[2 * (all + 1)];
        Arrays.fill(distance, -1);
        int first = 2 * all;
        distance[first] = 0;
        Deque<Integer> queue = new ArrayDeque<>(List.of(first));
        int states = 1;
        while (!queue.isEmpty()) {
            int state = queue.removeFirst();
            int left = state >> 1;
            boolean over = (state & 1) == 1;
            int here = over ? all & ~left : left;
            // every part of this bank, the empty one last
            for (int load = here; ; load = (load - 1) & here) {
                if (Integer.bitCount(load) <= room && safe[here & ~load]) {
                    int next = 2 * (over ? left | load : left & ~load) + (over ? 0 : 1);
                    if (distance[next] < 0) {
                        distance[next] = distance[state] + 1;
                        states++;
                        queue.addLast(next);
                        if (next == 1) {
                            return new Search(distance[next], states);
                        }
                    }
                }
                if (load == 0) {
                    break;
                }
            }
        }
        return new Search(-1, states);
    }
}
