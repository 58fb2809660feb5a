package dev.rtel.tasks.generated;

import dev.rtel.eval.Target;
import dev.rtel.tasks.internal.SplitMix;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A number told by its remainders. */
final class ChineseRemainderGenerator implements Generator {
    private static final String MODULI = "moduli";
    private static final String LARGEST = "largest";
    private static final int SMALLEST = 4;

    /** Who counts what, in groups of what. */
    private record Story(String start, String things, String grouped) {}

    private static final List<Story> STORIES = List.of(
            new Story("A nursery counts its tulip bulbs.", "bulbs", "planted in rows"),
            new Story("A bakery counts its rolls.", "rolls", "packed in bags"),
            new Story("A school counts its pencils.", "pencils", "put into boxes"),
            new Story("A collector counts his stamps.", "stamps", "arranged on pages"),
            new Story("A theatre counts its chairs.", "chairs", "set up in rows"),
            new Story("A library counts its magazines.", "magazines", "tied up in bundles"));

    @Override
    public String name() {
        return "chinese-remainder";
    }

    @Override
    public String about() {
        return "a number found from its remainders by pairwise coprime divisors";
    }

    @Override
    public String category() {
        return "math";
    }

    @Override
    public String grader() {
        return "exact-numeric";
    }

    @Override
    public String workloadUnit() {
        return "numbers sieved";
    }

    @Override
    public List<String> checks() {
        return List.of("construction from the Chinese remainder theorem", "search through all numbers below the bound");
    }

    @Override
    public List<String> tags() {
        return List.of("number-theory", "remainders");
    }

    @Override
    public List<Knob> knobs() {
        return List.of(
                Knob.number(MODULI, "divisors", 3, 5, Knob.range(3, 3), Knob.range(3, 3), Knob.range(4, 4)),
                Knob.number(
                        LARGEST, "largest divisor", 9, 50, Knob.range(9, 13), Knob.range(16, 23), Knob.range(17, 25)));
    }

    /** Five pairwise coprime divisors need some room. */
    @Override
    public int least(String knob, Map<String, Object> given) {
        return knob.equals(LARGEST) && Long.valueOf(5).equals(given.get(MODULI)) ? 13 : 0;
    }

    @Override
    public Optional<Draft> draw(Choices choices, SplitMix random) {
        int largest = choices.number(LARGEST);
        TreeSet<Integer> drawn = new TreeSet<>(List.of(largest));
        while (drawn.size() < choices.number(MODULI)) {
            drawn.add(random.between(SMALLEST, largest));
        }
        List<Integer> moduli = List.copyOf(drawn);
        if (!coprime(moduli)) {
            return Optional.empty();
        }
        List<Integer> remainders = new ArrayList<>();
        moduli.forEach(m -> remainders.add(random.between(1, m - 1)));
        BigInteger bound = moduli.stream().map(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
        long gold = solve(moduli, remainders, bound);
        String input = prompt(random.pick(STORIES), moduli, remainders, bound);
        boolean distinct = new TreeSet<>(remainders).size() == remainders.size();
        if (!distinct || !Prose.mayBeGold(gold, input)) {
            return Optional.empty();
        }
        return Optional.of(Draft.of(
                moduli + "" + remainders,
                "A number and its remainders",
                input,
                Target.of(String.valueOf(gold)),
                bound.divide(BigInteger.valueOf(largest)).intValueExact(),
                // whoever looks at the largest divisor alone has this many numbers left
                BigDecimal.ONE
                        .divide(new BigDecimal(bound.divide(BigInteger.valueOf(largest))), 6, RoundingMode.UP)
                        .stripTrailingZeros()
                        .toPlainString(),
                Map.of("answer_range", "10.." + (bound.longValueExact() - 1))));
    }

    private static boolean coprime(List<Integer> numbers) {
        for (int i = 0; i < numbers.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (!BigInteger.valueOf(numbers.get(i))
                        .gcd(BigInteger.valueOf(numbers.get(j)))
                        .equals(BigInteger.ONE)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static long solve(List<Integer> moduli, List<Integer> remainders, BigInteger bound) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < moduli.size(); i++) {
            BigInteger modulus = BigInteger.valueOf(moduli.get(i));
            BigInteger others = bound.divide(modulus);
            sum = sum.add(BigInteger.valueOf(remainders.get(i)).multiply(others).multiply(others.modInverse(modulus)));
        }
        return sum.mod(bound).longValueExact();
    }

    private static String prompt(Story story, List<Integer> moduli, List<Integer> remainders, BigInteger bound) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < moduli.size(); i++) {
            lines.add("- %s of %d: the last one is incomplete and holds %d."
                    .formatted(story.grouped(), moduli.get(i), remainders.get(i)));
        }
        return """
                %s There are fewer than %d %s. It has been tried how they can be grouped; all groups of one attempt but the
                last are complete.

                %s

                How many %s are there?""".formatted(story.start(), bound, story.things(), String.join("\n", lines), story.things());
    }
}
