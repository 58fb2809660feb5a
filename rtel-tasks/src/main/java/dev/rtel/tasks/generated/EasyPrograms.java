package dev.rtel.tasks.generated;

import static dev.rtel.tasks.generated.Program.drawNumber;
import static dev.rtel.tasks.generated.Program.drawNumbers;
import static dev.rtel.tasks.generated.Program.drawText;
import static dev.rtel.tasks.generated.Program.drawWords;
import static dev.rtel.tasks.generated.Program.number;
import static dev.rtel.tasks.generated.Program.numbers;
import static dev.rtel.tasks.generated.Program.text;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One loop each. */
final class EasyPrograms {
    private EasyPrograms() {}

    static List<Program> all() {
        return List.of(
                band(),
                everyNth(),
                longestRun(),
                clamp(),
                lastMultiple(),
                letterScore(),
                shorten(),
                alternate(),
                second());
    }

    private static Program easy(
            String topic,
            List<String> names,
            List<Knob.Range> constants,
            String purpose,
            String source,
            Program.Inputs inputs,
            Program.Twin twin) {
        return new Program(Level.EASY, topic, names, constants, purpose, source, inputs, twin);
    }

    private static Program band() {
        return easy(
                "band",
                List.of("count_in_band", "numbers_in_band", "band_size"),
                List.of(Knob.range(2, 19)),
                "count the numbers in the list `values` that are greater than `limit` and at most `limit + {a}`",
                """
                def {name}(values, limit):
                    count = 0
                    for value in values:
                        if value > limit and value <= limit + {a}:
                            count += 1
                    return count
                """,
                random -> List.of(drawNumbers(random, 0, 9, -12, 25), drawNumber(random, -9, 9)),
                (args, c) -> numbers(args.get(0)).stream()
                        .map(v -> v - number(args.get(1)))
                        .filter(d -> d >= 1 && d <= c.get(0))
                        .count());
    }

    private static Program everyNth() {
        return easy(
                "every-nth",
                List.of("sum_of_every", "stepped_sum", "sum_by_steps"),
                List.of(Knob.range(2, 4)),
                "add up the numbers of the list `values` at the positions `start`, `start + {a}`, `start + 2 * {a}` and so"
                        + " on (positions count from 0)",
                """
                def {name}(values, start):
                    total = 0
                    index = start
                    while index < len(values):
                        total += values[index]
                        index += {a}
                    return total
                """,
                random -> List.of(drawNumbers(random, 0, 12, -9, 30), drawNumber(random, 0, 4)),
                (args, c) -> {
                    List<Long> values = numbers(args.get(0));
                    return IntStream.range(0, values.size())
                            .filter(i -> i >= number(args.get(1)) && (i - number(args.get(1))) % c.get(0) == 0)
                            .mapToLong(values::get)
                            .sum();
                });
    }

    private static Program longestRun() {
        return easy(
                "longest-run",
                List.of("longest_run", "longest_streak", "best_run"),
                List.of(Knob.range(2, 3), Knob.range(1, 9)),
                "return the length of the longest run of equal neighbours in the list `values`, or -{b} if that is less"
                        + " than {a} (an empty list has a longest run of length 0)",
                """
                def {name}(values):
                    best = 0
                    run = 0
                    previous = None
                    for value in values:
                        if value == previous:
                            run += 1
                        else:
                            run = 1
                        previous = value
                        best = max(best, run)
                    if best < {a}:
                        return -{b}
                    return best
                """,
                random -> List.of(drawNumbers(random, 0, 12, 1, random.between(2, 4))),
                (args, c) -> {
                    List<Long> values = numbers(args.get(0));
                    long best = 0;
                    for (int from = 0; from < values.size(); from++) {
                        for (int to = from + 1; to <= values.size(); to++) {
                            boolean run =
                                    values.subList(from, to).stream().distinct().count() == 1;
                            best = run ? Math.max(best, to - from) : best;
                        }
                    }
                    return best < c.get(0) ? -c.get(1) : best;
                });
    }

    private static Program clamp() {
        return easy(
                "clamp",
                List.of("clamp_all", "limit_all", "keep_within"),
                List.of(Knob.range(2, 19)),
                "return a list in which each number of `values` is first limited to the range from `low` to `high` and"
                        + " then multiplied by {a}",
                """
                def {name}(values, low, high):
                    result = []
                    for value in values:
                        kept = min(max(value, low), high)
                        result.append(kept * {a})
                    return result
                """,
                random -> {
                    long low = random.between(-9, 5);
                    return List.of(drawNumbers(random, 0, 7, -20, 20), low, low + random.between(0, 12));
                },
                (args, c) -> numbers(args.get(0)).stream()
                        .map(v -> Stream.of(v, number(args.get(1)), number(args.get(2)))
                                .sorted()
                                .skip(1)
                                .findFirst()
                                .orElseThrow())
                        .map(v -> v * c.get(0))
                        .collect(Collectors.toList()));
    }

