package dev.rtel.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.analysis.items.Flag;
import dev.rtel.analysis.items.Flag.Kind;
import dev.rtel.analysis.items.Item;
import dev.rtel.analysis.items.ItemAnalysis;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Target;
import dev.rtel.eval.TrialRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Samples that deserve a look. */
class ItemAnalysisTest {
    private static final int MODELS = 6;

    /** Six models; model i passes sample s1 to s5 when it is good enough, s6 the other way round. */
    private static TestRun ladder() {
        var run = new TestRun();
        for (int m = 1; m <= MODELS; m++) {
            run.model("m" + m);
        }
        run.task("t", 8);
        for (int m = 1; m <= MODELS; m++) {
            for (int s = 1; s <= 5; s++) {
                run.answer("m" + m, s).right(m > s).add();
            }
            run.answer("m" + m, 6).right(m <= 3).add();
            run.answer("m" + m, 7).right(true).add();
            run.answer("m" + m, 8).right(false).add();
        }
        return run;
    }

    private static List<Item> items(TestRun run) {
        return ItemAnalysis.of(List.of(run.plan()), run.records);
    }

    private static Item item(TestRun run, String sample) {
        return items(run).stream()
                .filter(i -> i.sample().equals(sample))
                .findFirst()
                .orElseThrow();
    }

    private static List<Kind> kinds(Item item) {
        return item.flags().stream().map(Flag::kind).toList();
    }

    @Test
    void solvedByAllAndByNobodyAreFlaggedAndWhatTellsModelsApartIsNot() {
        TestRun run = ladder();
        assertThat(kinds(item(run, "s7"))).containsExactly(Kind.SOLVED_BY_ALL);
        assertThat(kinds(item(run, "s8"))).containsExactly(Kind.SOLVED_BY_NONE);
        assertThat(item(run, "s8").flags().get(0).text()).isEqualTo("passed 0 of 6 times");
        for (int s = 1; s <= 5; s++) {
            Item item = item(run, "s" + s);
            assertThat(item.flags()).as("s" + s).isEmpty();
            assertThat(item.discrimination().getAsDouble()).isGreaterThan(0.3);
            assertThat(item.models()).isEqualTo(MODELS);
            assertThat(item.passed()).isEqualTo(MODELS - s);
        }
    }

    @Test
    void rightForWeakAndWrongForStrongModelsIsFlaggedWithCounts() {
        Item item = item(ladder(), "s6");
        assertThat(kinds(item)).containsExactly(Kind.NEGATIVE_DISCRIMINATION);
        assertThat(item.flags().get(0).text())
                .isEqualTo("right for 3 of the 3 weaker models and for 0 of the 3 stronger ones");
        assertThat(item.discrimination().getAsDouble()).isNegative();
    }

    @Test
    void aWrongGoldAnswerShowsInASimulatedRun() {
        var random = new Random(7);
        var run = new TestRun();
        for (int m = 1; m <= MODELS; m++) {
            run.model("m" + m);
        }
        run.task("t", 20);
        for (int m = 1; m <= MODELS; m++) {
            for (int s = 1; s <= 20; s++) {
                boolean right = random.nextDouble() < m / 7.0;
                run.answer("m" + m, s).right(s == 20 ? !right : right).add();
            }
        }
        List<Double> fair = items(run).stream()
                .limit(19)
                .map(i -> i.discrimination().orElse(0))
                .toList();
        assertThat(fair.stream().mapToDouble(d -> d).average().orElseThrow()).isPositive();
        assertThat(item(run, "s20").discrimination().getAsDouble()).isNegative();
        assertThat(kinds(item(run, "s20"))).contains(Kind.NEGATIVE_DISCRIMINATION);
    }

