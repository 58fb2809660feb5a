package dev.rtel.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ChaosProfileTest {
    private static final int TRIALS = 400;
    private static final int ATTEMPTS = 4;
    private static final Set<Integer> LASTING = Set.of(400, 401, 402, 403, 404, 412, 413, 422);

    @Test
    void profilesAreFoundByName() {
        for (ChaosProfile profile : ChaosProfile.values()) {
            assertThat(ChaosProfile.named(profile.profileName())).isEqualTo(profile);
        }
        assertThatThrownBy(() -> ChaosProfile.named("wild"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no chaos profile named \"wild\"; available: [none, gentle, rough, everything, storm]");
    }

    @Test
    void everythingHasEveryKindThatDoesNotEndARunAndEveryShapeErrorAndHint() {
        List<Fault> faults = ChaosProfile.EVERYTHING.faults(Duration.ZERO);
        assertThat(faults.stream().map(Fault::kind).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.complementOf(EnumSet.of(FaultKind.OUT_OF_CREDIT, FaultKind.DAILY_LIMIT)));
        List<Shape> shapes =
                faults.stream().flatMap(fault -> fault.shapes().stream()).toList();
        assertThat(shapes)
                .contains(UsageShape.values())
                .contains(UsageChunk.values())
                .contains(ContentShape.values())
                .contains(FinishShape.values())
                .contains(ReasoningText.values())
                .contains(ModelEcho.values());
        assertThat(faults.stream().map(Fault::error)).contains(ErrorShape.values());
        assertThat(faults.stream().map(Fault::hint)).contains(WaitHint.values());
        assertThat(faults.stream()
                        .filter(fault -> fault.kind() == FaultKind.STATUS)
                        .map(Fault::status))
                .contains(400, 403, 404, 408, 412, 413, 422, 500, 502, 503, 504, 524, 529)
                .doesNotContain(401, 402);
        assertThat(ChaosProfile.EVERYTHING.generation().shapes())
                .containsOnlyKeys(EnumSet.complementOf(EnumSet.of(GenerationShape.FULL)));
    }

    @ParameterizedTest
    @CsvSource({
        "none, false",
        "gentle, false",
        "gentle, true",
        "rough, false",
        "rough, true",
        "everything, false",
        "everything, true"
    })
    void nearlyAllTrialsEndWellWithThreeRetries(String name, boolean streamed) {
        ChaosProfile profile = ChaosProfile.named(name);
        int answered = 0;
        int attempts = 0;
        try (Simulator simulator = start(profile)) {
            ApiClient client = new ApiClient(simulator.baseUri());
            for (int trial = 0; trial < TRIALS; trial++) {
                Outcome outcome = Outcome.AGAIN;
                for (int attempt = 1; attempt <= ATTEMPTS && outcome == Outcome.AGAIN; attempt++) {
                    outcome = attempt(client, trial, attempt, streamed);
                    attempts++;
                }
                answered += outcome == Outcome.ANSWERED ? 1 : 0;
            }
            assertThat(answered).isGreaterThanOrEqualTo(TRIALS * 98 / 100);
            if (profile == ChaosProfile.NONE) {
                assertThat(attempts).isEqualTo(TRIALS);
            } else {
                assertThat(attempts).isGreaterThan(TRIALS);
            }
        }
    }

    @Test
    void faultsDependOnSeedTrialAndAttemptAndNotOnTheOrderOfArrival() {
        List<Outcome> forwards = new ArrayList<>();
        List<Outcome> backwards = new ArrayList<>();
        try (Simulator simulator = start(ChaosProfile.EVERYTHING)) {
            for (int trial = 0; trial < TRIALS; trial++) {
                forwards.add(attempt(new ApiClient(simulator.baseUri()), trial, 1, false));
            }
        }
        try (Simulator simulator = start(ChaosProfile.EVERYTHING)) {
            for (int trial = TRIALS - 1; trial >= 0; trial--) {
                backwards.add(0, attempt(new ApiClient(simulator.baseUri()), trial, 1, false));
            }
        }
        assertThat(backwards).isEqualTo(forwards).contains(Outcome.AGAIN);
    }

    @Test
    void stormRefusesEverythingFromTimeToTime() {
        MovableClock clock = new MovableClock();
        SimulatorConfig config = SimulatorConfig.builder(Scripts.script())
                .clock(clock)
                .chaos(ChaosProfile.STORM)
                .build();
        List<Integer> seen = new ArrayList<>();
        try (Simulator simulator = Simulator.start(config)) {
            ApiClient client = new ApiClient(simulator.baseUri());
            for (int second = 0; second < 40; second++) {
                seen.add(client.post(ApiClient.body(Scripts.THINKER, "hi")).statusCode());
                clock.move(Duration.ofSeconds(1));
            }
        }
        List<Integer> round = new ArrayList<>();
        for (int second = 0; second < 20; second++) {
            round.add(second >= 1 && second < 4 ? 429 : second == 11 || second == 12 ? 503 : 200);
        }
        assertThat(seen.subList(0, 20)).isEqualTo(round);
        assertThat(seen.subList(20, 40)).isEqualTo(round);
    }

    @ParameterizedTest
    @EnumSource(ChaosProfile.class)
    void configurationWithAProfileSurvivesTheWayThroughItsBuilder(ChaosProfile profile) {
        SimulatorConfig config =
                SimulatorConfig.builder(Scripts.script()).chaos(profile).build();
        assertThat(config.toBuilder().build()).isEqualTo(config);
    }

    private enum Outcome {
        ANSWERED,
        AGAIN,
        LOST
    }

    private static Simulator start(ChaosProfile profile) {
        return Simulator.start(SimulatorConfig.builder(Scripts.script())
                .chaos(profile, Duration.ofMillis(1))
                .build());
    }

    /** Makes an attempt as a careful client does: only a reply with usage or a finish reason and no error is an answer. */
    private static Outcome attempt(ApiClient client, int trial, int attempt, boolean streamed) {
        ObjectNode body = ApiClient.body(
                Scripts.THINKER,
                "question number " + trial % 40 + ".",
                Map.of("rtel_trial", "t" + trial, "rtel_attempt", Integer.toString(attempt)));
        try {
            HttpResponse<String> response = client.post(streamed ? ApiClient.streamed(body) : body);
            if (response.statusCode() != 200) {
                return LASTING.contains(response.statusCode()) ? Outcome.LOST : Outcome.AGAIN;
            }
            boolean events = response.headers()
                    .firstValue("Content-Type")
                    .filter("text/event-stream"::equals)
                    .isPresent();
            boolean good = events ? isComplete(Sse.parse(response.body())) : isComplete(ApiClient.json(response));
            return good ? Outcome.ANSWERED : Outcome.AGAIN;
        } catch (UncheckedIOException | JacksonException | AssertionError e) {
            return Outcome.AGAIN;
        }
    }

    private static boolean isComplete(JsonNode completion) {
        JsonNode choice = completion.at("/choices/0");
        return choice.has("message")
                && !choice.has("error")
                && !choice.path("finish_reason").asString("").equals("error");
    }

    private static boolean isComplete(Sse stream) {
        return stream.done()
                && stream.chunks().stream().noneMatch(chunk -> chunk.has("error"))
                && !stream.finishReasons().contains("error");
    }
}
