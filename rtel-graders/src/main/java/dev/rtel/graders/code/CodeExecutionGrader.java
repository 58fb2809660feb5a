package dev.rtel.graders.code;

import dev.rtel.eval.CodeJob;
import dev.rtel.eval.CodeVerdict;
import dev.rtel.eval.GradingDetail;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Score;
import dev.rtel.eval.Submission;
import dev.rtel.spi.Grader;
import dev.rtel.spi.GradingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the code out of a reply and has an executor judge it case by case. */
final class CodeExecutionGrader implements Grader {
    private final Sandbox sandbox;
    private final CodeJob.Limits limits;

    CodeExecutionGrader(Sandbox sandbox, CodeJob.Limits limits) {
        this.sandbox = sandbox;
        this.limits = limits;
    }

    @Override
    public String version() {
        return "2+code-2";
    }

    /** Simulated answers cost nothing: where they cannot be run they are unscored. */
    @Override
    public Optional<String> unready(boolean trusted) throws InterruptedException {
        if (trusted) {
            return Optional.empty();
        }
        Sandbox.Choice choice = sandbox.choose(false);
        return choice.executor().isEmpty()
                ? Optional.of(choice.why())
                : SandboxTrial.of(choice.executor().get()).problem();
    }

    @Override
    public Optional<String> answerFormat(Sample sample) {
        return Optional.of("Reply with the complete corrected code in one fenced python block.");
    }

    @Override
    public Optional<String> check(Sample sample) {
        Map<String, @Nullable Object> fields = sample.fields();
        if (!(fields.get("entry") instanceof String entry) || !entry.matches("[\\p{L}_][\\p{L}\\p{N}_]*")) {
            return Optional.of("entry is '" + fields.get("entry") + "', expected the name of the function to call");
        }
        if (fields.get("tests") != null) {
            if (fields.get("cases") != null) {
                return Optional.of("has both cases and tests, expected one of them");
            }
            return fields.get("tests") instanceof String tests && !tests.isBlank()
                    ? Optional.empty()
                    : Optional.of("tests is empty, expected an assert or unittest script");
        }
        if (!(fields.get("cases") instanceof List<?> cases) || cases.isEmpty()) {
            return Optional.of("cases is missing or empty, expected a list of {args, expected}, or tests");
        }
        for (int i = 0; i < cases.size(); i++) {
            if (!(cases.get(i) instanceof Map<?, ?> map)) {
                return Optional.of("cases[" + i + "] is '" + cases.get(i) + "', expected {args, expected}");
            }
            try {
                new CaseJudge(new CodeJob.Case(keyed(map)));
            } catch (IllegalArgumentException | ArithmeticException e) {
                return Optional.of("cases[" + i + "]: " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    private static Map<String, @Nullable Object> keyed(Map<?, ?> map) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        map.forEach((key, value) -> fields.put(String.valueOf(key), value));
        return fields;
    }

    @Override
    public Score grade(Submission submission, GradingContext context) throws InterruptedException {
        Sample sample = submission.sample();
        List<CodeJob.Case> cases = new ArrayList<>();
        if (sample.fields().get("cases") instanceof List<?> list) {
            list.forEach(each -> cases.add(new CodeJob.Case(each instanceof Map<?, ?> map ? keyed(map) : Map.of())));
        }
        if (submission.completion().truncated()) {
            return noCode("TRUNCATED", "the reply was cut off before its code was complete", cases.size());
        }
        String entry = String.valueOf(sample.fields().get("entry"));
        String buggy = sample.fields().get("buggy") instanceof String text ? text : "";
        CodeFinder.Found found = CodeFinder.find(submission.text(), entry, buggy);
        if (!found.reason().isEmpty()) {
            return noCode(found.reason(), "no usable code in the reply (" + found.reason() + ")", cases.size());
        }
        Sandbox.Choice choice = sandbox.choose(context.trusted());
        if (choice.executor().isEmpty()) {
            String kept = choice.why() + "; the completion is kept, regrade it then";
            return new Score.Unscored(choice.reason(), kept, new GradingDetail.None());
        }
        Optional<String> tests =
                sample.fields().get("tests") instanceof String script ? Optional.of(script) : Optional.empty();
        var job = new CodeJob("python", found.code(), entry, cases, tests, limits);
        return score(choice.executor().get().run(job), found, tests.isPresent());
    }

    private static Score noCode(String reason, String explanation, int total) {
        var detail =
                new GradingDetail.CodeRun("NO_CODE", Optional.of(reason), Optional.empty(), Optional.empty(), 0, total);
        return new Score.Graded(0, Optional.empty(), explanation, detail);
    }

    private static Score score(CodeVerdict verdict, CodeFinder.Found found, boolean tests) {
        var detail = new GradingDetail.CodeRun(
                verdict.status(),
                found.flags().isEmpty() ? Optional.empty() : Optional.of(String.join(",", found.flags())),
                Optional.of(verdict.executor()),
                verdict.runtime(),
                verdict.passedCases(),
                verdict.totalCases(),
                verdict.output().isEmpty() ? Optional.empty() : Optional.of(verdict.output()),
                verdict.facts());
        if (verdict.status().equals("INFRA")) {
            return new Score.Unscored("code-infra", verdict.explanation(), detail);
        }
        int total = verdict.totalCases();
        boolean pass = verdict.status().equals("PASS") && verdict.passedCases() == total && total > 0;
        return new Score.Graded(
                pass ? 1 : 0,
                Optional.of(verdict.passedCases() + "/" + total + (tests ? " tests" : " cases")),
                verdict.explanation(),
                detail);
    }
}
