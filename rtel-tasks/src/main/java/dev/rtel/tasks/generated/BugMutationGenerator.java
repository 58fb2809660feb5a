package dev.rtel.tasks.generated;

import dev.rtel.common.PlainJson;
import dev.rtel.eval.Target;
import dev.rtel.tasks.internal.SplitMix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A small function with one defect. The expected results come from an independent version of the function in Java; the
 * defect is there only if some case shows it, and the wrong fixes that come along fail as well.
 */
final class BugMutationGenerator implements Generator {
    private static final String KIND = "kind";
    private static final String CASES = "cases";
    private static final int WRONG_FIXES = 3;
    private final List<Program> programs = Stream.of(EasyPrograms.all(), MediumPrograms.all(), HardPrograms.all())
            .flatMap(List::stream)
            .toList();

    @Override
    public String name() {
        return "bug-mutation";
    }

    @Override
    public String about() {
        return "a small Python function with one defect, to be repaired; hidden cases";
    }

    @Override
    public String category() {
        return "code";
    }

    @Override
    public String grader() {
        return "code-execution";
    }

    @Override
    public String workloadUnit() {
        return "executed statements of the reference over all cases";
    }

    @Override
    public List<String> checks() {
        return List.of("an independent version of the function", "the reference run on every case");
    }

    @Override
    public List<String> tags() {
        return List.of("python", "debugging");
    }

    @Override
    public List<Knob> knobs() {
        return List.of(
                Knob.word(KIND, "kind of the defect", Mutation.KINDS),
                Knob.number(CASES, "hidden calls", 8, 14, Knob.range(9, 11), Knob.range(10, 12), Knob.range(11, 13)));
    }

    @Override
    public Optional<Draft> draw(Choices choices, SplitMix random) {
        Program program = random.pick(
                programs.stream().filter(p -> p.level() == choices.level()).toList());
        List<Long> constants = program.drawConstants(random);
        String name = random.pick(program.names());
        String reference = Program.filled(program.source(), name, constants);
        List<Mutation> mutations = random.shuffled(Mutations.of(reference));
        List<Mutation> ofKind = mutations.stream()
                .filter(m -> m.kind().equals(choices.word(KIND)))
                .toList();
        if (ofKind.isEmpty()) {
            return Optional.empty();
        }
        CaseSet drawn = CaseSet.draw(program, constants, choices.number(CASES) + 1, random);
        CaseSet hidden = drawn.without(1);
        Optional<CaseSet.Outcome> right = hidden.outcome(reference);
        if (right.filter(CaseSet.Outcome::all).isEmpty()) {
            throw new IllegalStateException("the two versions of '" + program.topic() + "' differ: " + hidden);
        }
        if (hidden.cases().size() < choices.number(CASES)) {
            return Optional.empty();
        }
        Optional<Mutation> defect =
                ofKind.stream().filter(m -> subtle(m, hidden)).findFirst();
        if (defect.isEmpty()) {
            return Optional.empty();
        }
        List<Mutation> wrong = mutations.stream()
                .filter(m -> !m.code().equals(defect.get().code()) && subtle(m, hidden))
                .limit(WRONG_FIXES)
                .toList();
        if (wrong.size() < WRONG_FIXES) {
            return Optional.empty();
        }
        CaseSet.Case example = drawn.cases().get(0);
        String buggy = defect.get().code();
        List<Map<String, Object>> mutants = new ArrayList<>();
        wrong.forEach(m -> mutants.add(mutant(m.what(), m.code())));
        mutants.add(mutant("hard-coded example", hardCoded(buggy, parameters(reference), example)));
        return Optional.of(new Draft(
                buggy,
                "A defect in " + name,
                prompt(Program.filled(program.purpose(), name, constants), name, parameters(reference), example, buggy),
                new Target.None(),
                right.orElseThrow().steps(),
                "0",
                List.of("program:" + program.topic()),
                metadata(reference, defect.get(), mutants),
                fields(name, buggy, hidden)));
    }

    /** Shows in some case, yet not in most: a program that is plainly broken tells little. */
    private static boolean subtle(Mutation mutation, CaseSet cases) {
        return cases.outcome(mutation.code())
                .filter(outcome -> !outcome.all() && outcome.passed() >= 2)
                .isPresent();
    }

    private static List<String> parameters(String reference) {
        String inside = reference.substring(reference.indexOf('(') + 1, reference.indexOf(')'));
        return List.of(inside.split(", "));
    }

    private static String hardCoded(String buggy, List<String> parameters, CaseSet.Case example) {
        int body = buggy.indexOf('\n') + 1;
        List<String> same = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            same.add(parameters.get(i) + " == " + literal(example.args().get(i)));
        }
        return buggy.substring(0, body) + "    if " + String.join(" and ", same) + ":\n        return "
                + literal(example.expected()) + "\n" + buggy.substring(body);
    }

    /** Numbers, texts without escapes and lists are written alike in JSON and in Python. */
    private static String literal(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(BugMutationGenerator::literal).collect(Collectors.joining(", ", "[", "]"))
                : PlainJson.write(value);
    }

    private static Map<String, @Nullable Object> fields(String name, String buggy, CaseSet cases) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("entry", name);
        fields.put("buggy", buggy);
        fields.put("cases", cases.cases().stream().map(CaseSet.Case::plain).toList());
        return fields;
    }

    private static Map<String, @Nullable Object> metadata(
            String reference, Mutation defect, List<Map<String, Object>> mutants) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("defect", defect.what());
        metadata.put("reference", reference);
        metadata.put("mutants", mutants);
        return metadata;
    }

    private static Map<String, Object> mutant(String what, String code) {
        Map<String, Object> mutant = new LinkedHashMap<>();
        mutant.put("what", what);
        mutant.put("code", code);
        return mutant;
    }

    private static String prompt(
            String purpose, String name, List<String> parameters, CaseSet.Case example, String buggy) {
        String args = example.args().stream().map(BugMutationGenerator::literal).collect(Collectors.joining(", "));
        return """
                The Python function below should do what its specification says, but it contains one defect.

                Specification: `%s(%s)` should %s.
                Example: `%s(%s)` returns `%s`.

                ```python
                %s```

                Find and repair the defect. Reply with the complete corrected function in one ```python block.""".formatted(
                        name, String.join(", ", parameters), purpose, name, args, literal(example.expected()), buggy);
    }
}
