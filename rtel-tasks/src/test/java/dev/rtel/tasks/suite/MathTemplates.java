package dev.rtel.tasks.suite;

import dev.rtel.tasks.internal.SplitMix;
import java.math.BigInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The generators behind the math prompts: a seed gives the same text, byte for byte, everywhere. */
final class MathTemplates {
    private MathTemplates() {}

    static String generate(String name, long seed) {
        SplitMix random = new SplitMix(seed);
        return switch (name) {
            case "lattice" -> lattice(random);
            case "crt" -> crt(random);
            case "digits" -> digits(random);
            case "recurrence" -> recurrence(random);
            case "geometry" -> geometry(random);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static boolean usable(long gold, long least, String text) {
        return gold >= least
                && gold <= 999
                && gold != 100
                && Pattern.compile("[0-9]+")
                        .matcher(text)
                        .results()
                        .map(MatchResult::group)
                        .noneMatch(String.valueOf(gold)::equals);
    }

    private static int gcd(int a, int b) {
        return BigInteger.valueOf(a).gcd(BigInteger.valueOf(b)).intValue();
    }

    private static String lattice(SplitMix random) {
        while (true) {
            int w = random.between(4, 6);
            int h = random.between(4, 7);
            int x = random.between(1, w - 1);
            int y = random.between(1, h - 1);
            String text = """
                    A delivery robot moves on a street grid. It starts at the crossing (0, 0) and has to reach the
                    crossing (%d, %d). Each move goes exactly one block east, from (x, y) to (x+1, y), or exactly one block
                    north, from (x, y) to (x, y+1). The crossing (%d, %d) is closed for road works: the robot must never
                    stand on it. No other crossing is closed.

                    How many different routes can the robot take?""".formatted(w, h, x, y);
            if (w != h && usable(MathSolvers.routes(0, 0, w, h, x, y), 10, text)) {
                return text;
            }
        }
    }

    private static String crt(SplitMix random) {
        int[] pool = {5, 7, 8, 9, 11, 13};
        while (true) {
            int[] m = {pool[random.below(6)], pool[random.below(6)], pool[random.below(6)]};
            int[] r = {random.between(1, m[0] - 1), random.between(1, m[1] - 1), random.between(1, m[2] - 1)};
            int bound = m[0] * m[1] * m[2];
            if (m[0] >= m[1] || m[1] >= m[2] || bound > 999) {
                continue;
            }
            String text = """
                    A nursery counts its tulip bulbs before planting. There are fewer than %d bulbs. If they are
                    planted in rows of %d, the last row is incomplete and holds %d. In rows of %d, the incomplete
                    last row holds %d. In rows of %d, the incomplete last row holds %d.

                    How many tulip bulbs does the nursery have?""".formatted(bound, m[0], r[0], m[1], r[1], m[2], r[2]);
            int gold = MathSolvers.withRemainders(bound, m, r).get(0);
            if (IntStream.of(r).distinct().count() == 3 && usable(gold, 100, text)) {
                return text;
            }
        }
    }

    private static String digits(SplitMix random) {
        int[] pool = {3, 4, 5, 7};
        while (true) {
            int odd = random.between(1, 3);
            int modulus = pool[random.below(4)];
            int remainder = random.between(1, modulus - 1);
            String text = """
                    A safe accepts certain codes of four digits. The first digit of a code is not 0, the four digits are
                    pairwise different, exactly %d of them %s odd, and the sum of the four digits leaves the remainder %d when
                    it is divided by %d. Every code that meets all of these conditions is accepted.

                    How many codes does the safe accept?""".formatted(odd, odd == 1 ? "is" : "are", remainder, modulus);
            if (usable(MathSolvers.codes(odd, modulus, remainder), 100, text)) {
                return text;
            }
        }
    }

    private static String recurrence(SplitMix random) {
        while (true) {
            int first = random.between(1, 9);
            int second = random.between(1, 9);
            int s = random.between(2, 5);
            int t = random.between(2, 7);
            int index = random.between(150, 400);
            int modulus = random.between(400, 997);
            String text = """
                    A sequence of integers is defined by a(1) = %d, a(2) = %d and, for every integer n >= 1,

                        a(n+2) = %d * a(n+1) + %d * a(n).

                    What is the remainder when a(%d) is divided by %d? The remainder is an integer from 0 to %d.""".formatted(first, second, s, t, index, modulus, modulus - 1);
            if (s != t
                    && gcd(t, modulus) == 1
                    && usable(MathSolvers.recurrence(first, second, s, t, index, modulus), 100, text)) {
                return text;
            }
        }
    }

    private static String geometry(SplitMix random) {
        while (true) {
            int area = random.between(20, 90);
            int p = random.between(1, 5);
            int q = random.between(1, 5);
            int u = random.between(1, 5);
            int v = random.between(1, 5);
            String text = """
                    Triangle ABC has area %d. The point D lies on side BC with BD : DC = %d : %d, and the point E lies on
                    side CA with CE : EA = %d : %d. The segments AD and BE meet at the point F. The area of the quadrilateral
                    CDFE is m/n, where m and n are positive integers without a common factor greater than 1.

                    What is m + n?""".formatted(area, p, q, u, v);
            boolean shape = p != q && u != v && (p != u || q != v) && gcd(p, q) == 1 && gcd(u, v) == 1;
            MathSolvers.Ratio cut = MathSolvers.quadrilateral(area, p, q, u, v);
            if (shape && cut.den() > 1 && usable(cut.num() + cut.den(), 100, text)) {
                return text;
            }
        }
    }
}
