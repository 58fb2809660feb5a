package com.example;

import dev.rtel.eval.*;
import dev.rtel.spi.*;

/** Passes an answer of at most {@code max} lines. */
public record LineCountGrader(int max) implements Grader {
    @Override
    public Score grade(Submission submission, GradingContext context) {
        String lines = submission.text().lines().count() + " lines";
        return submission.text().lines().count() <= max ? Score.correct(lines) : Score.incorrect(lines, "over " + max);
    }

    public static final class Provider implements GraderProvider {
        @Override
        public String name() {
            return "line-count";
        }

        @Override
        public Grader create(ComponentContext context) {
            return new LineCountGrader(context.config().knownKeys("max").integer("max", 1));
        }
    }
}
