package dev.rtel.tasks.generated;

import dev.rtel.eval.Target;
import dev.rtel.tasks.internal.SplitMix;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Knights and knaves: statements that only one world fits, and claims about it. */
final class KnightsGenerator implements Generator {
    private static final String PEOPLE = "people";
    private static final String DISTRACTORS = "distractors";
    private static final int CLAIM_TRIES = 60;
    private static final List<String> PLACES = List.of(
            "On an island everybody is either a knight or a knave.",
            "In a club every member is either a knight or a knave.",
            "In a village every inhabitant is either a knight or a knave.");

    @Override
    public String name() {
        return "knights";
    }

    @Override
    public String about() {
        return "knights and knaves: one world fits what all say; a vector of claims about it";
    }

    @Override
    public String category() {
        return "logic";
    }

    @Override
    public String grader() {
        return "boolean";
    }

    @Override
    public String workloadUnit() {
        return "statements that must be used times log2 of the worlds";
    }

    @Override
    public List<String> checks() {
        return List.of(
                "enumeration of all worlds while generating", "reading of the printed sentences and case analysis");
    }

    @Override
    public List<String> tags() {
        return List.of("knights-and-knaves");
    }

    @Override
    public List<Knob> knobs() {
        return List.of(
                Knob.number(
                        PEOPLE,
                        "speakers, one statement each",
                        3,
                        10,
                        Knob.range(3, 4),
                        Knob.range(5, 6),
                        Knob.range(7, 8)),
                Knob.number(
                        DISTRACTORS,
                        "statements that are not needed",
                        0,
                        3,
                        Knob.range(0, 0),
                        Knob.range(0, 1),
                        Knob.range(0, 2)),
                Knob.number(CLAIMS, "claims asked", 4, 5, Knob.range(4, 4), Knob.range(4, 4), Knob.range(5, 5)));
    }

    /** Two statements at least are needed, and a third leaves room to draw. */
    @Override
    public int least(String knob, Map<String, Object> given) {
        return knob.equals(PEOPLE) && given.get(DISTRACTORS) instanceof Long distractors ? (int) (distractors + 3) : 0;
    }

    @Override
    public Optional<Draft> draw(Choices choices, SplitMix random) {
        int people = choices.number(PEOPLE);
        int world = random.below(1 << people);
        List<Statement> said = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            Statement.draw(random, people, world, (world >> i & 1) == 1, i).ifPresent(said::add);
        }
        boolean varied = said.stream().map(Statement::form).distinct().count() >= Math.min(people, 4);
        if (said.size() < people || !varied || said.stream().distinct().count() < people) {
            return Optional.empty();
        }
        List<Integer> needless = needless(said, people);
        if (needless == null || needless.size() != choices.number(DISTRACTORS)) {
            return Optional.empty();
        }
        List<Statement> claims = claims(random, people, world, said, choices.truths());
        if (claims.size() < choices.truths().size()) {
            return Optional.empty();
        }
        List<String> names = random.shuffled(Prose.NAMES).subList(0, people).stream()
                .sorted()
                .toList();
        String input = prompt(random.pick(PLACES), names, said, claims);
        return Optional.of(Draft.of(
                said + "/" + claims,
                "Knights and knaves among " + Prose.number(people),
                input,
                new Target.Claims(choices.truths()),
                (people - needless.size()) * people,
                Prose.chanceOfTruths(claims.size()),
                Map.of("distractors", needless.stream().map(names::get).toList())));
    }

    /**
     * The speakers without whose statement still only one world fits; null unless all others together leave one world
     * and no single statement does.
     */
    private static @Nullable List<Integer> needless(List<Statement> said, int people) {
        List<BitSet> fitting = IntStream.range(0, people)
                .mapToObj(i -> fitting(said.get(i), i, people))
                .toList();
        if (fitting.stream().anyMatch(worlds -> worlds.cardinality() < 2)) {
            return null;
        }
        List<Integer> needless = new ArrayList<>();
        List<BitSet> needed = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            List<BitSet> others = new ArrayList<>(fitting);
            others.remove(i);
            if (common(others, people).cardinality() == 1) {
                needless.add(i);
            } else {
                needed.add(fitting.get(i));
            }
        }
        return common(needed, people).cardinality() == 1 ? needless : null;
    }

    /** The worlds in which the speaker is a knight exactly if the statement is true. */
    private static BitSet fitting(Statement statement, int speaker, int people) {
        BitSet worlds = new BitSet();
        for (int world = 0; world < 1 << people; world++) {
            worlds.set(world, statement.holds(world) == ((world >> speaker & 1) == 1));
        }
        return worlds;
    }

    private static BitSet common(List<BitSet> sets, int people) {
        BitSet common = new BitSet();
        common.set(0, 1 << people);
        sets.forEach(common::and);
        return common;
    }

    /** Claims with these truth values, each of another form, none said before or decided by another alone. */
    private static List<Statement> claims(
            SplitMix random, int people, int world, List<Statement> said, List<Boolean> truths) {
        List<Statement> claims = new ArrayList<>();
        List<BitSet> taken = new ArrayList<>();
        said.forEach(statement -> taken.add(statement.worlds(people)));
        for (int i = 0; i < CLAIM_TRIES && claims.size() < truths.size(); i++) {
            Optional<Statement> claim = Statement.draw(random, people, world, truths.get(claims.size()), -1);
            if (claim.isEmpty()
                    || claims.stream().anyMatch(c -> c.form() == claim.get().form())) {
                continue;
            }
            BitSet worlds = claim.get().worlds(people);
            BitSet opposite = new BitSet();
            opposite.set(0, 1 << people);
            opposite.andNot(worlds);
            if (!worlds.isEmpty() && !opposite.isEmpty() && !taken.contains(worlds) && !taken.contains(opposite)) {
                claims.add(claim.get());
                taken.add(worlds);
            }
        }
        return claims;
    }

    private static String prompt(String place, List<String> names, List<Statement> said, List<Statement> claims) {
        String count = Prose.number(names.size());
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            lines.add("- " + names.get(i) + " says: \"" + said.get(i).text(names, "us " + count) + ".\"");
        }
        List<String> asked = claims.stream()
                .map(claim -> claim.text(names, "the " + count) + ".")
                .toList();
        return """
                %s Everything a knight says is true, and everything a knave says is false.
                "If ..., then ..." is false only when the first part is true and the second part is false.
                The %s of them talk about each other, and each makes one statement.

                %s

                Exactly one assignment of knights and knaves fits all %s statements. Decide for each of the following
                claims whether it is true.

                %s

                %s""".formatted(
                        place,
                        count,
                        String.join("\n", lines),
                        count,
                        Prose.numbered(asked),
                        Prose.askForTruths(claims.size()));
    }
}
