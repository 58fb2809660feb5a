package dev.rtel.graders.answer;

import dev.rtel.eval.Sample;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Grader;
import dev.rtel.spi.GraderProvider;
import java.util.List;
import java.util.Locale;

/** Makes {@code multiple-choice}: the letter of one option; A to J unless the sample lists its choices. No settings. */
public final class MultipleChoiceGraderProvider implements GraderProvider {
    /** Made by {@link java.util.ServiceLoader}. */
    public MultipleChoiceGraderProvider() {}

    @Override
    public String name() {
        return "multiple-choice";
    }

    @Override
    public String description() {
        return "one option letter after \"Final answer:\"";
    }

    @Override
    public Grader create(ComponentContext context) {
        context.config().knownKeys();
        return new AnswerGrader(new Letters());
    }

    private static final class Letters implements AnswerGrader.Kind {
        @Override
        public ValueForm form(Sample sample) {
            return new ChoiceForm(options(sample));
        }

        private static int options(Sample sample) {
            return sample.choices().isEmpty()
                    ? 10
                    : Math.min(26, sample.choices().size());
        }

        @Override
        public List<String> targets(Sample sample) {
            List<String> letters = AnswerGrader.texts(sample).stream()
                    .map(text -> text.strip().toUpperCase(Locale.ROOT))
                    .toList();
            int options = options(sample);
            boolean fine = letters.stream()
                    .allMatch(l -> l.length() == 1 && l.charAt(0) >= 'A' && l.charAt(0) < 'A' + options);
            return fine ? letters : List.of();
        }

        @Override
        public String expected(Sample sample) {
            return "one letter from A to " + (char) ('A' + options(sample) - 1);
        }

        @Override
        public String shape(Sample sample) {
            return "one letter from A to " + (char) ('A' + options(sample) - 1);
        }
    }
}
