package dev.rtel.graders;

import dev.rtel.config.Config;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Target;
import dev.rtel.graders.answer.BooleanGraderProvider;
import dev.rtel.graders.answer.ExactNumericGraderProvider;
import dev.rtel.graders.answer.MultipleChoiceGraderProvider;
import dev.rtel.graders.code.CodeExecutionGraderProvider;
import dev.rtel.graders.code.PythonProbe;
import dev.rtel.graders.code.UnsafeCodeExecutorProvider;
import dev.rtel.graders.judge.JudgeGraderProvider;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.GraderProvider;
import dev.rtel.spi.GradingContext;
import dev.rtel.testkit.GraderCompatibilityKit;
import dev.rtel.testkit.ScriptedGradingContext;
import dev.rtel.testkit.SimpleContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

class KitTest {
    @Nested
    class ExactNumeric extends GraderCompatibilityKit {
        @Override
        protected GraderProvider provider() {
            return new ExactNumericGraderProvider();
        }

        @Override
        protected Sample sample() {
            return Sample.of("n", "How much?", Target.of("507"));
        }

        @Override
        protected Optional<String> rightAnswer() {
            return Optional.of("So it is.\nFinal answer: 507");
        }
    }

    @Nested
    class Truth extends GraderCompatibilityKit {
        @Override
        protected GraderProvider provider() {
            return new BooleanGraderProvider();
        }

        @Override
        protected Sample sample() {
            return Sample.of("b", "Is it?", Target.of(true));
        }

        @Override
        protected Optional<String> rightAnswer() {
            return Optional.of("Final answer: true");
        }
    }

    @Nested
    class Claims extends GraderCompatibilityKit {
        @Override
        protected GraderProvider provider() {
            return new BooleanGraderProvider();
        }

        @Override
        protected Sample sample() {
            return Sample.of("v", "Which?", new Target.Claims(List.of(true, false, true)));
        }

        @Override
        protected Optional<String> rightAnswer() {
            return Optional.of("Final answer: true, false, true");
        }
    }

    @Nested
    class Choice extends GraderCompatibilityKit {
        @Override
        protected GraderProvider provider() {
            return new MultipleChoiceGraderProvider();
        }

        @Override
        protected Sample sample() {
            return Sample.of("c", "Which?", new Target.AnyOf(List.of("B", "C")));
        }

        @Override
        protected Optional<String> rightAnswer() {
            return Optional.of("Final answer: C");
        }
    }

    @Nested
    class Code extends GraderCompatibilityKit {
        @Override
        protected GraderProvider provider() {
            return new CodeExecutionGraderProvider();
        }

        @Override
        protected ComponentContext componentContext() {
            return new SimpleContext(
                    Config.empty(),
                    Map.of("code-sandbox", "unsafe", "allow-unsafe-code", "yes"),
                    Map.of(),
                    name -> new UnsafeCodeExecutorProvider().create(SimpleContext.of(Map.of())));
        }

        @Override
        protected GradingContext gradingContext() {
            return ScriptedGradingContext.withoutRoles().asTrusted();
        }

        @Override
        protected Sample sample() {
            return Sample.builder("k")
                    .input("Fix it")
                    .fields(Map.of("entry", "f", "cases", List.of(Map.of("args", List.of(2), "expected", 4))))
                    .build();
        }

        @Override
        protected Optional<String> rightAnswer() {
            try {
                return PythonProbe.of("python3").available()
                        ? Optional.of("```python\ndef f(x):\n    return x * x\n```")
                        : Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }

    @Nested
    class Judge extends GraderCompatibilityKit {
        @Override
        protected GraderProvider provider() {
            return new JudgeGraderProvider();
        }

        @Override
        protected GradingContext gradingContext() {
            return ScriptedGradingContext.answeringText(request -> "{\"checkpoints\": {\"c1\": "
                    + request.messages().get(0).content().contains("lowest terms") + "}, \"fatal\": []}");
        }

        @Override
        protected Sample sample() {
            return Sample.builder("j")
                    .input("Prove it")
                    .fields(Map.of("rubric", Map.of("checkpoints", List.of(Map.of("id", "c1", "text", "starts well")))))
                    .build();
        }

        @Override
        protected Optional<String> rightAnswer() {
            return Optional.of("Let a/b be in lowest terms, then both are even, which is absurd.");
        }
    }
}
