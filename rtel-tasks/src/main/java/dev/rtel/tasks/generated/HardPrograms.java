package dev.rtel.tasks.generated;

import static dev.rtel.tasks.generated.Program.drawNumber;
import static dev.rtel.tasks.generated.Program.drawNumbers;
import static dev.rtel.tasks.generated.Program.drawText;
import static dev.rtel.tasks.generated.Program.number;
import static dev.rtel.tasks.generated.Program.numbers;
import static dev.rtel.tasks.generated.Program.text;

import dev.rtel.tasks.internal.SplitMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Tables and searches. */
final class HardPrograms {
    private HardPrograms() {}

    static List<Program> all() {
        return List.of(coins(), subsequence(), knapsack(), distance(), intervals(), grid(), trades(), partition());
    }

    private static Program hard(
            String topic,
            List<String> names,
            List<Knob.Range> constants,
            String purpose,
            String source,
            Program.Inputs inputs,
            Program.Twin twin) {
        return new Program(Level.HARD, topic, names, constants, purpose, source, inputs, twin);
    }

    private static Program coins() {
        return hard(
                "coins",
                List.of("fewest_coins", "change", "coin_count"),
                List.of(Knob.range(1, 9), Knob.range(500, 599)),
                "return the least number of coins that make exactly `amount` (0 or more; `coins` lists the values, each may"
                        + " be used any number of times), or -{a} if that is impossible",
                """
                def {name}(coins, amount):
                    best = [0]
                    for total in range(1, amount + 1):
                        fewest = {b}
                        for coin in coins:
                            if coin <= total and best[total - coin] + 1 < fewest:
                                fewest = best[total - coin] + 1
                        best.append(fewest)
                    if best[amount] == {b}:
                        return -{a}
                    return best[amount]
                """,
                random -> List.of(
                        new ArrayList<Object>(new TreeSet<>(numbers(drawNumbers(random, 1, 3, 2, 9)))),
                        drawNumber(random, 0, 24)),
                (args, c) -> {
                    TreeSet<Long> reached = new TreeSet<>(List.of(0L));
                    for (long count = 0; !reached.isEmpty(); count++) {
                        if (reached.contains(number(args.get(1)))) {
                            return count;
                        }
                        TreeSet<Long> next = new TreeSet<>();
                        reached.forEach(sum -> numbers(args.get(0)).forEach(coin -> next.add(sum + coin)));
                        next.removeIf(sum -> sum > number(args.get(1)));
                        reached = next;
                    }
                    return -c.get(0);
                });
    }

    private static Program subsequence() {
        return hard(
                "subsequence",
                List.of("longest_climb", "climbing_length", "spaced_subsequence"),
                List.of(Knob.range(1, 9)),
                "return the length of the longest subsequence of the list `values` (neighbours in it need not be"
                        + " neighbours in the list) in which each number is at least {a} greater than the one before",
                """
                def {name}(values):
                    lengths = []
                    for index in range(len(values)):
                        best = 0
                        for earlier in range(index):
                            if values[index] - values[earlier] >= {a} and lengths[earlier] > best:
                                best = lengths[earlier]
                        lengths.append(best + 1)
                    if len(lengths) == 0:
                        return 0
                    return max(lengths)
                """,
                random -> List.of(drawNumbers(random, 0, 9, 0, 30)),
                (args, c) -> climb(numbers(args.get(0)), Long.MIN_VALUE / 2, c.get(0)));
    }

    private static long climb(List<Long> left, long last, long gap) {
        if (left.isEmpty()) {
            return 0;
        }
        List<Long> others = left.subList(1, left.size());
        long without = climb(others, last, gap);
        return left.get(0) - last < gap ? without : Math.max(without, 1 + climb(others, left.get(0), gap));
    }

    private static Program knapsack() {
        return hard(
                "knapsack",
                List.of("best_load", "pack", "fullest_value"),
                List.of(Knob.range(1, 19)),
                "return the largest total that a choice of `items` can have whose weights add up to at most `room`; each"
                        + " item is a pair `[weight, value]`, can be chosen once and counts its value plus {a}",
                """
                def {name}(items, room):
                    best = [0] * (room + 1)
                    for weight, value in items:
                        for space in range(room, weight - 1, -1):
                            best[space] = max(best[space], best[space - weight] + value + {a})
                    return best[room]
                """,
                random -> {
                    List<Object> items = new ArrayList<>();
                    int count = random.between(0, 5);
                    for (int i = 0; i < count; i++) {
                        items.add(List.of(drawNumber(random, 1, 6), drawNumber(random, 1, 12)));
                    }
                    return List.of(items, drawNumber(random, 0, 12));
                },
                (args, c) -> {
                    List<?> items = (List<?>) args.get(0);
                    return LongStream.range(0, 1L << items.size())
                            .filter(chosen -> total(items, chosen, 0, 0) <= number(args.get(1)))
                            .map(chosen -> total(items, chosen, 1, c.get(0)))
                            .max()
                            .orElseThrow();
                });
    }

