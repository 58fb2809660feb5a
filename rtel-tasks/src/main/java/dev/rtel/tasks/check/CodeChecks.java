package dev.rtel.tasks.check;

import dev.rtel.config.ConfigException;
import dev.rtel.eval.Completion;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.GradingDetail;
import dev.rtel.eval.Origin;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.PlannedTask;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Score;
import dev.rtel.eval.Submission;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialKey;
import dev.rtel.spi.GradingContext;
import dev.rtel.spi.RoleModel;
import dev.rtel.tasks.check.Finding.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The programs of a code sample against its cases, by the task's own grader: the reference passes, the code shown in the
 * prompt fails, every wrong fix is found out. Nothing is run that the grader would not run.
 */
final class CodeChecks {
    /** The author's own programs get no more trust than a model's. */
    private static final GradingContext NOBODY = new GradingContext() {
        @Override
        public RoleModel model(String role) {
            throw new ConfigException("no role is bound while a task is checked");
        }

        @Override
        public Duration remaining() {
            return Duration.ofMinutes(10);
        }
    };

    private final CheckedTask task;
    private final Findings findings;
    private Optional<String> skipped = Optional.empty();

    CodeChecks(CheckedTask task, Findings findings) {
        this.task = task;
        this.findings = findings;
    }

    /** What became of a sample's programs, in a few words; empty for a sample without any. */
    String check(Sample sample) throws InterruptedException {
        if (!(sample.fields().get("cases") instanceof List<?>)) {
            return "";
        }
        Optional<String> reference = AnswerChecks.metadata(sample, "reference");
        List<?> mutants = sample.metadata().get("mutants") instanceof List<?> list ? list : List.of();
        missing(sample, reference.isEmpty(), mutants.isEmpty());
        if (reference.isPresent()) {
            Score score = grade(sample, raw(sample, "reference"));
            if (score instanceof Score.Unscored unscored) {
                skip(unscored);
                return "code not run";
            }
            if (!passed(score)) {
                findings.error(
                        "reference",
                        sample,
                        "metadata.reference",
                        "the reference does not pass the cases: " + score.explanation(),
                        "a reference that passes all of them",
                        "Correct the reference or the cases");
            }
        }
        if (sample.fields().get("buggy") instanceof String buggy) {
            Score score = grade(sample, buggy);
            if (score instanceof Score.Unscored unscored) {
                skip(unscored);
                return "code not run";
            }
            if (passed(score)) {
                findings.error(
                        "buggy",
                        sample,
                        "buggy",
                        "the defective code passes all cases",
                        "at least one case that it fails",
                        "Add the case that shows the defect");
            }
        }
        return mutants(sample, mutants);
    }

    private String mutants(Sample sample, List<?> mutants) throws InterruptedException {
        int killed = 0;
        for (int i = 0; i < mutants.size(); i++) {
            Object code = mutants.get(i) instanceof Map<?, ?> map ? map.get("code") : mutants.get(i);
            String what = mutants.get(i) instanceof Map<?, ?> map && map.get("what") != null
                    ? String.valueOf(map.get("what"))
                    : "number " + (i + 1);
            Score score = grade(sample, String.valueOf(code));
            if (score instanceof Score.Unscored unscored) {
                skip(unscored);
                return "code not run";
            }
            if (passed(score)) {
                findings.error(
                        "mutant",
                        sample,
                        "metadata.mutants[" + i + "]",
                        "the wrong fix '" + what + "' passes all cases",
                        "at least one case that it fails",
                        "Add a case that tells it from the reference");
            } else if (noCode(score)) {
                findings.warning(
                        "mutant",
                        sample,
                        "metadata.mutants[" + i + "]",
                        "the wrong fix '" + what + "' is no program that defines '"
                                + sample.fields().get("entry") + "'",
                        "code that is run and found out by a case",
                        "Correct it: like this it tests nothing");
            } else {
                killed++;
            }
        }
        return killed + "/" + mutants.size() + " wrong fixes found out";
    }

    private void missing(Sample sample, boolean reference, boolean mutants) {
        if (reference) {
            findings.warning(
                    "reference",
                    sample,
                    "metadata",
                    "there is no reference solution, so the cases are not checked",
                    "code that passes in metadata.reference",
                    "Write one");
        }
        if (mutants) {
            findings.warning(
                    "mutants",
                    sample,
                    "metadata",
                    "no wrong fix is listed",
                    "four or more in metadata.mutants as {what, code}, one with a hard-coded example",
                    "List wrong fixes: they show that the cases are enough");
        }
    }

    private void skip(Score.Unscored unscored) {
        if (skipped.isEmpty()) {
            skipped = Optional.of(unscored.reason());
            findings.ofTask(
                    Severity.NOTE,
                    "code-not-run",
                    "reference, defective code and wrong fixes were not run (" + unscored.reason() + ")",
                    "an executor that may run them on this machine",
                    "Choose one with --code-sandbox; rtel doctor tells what there is");
        }
    }

    private static boolean passed(Score score) {
        return score instanceof Score.Graded graded && graded.value() >= 1;
    }

    private static boolean noCode(Score score) {
        return score.detail() instanceof GradingDetail.CodeRun run
                && run.status().equals("NO_CODE");
    }

    private static String raw(Sample sample, String key) {
        return String.valueOf(sample.metadata().get(key));
    }

    private Score grade(Sample sample, String code) throws InterruptedException {
        String fence = code.contains("```") ? "````" : "```";
        String reply = fence + "python\n" + code + (code.endsWith("\n") ? "" : "\n") + fence + "\n";
        var completion = Completion.builder().text(reply).finishReason("stop").build();
        return task.grader().grade(new Submission(trial(sample), completion), NOBODY);
    }

    private Trial trial(Sample sample) {
        var nobody = new PlannedModel(
                "author",
                "author",
                ComponentSpec.of("none"),
                ComponentSpec.of("none"),
                Map.of(),
                Map.of(),
                new Origin("none", false),
                OptionalInt.empty(),
                false,
                false);
        var planned = new PlannedTask(
                task.task().name(),
                task.task().version(),
                task.task().category(),
                task.task().name(),
                "",
                task.task().grader(),
                task.task().passAt());
        return new Trial(
                new TrialKey("author", task.task().name(), sample.id(), 1),
                nobody,
                planned,
                sample,
                sample.input(),
                "",
                "");
    }
}
