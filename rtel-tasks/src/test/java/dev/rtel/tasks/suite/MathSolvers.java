package dev.rtel.tasks.suite;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;

/** Slow and simple solvers for the templates of the math task; they share nothing with the formulas behind the golds. */
final class MathSolvers {
    private MathSolvers() {}

    /** Walks every route. */
    static int routes(int x, int y, int width, int height, int blockedX, int blockedY) {
        if (x > width || y > height || (x == blockedX && y == blockedY)) {
            return 0;
        }
        if (x == width && y == height) {
            return 1;
        }
        return routes(x + 1, y, width, height, blockedX, blockedY)
                + routes(x, y + 1, width, height, blockedX, blockedY);
    }

    /** All numbers below the bound with these remainders. */
    static List<Integer> withRemainders(int bound, int[] moduli, int[] remainders) {
        return IntStream.range(0, bound)
                .filter(n -> IntStream.range(0, moduli.length).allMatch(i -> n % moduli[i] == remainders[i]))
                .boxed()
                .toList();
    }

    /** Tries every four-digit number. */
    static int codes(int oddDigits, int modulus, int remainder) {
        return (int) IntStream.rangeClosed(1000, 9999)
                .mapToObj(String::valueOf)
                .filter(code -> code.chars().distinct().count() == 4)
                .filter(code -> code.chars().filter(digit -> digit % 2 == 1).count() == oddDigits)
                .filter(code -> code.chars().map(digit -> digit - '0').sum() % modulus == remainder)
                .count();
    }

    /** Computes the exact terms and reduces only the last one. */
    static int recurrence(int first, int second, int factor1, int factor2, int index, int modulus) {
        BigInteger earlier = BigInteger.valueOf(first);
        BigInteger later = BigInteger.valueOf(second);
        for (int n = 3; n <= index; n++) {
            BigInteger next =
                    later.multiply(BigInteger.valueOf(factor1)).add(earlier.multiply(BigInteger.valueOf(factor2)));
            earlier = later;
            later = next;
        }
        return later.mod(BigInteger.valueOf(modulus)).intValueExact();
    }

    /** Places the triangle on coordinates and returns the exact area of CDFE. */
    static Ratio quadrilateral(int area, int bd, int dc, int ce, int ea) {
        Point a = new Point(Ratio.of(0), Ratio.of(0));
        Point b = new Point(Ratio.of(2L * area), Ratio.of(0));
        Point c = new Point(Ratio.of(0), Ratio.of(1));
        Point d = b.towards(c, new Ratio(bd, bd + dc));
        Point e = c.towards(a, new Ratio(ce, ce + ea));
        // F = s * D (A is the origin) lies on BE: the cross product of F - B and E - B vanishes.
        Point be = e.minus(b);
        Ratio s = b.cross(be).over(d.cross(be));
        Point f = a.towards(d, s);
        Ratio twice = c.cross(d).plus(d.cross(f)).plus(f.cross(e)).plus(e.cross(c));
        Ratio half = twice.times(new Ratio(1, 2));
        return half.num() < 0 ? half.times(Ratio.of(-1)) : half;
    }

    /** A fraction in lowest terms with a positive denominator. */
    record Ratio(long num, long den) {
        Ratio {
            long divisor = BigInteger.valueOf(num).gcd(BigInteger.valueOf(den)).longValueExact();
            divisor = den < 0 ? -divisor : divisor;
            num /= divisor;
            den /= divisor;
        }

        static Ratio of(long value) {
            return new Ratio(value, 1);
        }

        Ratio plus(Ratio other) {
            return new Ratio(num * other.den + other.num * den, den * other.den);
        }

        Ratio minus(Ratio other) {
            return plus(new Ratio(-other.num, other.den));
        }

        Ratio times(Ratio other) {
            return new Ratio(num * other.num, den * other.den);
        }

        Ratio over(Ratio other) {
            return new Ratio(num * other.den, den * other.num);
        }
    }

    /** A point of the plane, or a vector. */
    record Point(Ratio x, Ratio y) {
        Point minus(Point other) {
            return new Point(x.minus(other.x), y.minus(other.y));
        }

        Point towards(Point other, Ratio part) {
            Point way = other.minus(this);
            return new Point(x.plus(way.x.times(part)), y.plus(way.y.times(part)));
        }

        Ratio cross(Point other) {
            return x.times(other.y).minus(y.times(other.x));
        }
    }
}
