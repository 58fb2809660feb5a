package dev.rtel.tasks.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.eval.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Reads the printed lists and claims; distances come from relaxing the edges between all safe banks until nothing changes. */
class RiverCrossingGeneratorTest {
    private static final Pattern ANIMALS = Pattern.compile("animals across a river: (.*)\\.");
    private static final Pattern PAIR = Pattern.compile("^- (\\w+) and (\\w+)$", Pattern.MULTILINE);
    private static final Pattern CLAIM =
            Pattern.compile("^\\d\\. (.*) at most (\\d+) crossings? (is|are) enough\\.$", Pattern.MULTILINE);
    private static final Pattern ROOM = Pattern.compile("(?:With|with) room for (\\w+) animals? beside the ferryman$");
    private static final Pattern STRUCK = Pattern.compile("the (\\w+) and the (\\w+) got on well");
    private static final Pattern ADDED = Pattern.compile("the (\\w+) and the (\\w+) did not get on either");
    private static final Pattern SWAPPED =
            Pattern.compile("the (\\w+) and the (\\w+) were on the list in place of the (\\w+) and the (\\w+)");
    private static final List<String> NUMBERS = List.of("none", "one", "two", "three", "four", "five");
    private static final int FAR = 10_000;

    private static int crossings(List<String> animals, List<List<String>> quarrels, int room) {
        int all = (1 << animals.size()) - 1;
        List<Integer> banks = new ArrayList<>();
        for (int bank = 0; bank <= all; bank++) {
            int here = bank;
            if (quarrels.stream()
                    .noneMatch(q -> (here >> animals.indexOf(q.get(0)) & 1) == 1
                            && (here >> animals.indexOf(q.get(1)) & 1) == 1)) {
                banks.add(bank);
            }
        }
        // left: the ferryman's side is left, the right bank is alone; right: the other way round. Starting from the end
        int[] left = new int[all + 1];
        int[] right = new int[all + 1];
        Arrays.fill(left, FAR);
        Arrays.fill(right, FAR);
        right[0] = 0;
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int alone : banks) {
                // a crossing to the right leaves `alone` on the left; he came from a left bank that holds more
                for (int over : banks) {
                    int load = all & ~alone & ~over;
                    boolean apart = (alone & over) == 0 && Integer.bitCount(load) <= room;
                    if (apart) {
                        // before: left bank alone + load, right bank over; after: left bank alone, right bank over +
                        // load
                        int before = alone | load;
                        if (right[alone] + 1 < left[before]) {
                            left[before] = right[alone] + 1;
                            changed = true;
                        }
                        if (left[before] + 1 < right[alone]) {
                            right[alone] = left[before] + 1;
                            changed = true;
                        }
                    }
                }
            }
        }
        return left[all];
    }

    private static List<String> pair(Matcher found, int first) {
        return List.of(found.group(first), found.group(first + 1));
    }

    private static boolean truth(MatchResult claim, List<String> animals, List<List<String>> quarrels) {
        List<List<String>> list = new ArrayList<>(quarrels);
        Matcher struck = STRUCK.matcher(claim.group(1));
        Matcher added = ADDED.matcher(claim.group(1));
        Matcher swapped = SWAPPED.matcher(claim.group(1));
        if (struck.find()) {
            assertThat(list.remove(pair(struck, 1))).isTrue();
        } else if (added.find()) {
            assertThat(list).doesNotContain(pair(added, 1));
            list.add(pair(added, 1));
        } else if (swapped.find()) {
            list.add(pair(swapped, 1));
            assertThat(list.remove(pair(swapped, 3))).isTrue();
        } else {
            assertThat(claim.group(1)).startsWith("With room for");
        }
        Matcher room = ROOM.matcher(claim.group(1));
        assertThat(room.find()).as(claim.group()).isTrue();
        int fewest = crossings(animals, list, NUMBERS.indexOf(room.group(1)));
        assertThat(fewest).isLessThan(FAR);
        return fewest <= Integer.parseInt(claim.group(2));
    }

    @Test
    void relaxingDistancesGivesTheGold() {
        for (Sample sample : Made.thousand("river-crossing")) {
            String prompt = Made.input(sample);
            List<String> animals = Arrays.stream(
                            Made.lines(ANIMALS, prompt).get(0).group(1).split(", | and "))
                    .map(animal -> animal.replaceFirst("^an? ", ""))
                    .toList();
            List<List<String>> quarrels = Made.lines(PAIR, prompt).stream()
                    .map(line -> List.of(line.group(1), line.group(2)))
                    .toList();
            assertThat(animals)
                    .containsAll(quarrels.stream().flatMap(List::stream).toList());
            List<Boolean> truths = Made.lines(CLAIM, prompt).stream()
                    .map(claim -> truth(claim, animals, quarrels))
                    .toList();
            assertThat(truths).as(sample.id()).isEqualTo(Made.claims(sample));
        }
    }
}
