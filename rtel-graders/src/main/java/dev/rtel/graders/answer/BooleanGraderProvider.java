package dev.rtel.graders.answer;

import dev.rtel.eval.Sample;
import dev.rtel.eval.Target;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Grader;
import dev.rtel.spi.GraderProvider;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Makes {@code boolean}: one truth value, or a vector of claims that must all be right. No settings. */
public final class BooleanGraderProvider implements GraderProvider {
    /** Made by {@link java.util.ServiceLoader}. */
    public BooleanGraderProvider() {}

    @Override
    public String name() {
        return "boolean";
    }

    @Override
    public String description() {
        return "true or false, or a vector of claims, after \"Final answer:\"";
    }

    @Override
    public Grader create(ComponentContext context) {
        context.config().knownKeys();
        return new AnswerGrader(new Claims());
    }

    private static final class Claims implements AnswerGrader.Kind {
        @Override
        public ValueForm form(Sample sample) {
            int size = size(sample);
            return size > 1 ? new TruthVectorForm(size) : new TruthForm();
        }

        private static int size(Sample sample) {
            return sample.target() instanceof Target.Claims claims
                    ? claims.values().size()
                    : 1;
        }

        @Override
        public List<String> targets(Sample sample) {
            if (sample.target() instanceof Target.Claims claims) {
                return claims.values().isEmpty()
                        ? List.of()
                        : List.of(claims.values().stream().map(String::valueOf).collect(Collectors.joining(", ")));
            }
            List<String> values = AnswerGrader.texts(sample);
            return values.stream().allMatch(v -> v.equals("true") || v.equals("false")) ? values : List.of();
        }

        @Override
        public String expected(Sample sample) {
            return "true, false, or a list of them";
        }

        @Override
        public String shape(Sample sample) {
            int size = size(sample);
            return size == 1
                    ? "true or false"
                    : String.join(", ", Collections.nCopies(size, "<true or false>")) + " (" + size
                            + " truth values in the order of the claims)";
        }
    }
}