    @Test
    void twinsThatComeApartAreFlaggedOnBothSides() {
        var run = new TestRun().model("a").model("b").model("c");
        run.task("t", List.of(TestRun.twin("s1", "s2"), plain("s2"), plain("s3")));
        run.answer("a", 1).right(true).add();
        run.answer("a", 2).right(false).add();
        run.answer("b", 1).right(true).add();
        run.answer("b", 2).right(true).add();
        run.answer("c", 1).right(false).add();
        run.answer("c", 2).right(true).add();
        run.answer("a", 3).right(true).add();
        assertThat(kinds(item(run, "s1"))).containsExactly(Kind.TWIN_SPLIT);
        assertThat(item(run, "s1").flags().get(0).text())
                .isEqualTo("of 3 times asked both, only 's1' right 1, only 's2' right 1");
        assertThat(kinds(item(run, "s2"))).containsExactly(Kind.TWIN_SPLIT);
        assertThat(item(run, "s1").passed()).isEqualTo(1);
        assertThat(kinds(item(run, "s3"))).isEmpty();
    }

    @Test
    void oneProblemInTwoLocalesIsComparedAcrossThem() {
        Map<String, @Nullable Object> generator = Map.of("generator", Map.of("name", "crt", "seed", 5L));
        var run = new TestRun().model("a").model("b");
        run.task(
                "t",
                List.of(
                        generated("s1", "en", generator),
                        generated("s2", "de", generator),
                        generated("s3", "de", Map.of("generator", Map.of("name", "crt", "seed", 6L)))));
        for (String model : List.of("a", "b")) {
            run.answer(model, 1).right(true).add();
            run.answer(model, 2).right(false).add();
            run.answer(model, 3).right(false).add();
        }
        assertThat(kinds(item(run, "s2"))).containsExactly(Kind.SOLVED_BY_NONE, Kind.LOCALE_SPLIT);
        assertThat(item(run, "s2").flags().get(1).text())
                .isEqualTo("of 2 times asked both, only 's2' (de) right 0, only 's1' (en) right 2");
        assertThat(kinds(item(run, "s3"))).containsExactly(Kind.SOLVED_BY_NONE);
    }

    @Test
    void repliesThatCannotBeReadAreFlaggedWithTheirKinds() {
        var run = new TestRun().model("a").model("b").model("c").model("d");
        run.task("t", 2);
        run.answer("a", 1).right(false).extraction("no-answer").add();
        run.answer("b", 1).right(false).extraction("ambiguous").add();
        run.answer("c", 1).right(true).extraction("extracted").add();
        run.answer("d", 1).addFailed("timeout");
        for (String model : List.of("a", "b", "c")) {
            run.answer(model, 2).addUnscored("judge-unreadable");
        }
        Item item = item(run, "s1");
        assertThat(kinds(item)).containsExactly(Kind.UNREAD_ANSWERS);
        assertThat(item.flags().get(0).text()).isEqualTo("of 3 replies 1 without an answer and 1 with several");
        assertThat(item.failed()).isEqualTo(1);
        assertThat(item.n()).isEqualTo(4);
        assertThat(kinds(item(run, "s2"))).containsExactly(Kind.UNSCORED);
        assertThat(item(run, "s2").flags().get(0).text()).isEqualTo("3 of 3 trials could not be graded");
    }

    @Test
    void oneModelTellsNothingAboutSamplesAndQuarantinedTrialsDoNotCount() {
        var run = new TestRun().model("a").model("b");
        run.task("t", 1);
        run.answer("a", 1).right(true).add();
        run.answer("b", 1).right(false).quarantined("cache-hit").add();
        assertThat(item(run, "s1").flags()).isEmpty();
        assertThat(item(run, "s1").n()).isEqualTo(1);
        assertThat(item(run, "s1").discrimination()).isEmpty();
    }

    @Test
    void theOrderOfTheRecordsDoesNotMatter() {
        TestRun run = ladder();
        List<TrialRecord> shuffled = new ArrayList<>(run.records);
        Collections.shuffle(shuffled, new Random(3));
        assertThat(ItemAnalysis.of(List.of(run.plan()), shuffled)).isEqualTo(items(run));
    }

    private static Sample plain(String id) {
        return Sample.of(id, "?", Target.of(false));
    }

    private static Sample generated(String id, String locale, Map<String, @Nullable Object> metadata) {
        return Sample.builder(id)
                .input("? " + locale)
                .target(Target.of("17"))
                .locale(locale)
                .metadata(metadata)
                .build();
    }
}
