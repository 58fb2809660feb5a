package dev.rtel.tasks.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.eval.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Reads the printed updates and follows the asked person alone, with what each value has come from. */
class StateTrackingGeneratorTest {
    private static final Pattern START = Pattern.compile("^- (\\w+): (.*)$", Pattern.MULTILINE);
    private static final Pattern UPDATE =
            Pattern.compile("^\\d+\\. Everyone whose (.*) changes the (\\w+) to (\\w+)\\.$", Pattern.MULTILINE);
    private static final Pattern CLAIM =
            Pattern.compile("^\\d\\. The (\\w+) of (\\w+) is (\\w+)\\.$", Pattern.MULTILINE);

    /** A value and the numbers of the updates that it has come from. */
    private record Known(String value, Set<Integer> from) {}

    private static Map<String, Known> start(String prompt, String person) {
        Map<String, Known> known = new HashMap<>();
        for (MatchResult line : Made.lines(START, prompt)) {
            if (line.group(1).equals(person)) {
                for (String fact : line.group(2).split(", ")) {
                    known.put(fact.split(" ")[0], new Known(fact.split(" ")[1], Set.of()));
                }
            }
        }
        return known;
    }

    /** Number of updates that touched the person. */
    private static int follow(Map<String, Known> known, List<MatchResult> updates) {
        int touched = 0;
        for (int i = 0; i < updates.size(); i++) {
            Set<Integer> from = new HashSet<>(Set.of(i));
            boolean meets = true;
            for (String condition : updates.get(i).group(1).split(" and whose ")) {
                Known looked = known.get(condition.split(" is ")[0]);
                meets = meets && looked.value().equals(condition.split(" is ")[1]);
                from.addAll(looked.from());
            }
            if (meets) {
                touched++;
                known.put(updates.get(i).group(2), new Known(updates.get(i).group(3), from));
            }
        }
        return touched;
    }

    @Test
    void followingTheAskedPersonGivesTheGoldTheShareAndTheWorkload() {
        for (Sample sample : Made.thousand("state-tracking")) {
            String prompt = Made.input(sample);
            List<MatchResult> updates = Made.lines(UPDATE, prompt);
            List<MatchResult> claims = Made.lines(CLAIM, prompt);
            assertThat(claims.stream().map(c -> c.group(2)).distinct()).hasSize(1);
            Map<String, Known> known = start(prompt, claims.get(0).group(2));
            int touched = follow(known, updates);
            List<Boolean> truths = new ArrayList<>();
            Set<Integer> path = new HashSet<>();
            for (MatchResult claim : claims) {
                Known asked = known.get(claim.group(1));
                truths.add(asked.value().equals(claim.group(3)));
                path.addAll(asked.from());
            }
            assertThat(truths).as(sample.id()).isEqualTo(Made.claims(sample));
            assertThat(sample.workload()).as(sample.id()).hasValue(path.size());
            int rho = tag(sample, "rho");
            assertThat(tag(sample, "length")).isEqualTo(updates.size());
            assertThat(tag(sample, "conditions"))
                    .isEqualTo(updates.get(0).group(1).split(" and whose ").length);
            assertThat(Math.abs(100.0 * touched / updates.size() - rho))
                    .as(sample.id())
                    .isLessThanOrEqualTo(50.0 / updates.size() + 1e-9);
            assertThat(claims.stream().map(c -> c.group(1)).distinct()).hasSize(claims.size());
        }
    }

    private static int tag(Sample sample, String name) {
        return Integer.parseInt(sample.tags().stream()
                .filter(tag -> tag.startsWith(name + ":"))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1));
    }

    /** Whoever takes the last value that is mentioned for an attribute must not get far. */
    @Test
    void theLastMentionedValueTellsLittle() {
        int right = 0;
        List<Sample> samples =
                Made.task("state-tracking?seed=7&n=400&difficulty=hard").samples();
        for (Sample sample : samples) {
            String prompt = Made.input(sample);
            Map<String, String> last = new HashMap<>();
            Made.lines(UPDATE, prompt).forEach(update -> last.put(update.group(2), update.group(3)));
            List<Boolean> guess = Made.lines(CLAIM, prompt).stream()
                    .map(claim -> claim.group(3).equals(last.get(claim.group(1))))
                    .toList();
            right += guess.equals(Made.claims(sample)) ? 1 : 0;
        }
        assertThat((double) right / samples.size()).isLessThan(0.35);
    }
}
