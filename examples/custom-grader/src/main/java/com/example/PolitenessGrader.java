package com.example;

import dev.rtel.eval.CompletionRequest;
import dev.rtel.eval.Score;
import dev.rtel.eval.Submission;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Grader;
import dev.rtel.spi.GraderProvider;
import dev.rtel.spi.GradingContext;
import java.util.Set;

/** Asks the model in the role {@code judge} whether a reply is polite. */
public record PolitenessGrader() implements Grader {
    @Override
    public Set<String> requiredRoles() {
        return Set.of("judge");
    }

    @Override
    public Score grade(Submission submission, GradingContext context) throws InterruptedException {
        if (submission.text().isBlank()) {
            return Score.incorrect("", "the reply is empty");
        }
        String question = "Is the text between the lines polite? Reply with yes or no only.\n---\n" + submission.text() + "\n---";
        String verdict = context.model("judge").complete(CompletionRequest.of(question)).text().orElse("").strip();
        return switch (verdict) {
            case "yes" -> Score.correct("polite");
            case "no" -> Score.incorrect("impolite", "the judge finds it impolite");
            default -> Score.unscored("judge-unreadable", "the judge said neither yes nor no");
        };
    }

    public static final class Provider implements GraderProvider {
        @Override
        public String name() {
            return "politeness";
        }

        @Override
        public Grader create(ComponentContext context) {
            context.config().knownKeys();
            return new PolitenessGrader();
        }
    }
}