    private static long total(List<?> items, long chosen, int part, long more) {
        return IntStream.range(0, items.size())
                .filter(i -> (chosen >> i & 1) == 1)
                .mapToLong(i -> numbers(items.get(i)).get(part) + more)
                .sum();
    }

    private static Program distance() {
        return hard(
                "edit-distance",
                List.of("edit_cost", "distance", "change_cost"),
                List.of(Knob.range(2, 3), Knob.range(1, 19)),
                "return the least cost of changing the string `one` into the string `other`, times {b}: inserting or"
                        + " deleting a letter costs 2, replacing a letter by another one costs {a}",
                """
                def {name}(one, other):
                    row = []
                    for j in range(len(other) + 1):
                        row.append(2 * j)
                    for i in range(len(one)):
                        corner = row[0]
                        row[0] = 2 * (i + 1)
                        for j in range(len(other)):
                            cost = 0
                            if one[i] != other[j]:
                                cost = {a}
                            best = min(row[j] + 2, row[j + 1] + 2, corner + cost)
                            corner = row[j + 1]
                            row[j + 1] = best
                    return row[len(other)] * {b}
                """,
                random -> List.of(drawText(random, 0, 5, "abc"), drawText(random, 0, 5, "abc")),
                (args, c) -> c.get(1) * cost(text(args.get(0)), text(args.get(1)), c.get(0)));
    }

    private static long cost(String one, String other, long replace) {
        if (one.isEmpty() || other.isEmpty()) {
            return 2L * (one.length() + other.length());
        }
        String a = one.substring(1);
        String b = other.substring(1);
        long kept = cost(a, b, replace) + (one.charAt(0) == other.charAt(0) ? 0 : replace);
        return Math.min(kept, 2 + Math.min(cost(a, other, replace), cost(one, b, replace)));
    }

    private static Program intervals() {
        return hard(
                "intervals",
                List.of("join_intervals", "merge_ranges", "close_gaps"),
                List.of(Knob.range(1, 9)),
                "join intervals of integers: `intervals` is a list of pairs `[start, end]` in any order with `start` at most"
                        + " `end`; two intervals are joined if they overlap or if the later one starts at most {a} after the"
                        + " end of the earlier one; the function returns the joined intervals as pairs, sorted by start",
                """
                def {name}(intervals):
                    merged = []
                    for start, end in sorted(intervals):
                        last = len(merged) - 1
                        if last >= 0 and start - merged[last][1] <= {a}:
                            merged[last][1] = max(merged[last][1], end)
                        else:
                            merged.append([start, end])
                    return merged
                """,
                random -> {
                    List<Object> pairs = new ArrayList<>();
                    int count = random.between(0, 5);
                    for (int i = 0; i < count; i++) {
                        long start = random.between(-20, 40);
                        pairs.add(List.of(start, start + random.between(0, 9)));
                    }
                    return List.of(pairs);
                },
                (args, c) -> joined((List<?>) args.get(0), c.get(0)));
    }

    /** Starts that no earlier interval reaches begin a new one; it ends with the last of those up to the next. */
    private static List<Object> joined(List<?> pairs, long gap) {
        List<List<Long>> all = pairs.stream().map(Program::numbers).toList();
        List<Long> heads = all.stream()
                .map(p -> p.get(0))
                .distinct()
                .sorted()
                .filter(start -> all.stream().noneMatch(p -> p.get(0) < start && start <= p.get(1) + gap))
                .toList();
        List<Object> joined = new ArrayList<>();
        for (int i = 0; i < heads.size(); i++) {
            long from = heads.get(i);
            long next = i + 1 < heads.size() ? heads.get(i + 1) : Long.MAX_VALUE;
            long last = all.stream()
                    .filter(p -> p.get(0) >= from && p.get(0) < next)
                    .mapToLong(p -> p.get(1))
                    .max()
                    .orElseThrow();
            joined.add(List.of(from, last));
        }
        return joined;
    }

