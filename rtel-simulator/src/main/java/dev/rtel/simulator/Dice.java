package dev.rtel.simulator;

/**
 * Random numbers that are a pure function of a seed, some words and the name of the roll (SplitMix64 over a hash of them).
 *
 * <p>Every roll has its own name, so that a new kind of roll never changes the result of another one. Immutable.
 */
final class Dice {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final String ALPHANUMERICS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final long root;

    Dice(long seed, String... words) {
        long hash = mix(seed + GOLDEN_GAMMA);
        for (String word : words) {
            hash = absorb(hash, word);
        }
        this.root = hash;
    }

    /** Returns a number from 0 (inclusive) to 1 (exclusive). */
    double roll(String name) {
        return (mix(absorb(root, name) + GOLDEN_GAMMA) >>> 11) * 0x1.0p-53;
    }

    /** Returns a number from 0 (inclusive) to {@code size} (exclusive). */
    int pick(String name, int size) {
        return (int) (roll(name) * size);
    }

    /** Returns a number with mean 0 and standard deviation 1 (Box-Muller). */
    double gaussian(String name) {
        double radius = Math.sqrt(-2.0 * Math.log(1.0 - roll(name + "/radius")));
        return radius * Math.cos(2.0 * Math.PI * roll(name + "/angle"));
    }

    /** Returns a string of {@code count} letters and digits. */
    String letters(String name, int count) {
        StringBuilder letters = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            letters.append(ALPHANUMERICS.charAt(pick(name + "/" + i, ALPHANUMERICS.length())));
        }
        return letters.toString();
    }

    private static long absorb(long hash, String word) {
        long result = hash;
        for (int i = 0; i < word.length(); i++) {
            result = mix(result + GOLDEN_GAMMA ^ word.charAt(i));
        }
        return mix(result ^ ((long) word.length() << 32));
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
