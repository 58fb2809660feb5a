package com.example;

import dev.rtel.eval.Sample;
import dev.rtel.eval.Target;
import dev.rtel.spi.GraderProvider;
import dev.rtel.spi.GradingContext;
import dev.rtel.testkit.GraderCompatibilityKit;
import dev.rtel.testkit.ScriptedGradingContext;
import java.util.Optional;

class PolitenessGraderTest extends GraderCompatibilityKit {
    @Override
    protected GraderProvider provider() {
        return new PolitenessGrader.Provider();
    }

    @Override
    protected GradingContext gradingContext() {
        return ScriptedGradingContext.answeringText(
                request -> request.messages().get(0).content().contains("please") ? "yes" : "no");
    }

    @Override
    protected Sample sample() {
        return Sample.of("answer", "Decline the invitation.", new Target.None());
    }

    @Override
    protected Optional<String> rightAnswer() {
        return Optional.of("Thank you, but please excuse me tonight.");
    }
}