    private static Program grid() {
        return hard(
                "grid",
                List.of("shortest_way", "steps_to_exit", "walk"),
                List.of(Knob.range(2, 9), Knob.range(1, 5)),
                "return {a} times the least number of steps (up, down, left, right) from the top left to the bottom right"
                        + " field of a grid, or -{b} if there is no way; `rows` is a list of strings of equal length in which"
                        + " `.` is a free field and `#` a wall; the top left field is free",
                """
                def {name}(rows):
                    seen = [[0, 0]]
                    steps = [0]
                    index = 0
                    while index < len(seen):
                        row, column = seen[index]
                        if row == len(rows) - 1 and column == len(rows[row]) - 1:
                            return steps[index] * {a}
                        for down, right in [[0, 1], [1, 0], [0, -1], [-1, 0]]:
                            y = row + down
                            x = column + right
                            if y >= 0 and y < len(rows) and x >= 0 and x < len(rows[0]):
                                if rows[y][x] == "." and [y, x] not in seen:
                                    seen.append([y, x])
                                    steps.append(steps[index] + 1)
                        index += 1
                    return -{b}
                """,
                random -> List.of(drawGrid(random)),
                (args, c) -> {
                    List<String> rows =
                            ((List<?>) args.get(0)).stream().map(Program::text).toList();
                    long way = way(rows);
                    return way < 0 ? -c.get(1) : way * c.get(0);
                });
    }

    private static List<Object> drawGrid(SplitMix random) {
        int height = random.between(1, 4);
        int width = random.between(2, 5);
        List<Object> rows = new ArrayList<>();
        for (int y = 0; y < height; y++) {
            String row = drawText(random, width, width, "...#");
            rows.add(y == 0 ? "." + row.substring(1) : row);
        }
        return rows;
    }

    /** Lets distances spread over the whole grid until nothing changes. */
    private static long way(List<String> rows) {
        int width = rows.get(0).length();
        long far = 1_000;
        long[][] steps = new long[rows.size()][width];
        for (long[] row : steps) {
            Arrays.fill(row, far);
        }
        steps[0][0] = 0;
        for (int round = 0; round < rows.size() * width; round++) {
            for (int y = 0; y < rows.size(); y++) {
                for (int x = 0; x < width; x++) {
                    if (rows.get(y).charAt(x) == '.') {
                        long near = Math.min(
                                Math.min(y > 0 ? steps[y - 1][x] : far, x > 0 ? steps[y][x - 1] : far),
                                Math.min(
                                        y + 1 < rows.size() ? steps[y + 1][x] : far,
                                        x + 1 < width ? steps[y][x + 1] : far));
                        steps[y][x] = Math.min(steps[y][x], near + 1);
                    }
                }
            }
        }
        long last = steps[rows.size() - 1][width - 1];
        return last >= far ? -1 : last;
    }

    private static Program trades() {
        return hard(
                "trades",
                List.of("best_profit", "trading_profit", "most_earned"),
                List.of(Knob.range(1, 9), Knob.range(1, 9)),
                "return {b} plus the largest profit from buying and selling one share any number of times at the daily `prices`"
                        + " (in order, never holding more than one, ending without one), where each sale costs a fee of {a};"
                        + " without trades the profit is 0",
                """
                def {name}(prices):
                    if len(prices) == 0:
                        return {b}
                    cash = 0
                    held = -prices[0]
                    for price in prices:
                        cash = max(cash, held + price - {a})
                        held = max(held, cash - price)
                    return cash + {b}
                """,
                random -> List.of(drawNumbers(random, 0, 9, 1, 30)),
                (args, c) -> c.get(1) + profit(numbers(args.get(0)), false, c.get(0)));
    }

    private static long profit(List<Long> prices, boolean holding, long fee) {
        if (prices.isEmpty()) {
            return holding ? -1_000 : 0;
        }
        List<Long> later = prices.subList(1, prices.size());
        long trade = holding ? prices.get(0) - fee : -prices.get(0);
        return Math.max(profit(later, holding, fee), trade + profit(later, !holding, fee));
    }

    private static Program partition() {
        return hard(
                "partition",
                List.of("fairest_split", "smallest_difference", "balance"),
                List.of(Knob.range(2, 19)),
                "return {a} times the least difference between the sums of two groups into which the list `weights` (positive"
                        + " numbers) can be divided; a group may be empty",
                """
                def {name}(weights):
                    sums = [0]
                    for weight in weights:
                        for index in range(len(sums)):
                            total = sums[index] + weight
                            if total not in sums:
                                sums.append(total)
                    whole = sum(weights)
                    best = whole
                    for part in sums:
                        best = min(best, abs(whole - 2 * part))
                    return best * {a}
                """,
                random -> List.of(drawNumbers(random, 0, 5, 1, 20)),
                (args, c) -> c.get(0) * split(numbers(args.get(0)), 0));
    }

    private static long split(List<Long> weights, long difference) {
        if (weights.isEmpty()) {
            return Math.abs(difference);
        }
        List<Long> others = weights.subList(1, weights.size());
        return Math.min(split(others, difference + weights.get(0)), split(others, difference - weights.get(0)));
    }
}
