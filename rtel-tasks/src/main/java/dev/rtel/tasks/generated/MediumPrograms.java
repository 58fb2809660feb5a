package dev.rtel.tasks.generated;

import static dev.rtel.tasks.generated.Program.drawAscending;
import static dev.rtel.tasks.generated.Program.drawNumber;
import static dev.rtel.tasks.generated.Program.drawNumbers;
import static dev.rtel.tasks.generated.Program.drawText;
import static dev.rtel.tasks.generated.Program.drawWords;
import static dev.rtel.tasks.generated.Program.number;
import static dev.rtel.tasks.generated.Program.numbers;
import static dev.rtel.tasks.generated.Program.text;

import dev.rtel.tasks.internal.SplitMix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Two indices, or a state that is carried along. */
final class MediumPrograms {
    private MediumPrograms() {}

    static List<Program> all() {
        return List.of(
                lowerBound(),
                runLength(),
                rotate(),
                merge(),
                digits(),
                window(),
                depth(),
                shopping(),
                caesar(),
                wrap());
    }

    private static Program medium(
            String topic,
            List<String> names,
            List<Knob.Range> constants,
            String purpose,
            String source,
            Program.Inputs inputs,
            Program.Twin twin) {
        return new Program(Level.MEDIUM, topic, names, constants, purpose, source, inputs, twin);
    }

    private static Program lowerBound() {
        return medium(
                "binary-search",
                List.of("first_reaching", "lower_bound", "find_threshold"),
                List.of(Knob.range(1, 19)),
                "return the first position (counted from 0) in the ascending list `values` whose number plus {a} is at"
                        + " least `wanted`, or the length of the list if there is none",
                """
                def {name}(values, wanted):
                    low = 0
                    high = len(values)
                    while low < high:
                        middle = (low + high) // 2
                        if values[middle] + {a} < wanted:
                            low = middle + 1
                        else:
                            high = middle
                    return low
                """,
                random -> List.of(drawAscending(random, 12, 0, 40), drawNumber(random, 0, 60)),
                (args, c) -> numbers(args.get(0)).stream()
                        .filter(v -> v < number(args.get(1)) - c.get(0))
                        .count());
    }

    private static Program runLength() {
        return medium(
                "run-length",
                List.of("compress", "run_lengths", "squeeze"),
                List.of(Knob.range(2, 4)),
                "compress the string `text`: a run of at least {a} equal letters becomes the letter followed by the length"
                        + " of the run; shorter runs stay as they are",
                """
                def {name}(text):
                    result = ""
                    index = 0
                    while index < len(text):
                        end = index
                        while end < len(text) and text[end] == text[index]:
                            end += 1
                        if end - index >= {a}:
                            result += text[index] + str(end - index)
                        else:
                            result += text[index:end]
                        index = end
                    return result
                """,
                random -> List.of(drawText(random, 0, 14, "aaabc".substring(random.below(3)))),
                (args, c) -> Pattern.compile("(.)\\1*")
                        .matcher(text(args.get(0)))
                        .replaceAll(run -> run.group().length() < c.get(0)
                                ? run.group()
                                : run.group(1) + run.group().length()));
    }

    private static Program rotate() {
        return medium(
                "rotate",
                List.of("rotate_left", "turned", "rotate_by"),
                List.of(Knob.range(2, 5), Knob.range(1, 9)),
                "return the list `values` rotated to the left by `{a} * steps + {b}` positions (a number that is rotated"
                        + " off the front comes back at the end)",
                """
                def {name}(values, steps):
                    if len(values) == 0:
                        return []
                    shift = (steps * {a} + {b}) % len(values)
                    return values[shift:] + values[:shift]
                """,
                random -> List.of(drawNumbers(random, 0, 7, 1, 9), drawNumber(random, 0, 9)),
                (args, c) -> {
                    List<Long> values = numbers(args.get(0));
                    Collections.rotate(values, -(int) (c.get(0) * number(args.get(1)) + c.get(1)));
                    return values;
                });
    }

