package com.example;

import dev.rtel.eval.*;
import dev.rtel.spi.*;

/** Passes an answer of one to {@code max} lines. */
public record LineCountGrader(int max) implements Grader {
    @Override
    public Score grade(Submission submission, GradingContext context) {
        long n = submission.text().lines().count();
        return n > 0 && n <= max ? Score.correct(n + " lines") : Score.incorrect(n + " lines", "not 1 to " + max);
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
