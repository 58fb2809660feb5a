package dev.rtel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.Rtel;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Score;
import dev.rtel.eval.Target;
import dev.rtel.eval.TokenUsage;
import dev.rtel.plan.Limits;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.Roster;
import dev.rtel.plan.RunSpec;
import dev.rtel.run.RetryPolicy;
import dev.rtel.spi.ModelException;
import dev.rtel.spi.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RecordingListenerTest {
    private record OneSample(String name, String version, List<Sample> samples, ComponentSpec grader) implements Task {}

    @Test
    void aRunIsToldFromItsStartToItsEnd() throws Exception {
        RecordingListener listener = new RecordingListener();
        ManualClock clock = ManualClock.at(Instant.parse("2026-11-20T14:02:11Z"));
        ScriptedModel model = ScriptedModel.inOrder(
                "test/m",
                ScriptedModel.failure(new ModelException.Transient("server", "again")),
                ScriptedModel.text("42"));
        Rtel rtel = Rtel.builder()
                .model("scripted", context -> model)
                .extractor("usage", context -> completion -> TokenUsage.unknown())
                .grader("any", context -> (submission, services) -> Score.correct(submission.text()))
                .retryPolicy(new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO, Duration.ZERO))
                .clock(clock)
                .listener(listener)
                .build();
        rtel.run(RunSpec.builder()
                .roster(Roster.of("r", ModelEntry.of("test/m", "scripted", Map.of())))
                .task(new OneSample(
                        "demo", "1", List.of(Sample.of("s1", "6 x 7?", Target.of("42"))), ComponentSpec.of("any")))
                .limits(new Limits(
                        1, 1, Duration.ofSeconds(5), Optional.empty(), OptionalLong.empty(), OptionalInt.empty()))
                .build());

        assertThat(listener.events())
                .containsExactly(
                        "run started: 1 pending",
                        "trial started: test/m demo/s1 #1",
                        "attempt failed: test/m demo/s1 #1 server",
                        "trial finished: test/m demo/s1 #1",
                        "run finished: finished");
        assertThat(listener.plans()).hasSize(1);
        assertThat(listener.started()).hasSize(1);
        assertThat(listener.failedAttempts()).singleElement().satisfies(failed -> {
            assertThat(failed.attempt().number()).isEqualTo(1);
            assertThat(failed.pause()).isZero();
        });
        assertThat(listener.finished())
                .singleElement()
                .satisfies(record -> assertThat(record.finishedAt()).isEqualTo(clock.instant()));
        assertThat(listener.progress().get(0).passed()).isEqualTo(1);
        assertThat(listener.settled()).isEmpty();
        assertThat(listener.summary()).isPresent();
    }
}
