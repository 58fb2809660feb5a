package dev.rtel.tasks.suite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Possible-worlds and search solvers for the logic task. */
final class LogicSolvers {
    private LogicSolvers() {}

    /** True if the child can exclude the world that differs only in its own forehead. */
    private static boolean knows(int child, int world, Set<Integer> possible) {
        return !possible.contains(world ^ (1 << child));
    }

    private static Set<Integer> announced(int children, int atLeast) {
        return IntStream.range(0, 1 << children)
                .filter(world -> Integer.bitCount(world) >= atLeast)
                .boxed()
                .collect(Collectors.toSet());
    }

    private static int answers(int children, int world, Set<Integer> possible) {
        return IntStream.range(0, children)
                .filter(child -> knows(child, world, possible))
                .map(child -> 1 << child)
                .sum();
    }

    /** Answers of every round as bit sets; children 0 to muddy - 1 are the muddy ones. */
    static List<Integer> muddyRounds(int children, int muddy, int atLeast, int rounds) {
        int real = (1 << muddy) - 1;
        Set<Integer> possible = announced(children, atLeast);
        List<Integer> heard = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            Set<Integer> now = possible;
            int answer = answers(children, real, now);
            heard.add(answer);
            possible = now.stream()
                    .filter(world -> answers(children, world, now) == answer)
                    .collect(Collectors.toSet());
        }
        return heard;
    }

    /** The number of muddy children that even the least informed child is sure of before the first round. */
    static int certainMuddy(int children, int muddy, int atLeast) {
        int real = (1 << muddy) - 1;
        Set<Integer> possible = announced(children, atLeast);
        return IntStream.range(0, children)
                .map(child -> possible.stream()
                        .filter(world -> (world | 1 << child) == (real | 1 << child))
                        .mapToInt(Integer::bitCount)
                        .min()
                        .orElseThrow())
                .min()
                .orElseThrow();
    }

    /** Answers of the players from back to front for every arrangement; a capital letter O is an orange cap. */
    static Map<String, String> hats(int players, int orange, int green) {
        List<String> all = List.of("");
        for (int i = 0; i < players; i++) {
            all = all.stream().flatMap(w -> List.of(w + "O", w + "g").stream()).toList();
        }
        List<String> worlds = all.stream()
                .filter(w -> w.chars().filter(c -> c == 'O').count() <= orange)
                .filter(w -> w.chars().filter(c -> c == 'g').count() <= green)
                .toList();
        Map<String, String> answers = new HashMap<>();
        worlds.forEach(real -> answers.put(real, listen(real, worlds)));
        return answers;
    }

    private static String listen(String real, List<String> worlds) {
        List<String> left = worlds;
        StringBuilder heard = new StringBuilder();
        for (int player = 0; player < real.length(); player++) {
            int self = player;
            List<String> now = left;
            boolean yes = sure(self, real, now);
            heard.append(yes ? 'y' : 'n');
            left = now.stream().filter(world -> sure(self, world, now) == yes).toList();
        }
        return heard.toString();
    }

    private static boolean sure(int player, String world, List<String> possible) {
        return possible.stream()
                        .filter(other -> other.substring(player + 1).equals(world.substring(player + 1)))
                        .map(other -> other.charAt(player))
                        .distinct()
                        .count()
                == 1;
    }

    /** Fewest crossings for a ferryman with room for some animals, or -1 if no number up to the limit is enough. */
    static int crossings(int animals, List<int[]> quarrels, int room, int limit) {
        for (int depth = 1; depth <= limit; depth += 2) {
            if (reach((1 << animals) - 1, true, animals, quarrels, room, depth, new HashMap<>())) {
                return depth;
            }
        }
        return -1;
    }

    private static boolean reach(
            int left, boolean onLeft, int n, List<int[]> quarrels, int room, int depth, Map<Integer, Integer> tried) {
        int all = (1 << n) - 1;
        if (left == 0 && !onLeft) {
            return true;
        }
        int key = left * 2 + (onLeft ? 1 : 0);
        if (depth == 0 || tried.getOrDefault(key, -1) >= depth) {
            return false;
        }
        tried.put(key, depth);
        int here = onLeft ? left : all & ~left;
        for (int load = 0; load <= all; load++) {
            int behind = here & ~load;
            boolean fits = (load & ~here) == 0 && Integer.bitCount(load) <= room;
            if (fits && quarrels.stream().noneMatch(q -> (behind >> q[0] & 1) + (behind >> q[1] & 1) == 2)) {
                int next = onLeft ? left & ~load : left | load;
                if (reach(next, !onLeft, n, quarrels, room, depth - 1, tried)) {
                    return true;
                }
            }
        }
        return false;
    }
}