    private static Program merge() {
        return medium(
                "merge",
                List.of("merge_spaced", "merge_lists", "combine_sorted"),
                List.of(Knob.range(2, 9)),
                "merge the ascending lists `left` and `right` into one ascending list, leaving out each number that is"
                        + " less than {a} greater than the number kept before it",
                """
                def {name}(left, right):
                    result = []
                    i = 0
                    j = 0
                    while i < len(left) or j < len(right):
                        if j == len(right) or i < len(left) and left[i] <= right[j]:
                            value = left[i]
                            i += 1
                        else:
                            value = right[j]
                            j += 1
                        if len(result) == 0 or value - result[len(result) - 1] >= {a}:
                            result.append(value)
                    return result
                """,
                random -> List.of(drawAscending(random, 6, 0, 25), drawAscending(random, 6, 0, 25)),
                (args, c) -> {
                    List<Long> kept = new ArrayList<>();
                    Stream.concat(numbers(args.get(0)).stream(), numbers(args.get(1)).stream())
                            .sorted()
                            .filter(v -> kept.isEmpty() || v >= kept.get(kept.size() - 1) + c.get(0))
                            .forEach(kept::add);
                    return kept;
                });
    }

    private static Program digits() {
        return medium(
                "digits",
                List.of("digit_score", "weighted_digits", "digit_check"),
                List.of(Knob.range(2, 19)),
                "add up the decimal digits of the integer `number` (0 or more), where the last digit counts once, the one"
                        + " before it {a} times, the one before that once, and so on in turn",
                """
                def {name}(number):
                    score = 0
                    weight = 1
                    while number > 0:
                        score += number % 10 * weight
                        number = number // 10
                        if weight == 1:
                            weight = {a}
                        else:
                            weight = 1
                    return score
                """,
                random -> List.of(drawNumber(random, 0, random.pick(List.of(9, 99, 9_999, 9_999_999)))),
                (args, c) -> {
                    String digits = new StringBuilder(String.valueOf(args.get(0)))
                            .reverse()
                            .toString();
                    return IntStream.range(0, digits.length())
                            .mapToLong(i -> (digits.charAt(i) - '0') * (i % 2 == 0 ? 1 : c.get(0)))
                            .sum();
                });
    }

    private static Program window() {
        return medium(
                "window",
                List.of("best_window", "largest_window", "peak_sum"),
                List.of(Knob.range(1, 19)),
                "return the largest sum of `size` neighbours (`size` is at least 1) in the list `values`, or -{a} if the"
                        + " list is shorter than that",
                """
                def {name}(values, size):
                    if len(values) < size:
                        return -{a}
                    total = sum(values[:size])
                    best = total
                    for index in range(size, len(values)):
                        total += values[index] - values[index - size]
                        best = max(best, total)
                    return best
                """,
                random -> List.of(drawNumbers(random, 0, 10, -9, 20), drawNumber(random, 1, 4)),
                (args, c) -> {
                    List<Long> values = numbers(args.get(0));
                    int size = (int) number(args.get(1));
                    return IntStream.rangeClosed(0, values.size() - size)
                            .mapToLong(i -> values.subList(i, i + size).stream()
                                    .mapToLong(v -> v)
                                    .sum())
                            .max()
                            .orElse(-c.get(0));
                });
    }

    private static Program depth() {
        return medium(
                "brackets",
                List.of("deepest_bracket", "bracket_depth", "nesting"),
                List.of(Knob.range(1, 19)),
                "return how deeply the round brackets in the string `text` are nested (0 without brackets), or -{a} if"
                        + " some bracket has no partner",
                """
                def {name}(text):
                    depth = 0
                    deepest = 0
                    for letter in text:
                        if letter == "(":
                            depth += 1
                            deepest = max(deepest, depth)
                        elif letter == ")":
                            depth -= 1
                            if depth < 0:
                                return -{a}
                    if depth != 0:
                        return -{a}
                    return deepest
                """,
                random -> List.of(nested(random.between(0, 9), random)),
                (args, c) -> {
                    String left = text(args.get(0)).replaceAll("[^()]", "");
                    while (left.contains("()")) {
                        left = left.replace("()", "");
                    }
                    return left.isEmpty() ? heights(text(args.get(0))) : (Long) (-c.get(0));
                });
    }

    /** Each opening bracket is as deep as the brackets around it that are still open. */
    private static long heights(String text) {
        return IntStream.rangeClosed(0, text.length())
                .mapToLong(end -> text.substring(0, end)
                        .chars()
                        .map(c -> c == '(' ? 1 : c == ')' ? -1 : 0)
                        .sum())
                .max()
                .orElse(0);
    }