    private static Program lastMultiple() {
        return easy(
                "last-multiple",
                List.of("last_multiple", "position_of_last", "latest_match"),
                List.of(Knob.range(2, 5), Knob.range(1, 9)),
                "return the position (counted from 0) of the last number in the list `values` that is divisible by {a} and"
                        + " greater than `limit`, or -{b} if there is none",
                """
                def {name}(values, limit):
                    found = -{b}
                    for index in range(len(values)):
                        if values[index] % {a} == 0 and values[index] > limit:
                            found = index
                    return found
                """,
                random -> List.of(drawNumbers(random, 0, 9, 0, 30), drawNumber(random, 0, 20)),
                (args, c) -> {
                    List<Long> values = numbers(args.get(0));
                    for (int i = values.size() - 1; i >= 0; i--) {
                        if (values.get(i) > number(args.get(1)) && values.get(i) % c.get(0) == 0) {
                            return (long) i;
                        }
                    }
                    return -c.get(1);
                });
    }

    private static Program letterScore() {
        return easy(
                "letter-score",
                List.of("letter_score", "score_text", "rate_text"),
                List.of(Knob.range(2, 19)),
                "return a score of the string `text`: each letter that is in `wanted` (lower-case letters) counts 1, in"
                        + " upper or lower case alike; each digit counts {a}; everything else counts 0",
                """
                def {name}(text, wanted):
                    score = 0
                    for letter in text.lower():
                        if letter in wanted:
                            score += 1
                        elif letter.isdigit():
                            score += {a}
                    return score
                """,
                random -> List.of(drawText(random, 0, 12, "abcABC xyz 12"), drawText(random, 1, 3, "abcxyz")),
                (args, c) -> {
                    Predicate<Integer> wanted =
                            letter -> text(args.get(1)).toUpperCase(Locale.ROOT).indexOf(Character.toUpperCase((char)
                                            (int) letter))
                                    >= 0;
                    long letters =
                            text(args.get(0)).chars().boxed().filter(wanted).count();
                    return letters
                            + c.get(0)
                                    * text(args.get(0)).replaceAll("[^0-9]", "").length();
                });
    }

    private static Program shorten() {
        return easy(
                "shorten",
                List.of("shorten_words", "abbreviate", "short_form"),
                List.of(Knob.range(2, 6)),
                "join the words of the string `text` (separated by single spaces) with hyphens, each word of more than"
                        + " {a} letters cut to its first {a} letters and followed by a dot",
                """
                def {name}(text):
                    parts = []
                    for word in text.split():
                        if len(word) > {a}:
                            parts.append(word[:{a}] + ".")
                        else:
                            parts.append(word)
                    return "-".join(parts)
                """,
                random -> List.of(drawWords(random, 5)),
                (args, c) -> text(args.get(0))
                        .replaceAll("(\\w{" + c.get(0) + "})\\w+", "$1.")
                        .replace(' ', '-'));
    }

    private static Program alternate() {
        return easy(
                "alternate",
                List.of("signed_sum", "alternating_total", "net_total"),
                List.of(Knob.range(2, 4), Knob.range(1, 9)),
                "add up the list `values`, but subtract every number whose position is a multiple of {a} (positions count"
                        + " from 1), and add {b} at the end",
                """
                def {name}(values):
                    total = 0
                    for index in range(len(values)):
                        if (index + 1) % {a} == 0:
                            total -= values[index]
                        else:
                            total += values[index]
                    return total + {b}
                """,
                random -> List.of(drawNumbers(random, 0, 10, -9, 20)),
                (args, c) -> {
                    List<Long> values = numbers(args.get(0));
                    long all = values.stream().mapToLong(v -> v).sum();
                    for (long at = c.get(0); at <= values.size(); at += c.get(0)) {
                        all -= 2 * values.get((int) at - 1);
                    }
                    return all + c.get(1);
                });
    }

    private static Program second() {
        return easy(
                "runner-up",
                List.of("runner_up", "second_largest", "next_to_best"),
                List.of(Knob.range(1, 19)),
                "return the second largest of the different numbers in the list `values`, or -{a} if it has fewer than two"
                        + " different numbers",
                """
                def {name}(values):
                    ordered = sorted(values)
                    index = len(ordered) - 2
                    while index >= 0 and ordered[index] == ordered[len(ordered) - 1]:
                        index -= 1
                    if index < 0:
                        return -{a}
                    return ordered[index]
                """,
                random -> List.of(drawNumbers(random, 0, 8, 1, random.between(1, 9))),
                (args, c) -> numbers(args.get(0)).stream()
                        .distinct()
                        .sorted(Comparator.reverseOrder())
                        .skip(1)
                        .findFirst()
                        .orElse(-c.get(0)));
    }
}
