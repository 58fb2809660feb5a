package dev.rtel.tasks.check;

import dev.rtel.eval.Sample;
import dev.rtel.spi.Task;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a sample asks: how long, in which form the answer is wanted, and under which licence. */
final class PromptChecks {
    private static final int MOST_WORDS = 600;
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern ASKED =
            Pattern.compile("final answer|\\\\boxed|<answer>|<solution>|answer is|reply with|```");

    private PromptChecks() {}

    static void check(CheckedTask task, Sample sample, Findings findings) {
        int words = words(task, sample);
        if (words > MOST_WORDS) {
            findings.warning(
                    "long-prompt",
                    sample,
                    "input",
                    "the prompt has " + words + " words, the answer format included",
                    "at most " + MOST_WORDS,
                    "Shorten it, or say less that is not needed: long prompts measure reading");
        }
        if (task.grader().answerFormat(sample).isPresent() && !asksForAForm(task, sample)) {
            findings.warning(
                    "answer-format",
                    sample,
                    "input",
                    "answer_format is '" + told(task.task()) + "' and the prompt does not say how to answer",
                    "a line such as \"" + task.grader().answerFormat(sample).orElse("") + "\"",
                    "Set answer_format: auto, or write the line into the prompt");
        }
        if (licence(sample).isEmpty()) {
            findings.warning(
                    "licence",
                    sample,
                    "metadata",
                    "no licence is named",
                    "an SPDX identifier such as Apache-2.0 or CC0-1.0 in metadata.licence",
                    "Say under which licence this text may be passed on");
        }
    }

    private static boolean asksForAForm(CheckedTask task, Sample sample) {
        String asked = (AnswerChecks.text(sample) + "\n" + task.format(sample)).toLowerCase(Locale.ROOT);
        return task.task().answerFormat().equals(Task.AUTO_FORMAT)
                || ASKED.matcher(asked).find();
    }

    private static String told(Task task) {
        String format = task.answerFormat();
        return format.length() > 40 ? format.substring(0, 40) + "…" : format;
    }

    static Optional<String> licence(Sample sample) {
        return AnswerChecks.metadata(sample, "licence").or(() -> AnswerChecks.metadata(sample, "license"));
    }

    /** Words of the prompt with its answer format. */
    static int words(CheckedTask task, Sample sample) {
        String text = (AnswerChecks.text(sample) + "\n" + task.format(sample)).strip();
        return text.isEmpty() ? 0 : SPACES.split(text).length;
    }
}