    private static String nested(int size, SplitMix random) {
        StringBuilder text = new StringBuilder();
        int open = 0;
        for (int i = 0; i < size; i++) {
            boolean opens = open == 0 ? random.below(8) > 0 : random.below(2) == 0;
            text.append(random.below(3) == 0 ? "x" : "").append(opens ? "(" : ")");
            open += opens ? 1 : -1;
        }
        return text + ")".repeat(Math.max(0, open - (random.below(4) == 0 ? 1 : 0)));
    }

    private static Program shopping() {
        return medium(
                "shopping",
                List.of("items_bought", "shopping_trip", "afford"),
                List.of(Knob.range(2, 4), Knob.range(1, 9)),
                "go through the list `prices` in order and buy every item that the rest of `budget` pays for; an item"
                        + " costs its price plus {b}, or nothing if with it the number of items bought becomes a multiple of"
                        + " {a}; the function returns the number of items bought",
                """
                def {name}(prices, budget):
                    bought = 0
                    for price in prices:
                        cost = price + {b}
                        if (bought + 1) % {a} == 0:
                            cost = 0
                        if cost <= budget:
                            budget -= cost
                            bought += 1
                    return bought
                """,
                random -> List.of(drawNumbers(random, 0, 8, 1, 15), drawNumber(random, 0, 60)),
                (args, c) -> bought(numbers(args.get(0)), number(args.get(1)), 1, c.get(0), c.get(1)));
    }

    private static long bought(List<Long> prices, long budget, long next, long free, long fee) {
        if (prices.isEmpty()) {
            return next - 1;
        }
        long left = budget - (next % free == 0 ? 0 : prices.get(0) + fee);
        List<Long> others = prices.subList(1, prices.size());
        return left >= 0 ? bought(others, left, next + 1, free, fee) : bought(others, budget, next, free, fee);
    }

    private static Program caesar() {
        return medium(
                "caesar",
                List.of("shift_letters", "encode", "scramble"),
                List.of(Knob.range(2, 24)),
                "replace each lower-case letter of the string `text` by the letter {a} places later in the alphabet (after"
                        + " z comes a); everything else stays",
                """
                def {name}(text):
                    alphabet = "abcdefghijklmnopqrstuvwxyz"
                    result = ""
                    for letter in text:
                        place = alphabet.find(letter)
                        if place < 0:
                            result += letter
                        else:
                            result += alphabet[(place + {a}) % 26]
                    return result
                """,
                random -> List.of(drawText(random, 0, 10, "abcmnopxyz AZ!")),
                (args, c) -> text(args.get(0))
                        .chars()
                        .mapToObj(l -> String.valueOf(
                                l < 'a' || l > 'z' ? (char) l : (char) ((l - 'a' + c.get(0)) % 26 + 'a')))
                        .collect(Collectors.joining()));
    }

    private static Program wrap() {
        return medium(
                "wrap",
                List.of("wrap_words", "fill_lines", "break_lines"),
                List.of(Knob.range(2, 9)),
                "distribute the words of the string `text` over lines, in order and with one space between words, each"
                        + " line with as many words as fit into `width + {a}` characters (a word that is longer stands"
                        + " alone), and return the list of lines",
                """
                def {name}(text, width):
                    lines = []
                    line = ""
                    for word in text.split():
                        if line == "":
                            line = word
                        elif len(line) + 1 + len(word) <= width + {a}:
                            line += " " + word
                        else:
                            lines.append(line)
                            line = word
                    if line != "":
                        lines.append(line)
                    return lines
                """,
                random -> List.of(drawWords(random, 8), drawNumber(random, 1, 12)),
                (args, c) -> {
                    List<Object> lines = new ArrayList<>();
                    String left = text(args.get(0));
                    while (!left.isEmpty()) {
                        int width = (int) (number(args.get(1)) + c.get(0));
                        int end = left.length() <= width ? left.length() : left.lastIndexOf(' ', width);
                        int cut = end >= 0 ? end : left.indexOf(' ') < 0 ? left.length() : left.indexOf(' ');
                        lines.add(left.substring(0, cut));
                        left = left.substring(cut).strip();
                    }
                    return lines;
                });
    }
}
