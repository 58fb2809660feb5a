package dev.rtel.tasks.check;

import dev.rtel.eval.Sample;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Prompts that are asked twice, whatever their spaces, capitals and punctuation; over several tasks. Not thread-safe. */
final class DuplicateChecks {
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}+*/=<>^-]+");

    private record First(String task, Sample sample, String place, String target) {}

    private final Map<String, First> prompts = new HashMap<>();

    void check(CheckedTask task, Sample sample, Findings findings) {
        String target = sample.target().display();
        var here = new First(task.task().name(), sample, findings.place(sample, "input"), target);
        First first = prompts.putIfAbsent(normalised(sample), here);
        if (first == null) {
            return;
        }
        String what = "asks what sample '" + first.sample().id() + "' of task '" + first.task() + "' asks, at "
                + first.place();
        if (first.target().equals(target)) {
            findings.warning(
                    "duplicate",
                    sample,
                    "input",
                    what,
                    "every problem once",
                    "Remove one of them: it counts twice (repeats are --epochs)");
        } else {
            findings.error(
                    "duplicate",
                    sample,
                    "input",
                    what + ", but has the target '" + target + "' instead of '" + first.target() + "'",
                    "one answer to one question",
                    "Correct one of the targets, or remove one of the samples");
        }
    }

    /** Choices belong to the question; signs that make another formula stay. */
    private static String normalised(Sample sample) {
        String text = AnswerChecks.text(sample) + "\n" + String.join("\n", sample.choices());
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return NO_WORD.matcher(plain).replaceAll(" ").strip();
    }
}
