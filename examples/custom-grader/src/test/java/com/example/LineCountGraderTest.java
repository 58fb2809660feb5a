package com.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.Rtel;
import dev.rtel.config.Config;
import dev.rtel.eval.Completion;
import dev.rtel.eval.CompletionRequest;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Target;
import dev.rtel.eval.TokenUsage;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.Roster;
import dev.rtel.plan.RunSpec;
import dev.rtel.spi.AttemptContext;
import dev.rtel.spi.GraderProvider;
import dev.rtel.spi.Model;
import dev.rtel.spi.Task;
import dev.rtel.testkit.GraderCompatibilityKit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The kit's checks, and two of our own: the grader is found by its service file and used by its name. */
class LineCountGraderTest extends GraderCompatibilityKit {
    @Override
    protected GraderProvider provider() {
        return new LineCountGrader.Provider();
    }

    @Override
    protected Sample sample() {
        return Sample.of("haiku", "Write a haiku.", new Target.None());
    }

    @Override
    protected Optional<String> rightAnswer() {
        return Optional.of("one line");
    }

    @Test
    void isFoundByItsServiceFileAndUsedByName() throws InterruptedException {
        var rtel = rtel();
        var summary = rtel.run(spec("line-count", Map.of("max", 3)));

        assertThat(summary.progress().passed()).isEqualTo(1);
    }

    @Test
    void misspeltNamesAndUnknownSettingsAreRefusedBeforeAnyCall() {
        assertThatThrownBy(() -> rtel().plan(spec("line-cuont", Map.of())))
                .hasMessageContaining("no GraderProvider named 'line-cuont' (did you mean 'line-count'?)");
        assertThatThrownBy(() -> rtel().plan(spec("line-count", Map.of("mux", 3))))
                .hasMessageContaining("unknown setting grader.mux (did you mean 'max'?)");
    }

    private static Rtel rtel() {
        return Rtel.builder()
                .discoverProviders()
                .model("poet", context -> new Poet())
                .extractor("usage", context -> completion -> TokenUsage.unknown())
                .build();
    }

    private static RunSpec spec(String grader, Map<String, Object> settings) {
        return RunSpec.builder()
                .roster(Roster.of("poets", ModelEntry.of("example/poet", "poet", Map.of())))
                .task(new Haikus(new ComponentSpec(grader, Config.of("grader", settings))))
                .build();
    }

    record Haikus(ComponentSpec grader) implements Task {
        @Override
        public String name() {
            return "haikus";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public List<Sample> samples() {
            return List.of(Sample.of("haiku", "Write a haiku.", new Target.None()));
        }
    }

    static final class Poet implements Model {
        @Override
        public String id() {
            return "example/poet";
        }

        @Override
        public Completion complete(CompletionRequest request, AttemptContext context) {
            return Completion.builder()
                    .text("still pond\na frog jumps in\nsplash")
                    .finishReason("stop")
                    .build();
        }
    }
}
