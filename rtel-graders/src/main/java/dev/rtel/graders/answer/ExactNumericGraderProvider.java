package dev.rtel.graders.answer;

import dev.rtel.eval.Sample;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Grader;
import dev.rtel.spi.GraderProvider;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes {@code exact-numeric}: the reply's number must equal the target as an exact fraction, without tolerance. The
 * sample's locale tells how numbers are written. No settings.
 */
public final class ExactNumericGraderProvider implements GraderProvider {
    /** Made by {@link java.util.ServiceLoader}. */
    public ExactNumericGraderProvider() {}

    @Override
    public String name() {
        return "exact-numeric";
    }

    @Override
    public String description() {
        return "exact integer, decimal or fraction after \"Final answer:\"";
    }

    @Override
    public Grader create(ComponentContext context) {
        context.config().knownKeys();
        return new AnswerGrader(new Numbers());
    }

    private static final class Numbers implements AnswerGrader.Kind {
        @Override
        public ValueForm form(Sample sample) {
            return new NumberForm(sample.locale().orElse("en"));
        }

        /** Targets are written as {@code 507}, {@code -5/3} or {@code 0.25}, whatever the reply's locale. */
        @Override
        public List<String> targets(Sample sample) {
            List<String> values = new ArrayList<>();
            for (String text : AnswerGrader.texts(sample)) {
                Reading reading = new NumberForm("en").read(text.strip(), ValueForm.Place.LINE);
                if (!reading.isOne()) {
                    return List.of();
                }
                values.add(reading.value());
            }
            return values;
        }

        @Override
        public String expected(Sample sample) {
            return "a number such as '507', '-5/3' or '0.25' (quoted)";
        }

        @Override
        public String shape(Sample sample) {
            boolean whole = targets(sample).stream().noneMatch(value -> value.contains("/"));
            return whole ? "an integer" : "an exact number, as an integer, a decimal or a fraction a/b";
        }
    }
}
