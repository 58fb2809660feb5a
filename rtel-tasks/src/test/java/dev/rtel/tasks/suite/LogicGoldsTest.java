package dev.rtel.tasks.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.tasks.suite.Suite.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Re-derives every vector of truth values of the logic task. */
class LogicGoldsTest {
    /** Large enough: there are 128 states, so a shortest solution is never longer. */
    private static final int ALL_STATES = 129;

    @Test
    void onlyOneWorldFitsTheStatementsOfTheKnightsAndItGivesTheGold() {
        for (String id : List.of("logic-knights-01", "logic-knights-02")) {
            Item item = Suite.item(id);
            Sentences sentences = new Sentences(item.input());
            List<List<String>> worlds = sentences.worlds(sentences.speakers());
            assertThat(worlds).as(id).hasSize(1);
            List<Boolean> claims = sentences.claims().stream()
                    .map(claim -> claim.test(worlds.get(0)))
                    .toList();
            assertThat(claims).as(id).isEqualTo(item.claims());
        }
    }

    @Test
    void everyStatementOfTheKnightsIsNeededAndNoneIsEnough() {
        for (String id : List.of("logic-knights-01", "logic-knights-02")) {
            Sentences sentences = new Sentences(Suite.item(id).input());
            for (String name : sentences.speakers()) {
                List<String> others = new ArrayList<>(sentences.speakers());
                others.remove(name);
                assertThat(sentences.worlds(others)).as(id + " without " + name).hasSizeGreaterThan(1);
                assertThat(sentences.worlds(List.of(name)))
                        .as(id + " with only " + name)
                        .hasSizeGreaterThan(1);
            }
        }
    }

    @Test
    void noClaimAboutKnightsIsTrueOrFalseInEveryWorld() {
        for (String id : List.of("logic-knights-01", "logic-knights-02")) {
            Sentences sentences = new Sentences(Suite.item(id).input());
            assertThat(sentences.claims())
                    .hasSize(4)
                    .allSatisfy(claim -> assertThat(
                                    sentences.everyWorld().map(claim::test).distinct())
                            .as(id)
                            .hasSize(2));
        }
    }

    @Test
    void eliminatingArrangementsAfterEveryAnswerGivesTheGoldOfTheHats() {
        Map<String, String> answers = LogicSolvers.hats(4, 2, 4);
        assertThat(answers).hasSize(11);
        List<Boolean> claims = List.of(
                answers.values().stream().filter(a -> a.startsWith("nn")).allMatch(a -> a.endsWith("y")),
                answers.values().stream()
                        .allMatch(a -> a.chars().filter(c -> c == 'y').count() >= 2),
                answers.values().stream().filter(a -> a.startsWith("y")).allMatch(a -> a.charAt(2) == 'y'),
                answers.values().stream().filter(a -> a.startsWith("y")).count() == 4);
        assertThat(claims).isEqualTo(Suite.item("logic-hats-01").claims());
    }

    @Test
    void simulatingTheRoundsGivesTheGoldOfTheMuddyChildren() {
        Item item = Suite.item("logic-muddy-01");
        int children = item.params().get("children").asInt();
        int muddy = item.params().get("muddy").asInt();
        int atLeast = item.params().get("announced").asInt();
        int[] claim = Suite.texts(item.params().get("claims")).stream()
                .mapToInt(Integer::parseInt)
                .toArray();
        List<Integer> rounds = LogicSolvers.muddyRounds(children, muddy, atLeast, 10);
        List<Integer> fewer = LogicSolvers.muddyRounds(children, claim[3], atLeast, 10);
        int firstYes = 1
                + IntStream.range(0, 10)
                        .filter(i -> fewer.get(i) != 0)
                        .findFirst()
                        .orElseThrow();
        List<Boolean> claims = List.of(
                rounds.get(claim[0] - 1) != 0,
                rounds.get(claim[1] - 1) >> muddy == 0,
                LogicSolvers.certainMuddy(children, muddy, atLeast) >= claim[2],
                firstYes == claim[4]);
        assertThat(claims).isEqualTo(item.claims());
    }

    @Test
    void theMuddyChildrenAnswerInTheRoundThatTheInductionPredicts() {
        for (int muddy = 3; muddy <= 6; muddy++) {
            List<Integer> rounds = LogicSolvers.muddyRounds(7, muddy, 3, 6);
            assertThat(rounds.indexOf((1 << muddy) - 1)).as("muddy " + muddy).isEqualTo(muddy - 3);
            assertThat(rounds.subList(0, muddy - 3)).allMatch(answer -> answer == 0);
        }
    }

    @Test
    void searchingAllLoadsGivesTheGoldOfTheRiver() {
        Item item = Suite.item("logic-river-01");
        List<int[]> quarrels = new ArrayList<>();
        for (JsonNode edge : item.params().get("edges")) {
            quarrels.add(new int[] {edge.get(0).asInt(), edge.get(1).asInt()});
        }
        List<int[]> fewer = new ArrayList<>(quarrels);
        fewer.remove(item.params().get("dropped").asInt());
        JsonNode limits = item.params().get("crossings");
        List<Boolean> claims = List.of(
                LogicSolvers.crossings(6, quarrels, 1, ALL_STATES) > 0,
                LogicSolvers.crossings(6, quarrels, 2, ALL_STATES)
                        <= limits.get(0).asInt(),
                LogicSolvers.crossings(6, quarrels, 3, ALL_STATES)
                        <= limits.get(1).asInt(),
                LogicSolvers.crossings(6, fewer, 2, ALL_STATES) <= limits.get(2).asInt());
        assertThat(LogicSolvers.crossings(6, quarrels, 3, ALL_STATES)).isPositive();
        assertThat(LogicSolvers.crossings(6, fewer, 2, ALL_STATES)).isPositive();
        assertThat(claims).isEqualTo(item.claims());
    }
}
