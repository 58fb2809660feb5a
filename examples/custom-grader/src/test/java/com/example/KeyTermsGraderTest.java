package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.eval.Sample;
import dev.rtel.eval.Score;
import dev.rtel.eval.Target;
import dev.rtel.spi.GraderProvider;
import dev.rtel.testkit.GraderCompatibilityKit;
import dev.rtel.testkit.ScriptedGradingContext;
import dev.rtel.testkit.SimpleContext;
import dev.rtel.testkit.Submissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyTermsGraderTest extends GraderCompatibilityKit {
    @Override
    protected GraderProvider provider() {
        return new KeyTermsGrader.Provider();
    }

    @Override
    protected Sample sample() {
        return Sample.of("haiku", "What is the haiku about?", Target.of("frog, pond"));
    }

    @Override
    protected Optional<String> rightAnswer() {
        return Optional.of("It is by Bashō.\nSummary: A frog leaps into a pond.");
    }

    @Test
    void theShareOfTermsIsTheScoreAndTheRestIsNamed() throws InterruptedException {
        var score = (Score.Graded) provider()
                .create(SimpleContext.of(Map.of()))
                .grade(Submissions.of(sample(), "Summary: a Frog"), ScriptedGradingContext.withoutRoles());
        assertThat(score.value()).isEqualTo(0.5);
        assertThat(score.detail().toMap()).containsEntry("missing", List.of("pond"));
    }

    @Test
    void aSampleWithoutTermsIsRefusedBeforeTheRun() {
        var empty = Sample.of("haiku", "?", new Target.None());
        assertThat(new KeyTermsGrader(false).check(empty)).hasValueSatisfying(text -> assertThat(text).contains("expected terms"));
    }
}
