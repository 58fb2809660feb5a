package dev.rtel.tasks.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.eval.Sample;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reads the printed sentences; a world is the set of the knights' names. */
class KnightsGeneratorTest {
    private static final Pattern SAYS = Pattern.compile("^- (\\w+) says: \"(.*)\\.\"$", Pattern.MULTILINE);
    private static final Pattern CLAIM = Pattern.compile("^\\d\\. (.*)\\.$", Pattern.MULTILINE);
    private static final Pattern COUNT =
            Pattern.compile("(Exactly|At least) (\\w+) of (?:us|the) (\\w+) (?:is a knight|are knights)");
    private static final List<String> NUMBERS =
            List.of("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");

    private static Predicate<Set<String>> meaning(String sentence, int people) {
        Matcher count = COUNT.matcher(sentence);
        if (count.matches()) {
            assertThat(count.group(3)).isEqualTo(NUMBERS.get(people));
            int number = NUMBERS.indexOf(count.group(2));
            return count.group(1).equals("Exactly") ? w -> w.size() == number : w -> w.size() >= number;
        }
        if (sentence.startsWith("If ")) {
            String[] parts = sentence.substring(3).split(", then ");
            return part(parts[0]).negate().or(part(parts[1]));
        }
        if (sentence.endsWith(", or both")) {
            String[] parts = sentence.substring(0, sentence.length() - 9).split(" or ");
            return part(parts[0]).or(part(parts[1]));
        }
        String[] words = sentence.split(" ");
        if (sentence.endsWith(" are of the same kind") || sentence.endsWith(" are of different kinds")) {
            boolean same = sentence.endsWith("same kind");
            return world -> (world.contains(words[0]) == world.contains(words[2])) == same;
        }
        String[] parts = sentence.split(" and ");
        return parts.length == 2 ? part(parts[0]).and(part(parts[1])) : part(sentence);
    }

    private static Predicate<Set<String>> part(String text) {
        Matcher is = Pattern.compile("(\\w+) is a (knight|knave)").matcher(text);
        assertThat(is.matches()).as(text).isTrue();
        String name = is.group(1);
        return is.group(2).equals("knight") ? world -> world.contains(name) : world -> !world.contains(name);
    }

    /** One puzzle as printed. */
    private static final class Puzzle {
        final List<String> speakers;
        final List<Predicate<Set<String>>> said;
        final List<Predicate<Set<String>>> claims;

        Puzzle(String prompt) {
            List<MatchResult> lines = Made.lines(SAYS, prompt);
            speakers = lines.stream().map(line -> line.group(1)).toList();
            said = lines.stream()
                    .map(line -> meaning(line.group(2), lines.size()))
                    .toList();
            claims = Made.lines(CLAIM, prompt).stream()
                    .map(line -> meaning(line.group(1), lines.size()))
                    .toList();
        }

        /** Worlds that fit those of the statements that are listened to, found by deciding one speaker after another. */
        List<Set<String>> worlds(List<Integer> listened) {
            List<Set<String>> worlds = new ArrayList<>();
            decide(0, new HashSet<>(), listened, worlds);
            return worlds;
        }

        private void decide(int next, Set<String> knights, List<Integer> listened, List<Set<String>> worlds) {
            if (next == speakers.size()) {
                if (listened.stream()
                        .allMatch(i ->
                                knights.contains(speakers.get(i)) == said.get(i).test(knights))) {
                    worlds.add(Set.copyOf(knights));
                }
                return;
            }
            decide(next + 1, knights, listened, worlds);
            knights.add(speakers.get(next));
            decide(next + 1, knights, listened, worlds);
            knights.remove(speakers.get(next));
        }
    }

    private static List<Integer> all(int size) {
        return IntStream.range(0, size).boxed().toList();
    }

    @Test
    void theOnlyWorldThatFitsThePrintedSentencesGivesTheGold() {
        for (Sample sample : Made.thousand("knights")) {
            Puzzle puzzle = new Puzzle(Made.input(sample));
            List<Set<String>> worlds = puzzle.worlds(all(puzzle.said.size()));
            assertThat(worlds).as(sample.id()).hasSize(1);
            assertThat(puzzle.claims.stream().map(c -> c.test(worlds.get(0))).toList())
                    .as(sample.id())
                    .isEqualTo(Made.claims(sample));
        }
    }

    @Test
    void everyStatementIsNeededOrNamedAsADistractorAndNoneIsEnough() {
        int distractors = 0;
        for (Sample sample : Made.task("knights?seed=7&n=300").samples()) {
            Puzzle puzzle = new Puzzle(Made.input(sample));
            List<?> named = (List<?>) Made.metadata(sample, "distractors");
            List<Integer> needed = new ArrayList<>();
            for (int i = 0; i < puzzle.said.size(); i++) {
                List<Integer> others = new ArrayList<>(all(puzzle.said.size()));
                others.remove(Integer.valueOf(i));
                boolean isNeeded = puzzle.worlds(others).size() > 1;
                assertThat(named.contains(puzzle.speakers.get(i)))
                        .as(sample.id())
                        .isNotEqualTo(isNeeded);
                assertThat(puzzle.worlds(List.of(i))).as(sample.id()).hasSizeGreaterThan(1);
                if (isNeeded) {
                    needed.add(i);
                }
            }
            assertThat(puzzle.worlds(needed)).as(sample.id()).hasSize(1);
            assertThat(sample.workload()).hasValue(needed.size() * puzzle.speakers.size());
            assertThat(sample.tags()).contains("distractors:" + named.size(), "people:" + puzzle.speakers.size());
            distractors += named.size();
        }
        assertThat(distractors).isPositive();
    }

    @Test
    void noClaimIsTrueOrFalseInEveryWorldOrWasSaid() {
        for (Sample sample : Made.task("knights?seed=7&n=300").samples()) {
            Puzzle puzzle = new Puzzle(Made.input(sample));
            List<Set<String>> every = puzzle.worlds(List.of());
            List<List<Boolean>> said = puzzle.said.stream()
                    .map(s -> every.stream().map(s::test).toList())
                    .toList();
            for (Predicate<Set<String>> claim : puzzle.claims) {
                List<Boolean> truth = every.stream().map(claim::test).toList();
                assertThat(truth).as(sample.id()).contains(true, false);
                assertThat(said).as(sample.id()).doesNotContain(truth);
            }
        }
    }
}
