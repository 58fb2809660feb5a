package dev.rtel.tasks.check;

import dev.rtel.eval.Sample;
import dev.rtel.eval.Target;
import dev.rtel.tasks.check.Finding.Severity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Strategies that do not read the task: guessing, and always the same answer. */
final class GuessingChecks {
    private static final double MOST_CHANCE = 1.0 / 16;
    private static final double MOST_SCORE = 0.10;
    private static final double SAME = 1e-9;
    private static final int ENOUGH_CLAIMS = 20;
    private static final double LEAST_TRUE = 0.4;
    private static final double MOST_TRUE = 0.6;
    private static final int ENOUGH_VECTORS = 4;
    private final CheckedTask task;
    private final List<Sample> samples;
    private final Findings findings;

    GuessingChecks(CheckedTask task, Findings findings) {
        this.task = task;
        this.samples = task.task().samples();
        this.findings = findings;
    }

    Guessing check() {
        Map<String, Set<String>> twins = twins();
        samples.forEach(sample -> {
            boolean twin = twins.containsKey(sample.id());
            chance(sample, twin);
            stated(sample);
        });
        Guessing guessing = guessing(twins);
        strategies(guessing, problems(guessing, twins));
        balance();
        return guessing;
    }

    private void chance(Sample sample, boolean twin) {
        OptionalDouble chance = task.chance(sample);
        if (!twin && chance.isPresent() && chance.getAsDouble() > MOST_CHANCE) {
            findings.warning(
                    "chance",
                    sample,
                    "target",
                    "a guesser is right with probability " + share(chance.getAsDouble()),
                    "at most 1/16, or a twin with another answer",
                    "Ask for several claims at once, offer more options, or add a twin (twin_of)");
        }
    }

    private void stated(Sample sample) {
        OptionalDouble stated = task.stated().getOrDefault(sample.id(), OptionalDouble.empty());
        OptionalDouble own = task.alone().getOrDefault(sample.id(), OptionalDouble.empty());
        if (stated.isPresent() && own.isPresent() && Math.abs(stated.getAsDouble() - own.getAsDouble()) > SAME) {
            findings.warning(
                    "chance-stated",
                    sample,
                    "metadata.chance",
                    "metadata.chance is " + stated.getAsDouble() + ", the form of the answer gives "
                            + own.getAsDouble(),
                    "the same number",
                    "Correct it, or leave it out: it is computed");
        }
    }

    /** Sample ids to those that must be right as well, both ways. */
    private Map<String, Set<String>> twins() {
        Set<String> ids = new HashSet<>();
        samples.forEach(sample -> ids.add(sample.id()));
        Map<String, Set<String>> twins = new HashMap<>();
        for (Sample sample : samples) {
            sample.twinOf().filter(ids::contains).ifPresent(twin -> {
                twins.computeIfAbsent(sample.id(), id -> new HashSet<>()).add(twin);
                twins.computeIfAbsent(twin, id -> new HashSet<>()).add(sample.id());
            });
        }
        return twins;
    }

    private Guessing guessing(Map<String, Set<String>> twins) {
        double sum = 0;
        boolean known = true;
        for (Sample sample : samples) {
            OptionalDouble chance = task.chance(sample);
            known &= chance.isPresent();
            sum += chance.orElse(0);
        }
        Map<String, Set<String>> rightFor = new LinkedHashMap<>();
        for (Sample sample : samples) {
            for (String answer : Answers.of(sample, task.graderName())) {
                rightFor.computeIfAbsent(answer, a -> new HashSet<>()).add(sample.id());
            }
        }
        Optional<String> best = Optional.empty();
        int most = 0;
        for (Map.Entry<String, Set<String>> answer : rightFor.entrySet()) {
            Set<String> alone = answer.getValue();
            int passed = (int) alone.stream()
                    .filter(id -> alone.containsAll(twins.getOrDefault(id, Set.of())))
                    .count();
            if (best.isEmpty() || passed > most) {
                best = Optional.of(answer.getKey());
                most = passed;
            }
        }
        OptionalDouble random = known ? OptionalDouble.of(sum / samples.size()) : OptionalDouble.empty();
        return new Guessing(random, best, most, samples.size());
    }

    /** How many problems the constant answer passes; one problem in two languages is one. */
    private long problems(Guessing guessing, Map<String, Set<String>> twins) {
        Set<String> seen = new HashSet<>();
        long problems = 0;
        for (Sample sample : samples) {
            boolean right = guessing.constant()
                    .filter(answer -> Answers.of(sample, task.graderName()).contains(answer))
                    .isPresent();
            if (right && seen.add(sample.id())) {
                seen.addAll(twins.getOrDefault(sample.id(), Set.of()));
                problems++;
            }
        }
        return problems;
    }

    private void strategies(Guessing guessing, long problems) {
        if (guessing.random().isPresent() && guessing.random().getAsDouble() > MOST_SCORE) {
            findings.ofTask(
                    Severity.WARNING,
                    "random-strategy",
                    "guessing scores " + share(guessing.random().getAsDouble()) + " on the task",
                    "at most 10 %",
                    "See the samples with a high chance");
        }
        boolean often = problems > 1 && guessing.constantRight() > MOST_SCORE * guessing.of();
        if (often) {
            findings.ofTask(
                    Severity.WARNING,
                    "constant-strategy",
                    "always answering '" + guessing.constant().orElse("") + "' passes " + guessing.constantRight()
                            + " of " + guessing.of() + " samples",
                    "at most 10 % of them, or one",
                    "Vary the answers, or give samples twins with other answers");
        }
    }

    /** Truth values over all claims, and at each place of vectors of one length. */
    private void balance() {
        int claims = 0;
        int truths = 0;
        Map<Integer, int[]> byLength = new LinkedHashMap<>();
        Map<Integer, Integer> vectors = new HashMap<>();
        for (Sample sample : samples) {
            if (sample.target() instanceof Target.Claims vector) {
                List<Boolean> values = vector.values();
                int[] counts = byLength.computeIfAbsent(values.size(), int[]::new);
                vectors.merge(values.size(), 1, Integer::sum);
                for (int i = 0; i < values.size(); i++) {
                    claims++;
                    truths += values.get(i) ? 1 : 0;
                    counts[i] += values.get(i) ? 1 : 0;
                }
            }
        }
        double share = claims == 0 ? 0 : (double) truths / claims;
        if (claims >= ENOUGH_CLAIMS && (share < LEAST_TRUE || share > MOST_TRUE)) {
            findings.ofTask(
                    Severity.WARNING,
                    "truth-balance",
                    truths + " of " + claims + " claims are true",
                    "40 to 60 %",
                    "Negate some of the claims");
        }
        byLength.forEach((length, counts) -> {
            int of = vectors.getOrDefault(length, 0);
            for (int i = 0; i < length && length > 1 && of >= ENOUGH_VECTORS; i++) {
                if (counts[i] == 0 || counts[i] == of) {
                    findings.ofTask(
                            Severity.WARNING,
                            "constant-position",
                            "claim " + (i + 1) + " of " + length + " is " + (counts[i] == of) + " in all " + of
                                    + " vectors",
                            "both truth values at each place",
                            "Change the order of the claims in some samples");
                }
            }
        });
    }

    static String share(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
