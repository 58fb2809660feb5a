package dev.rtel.graders.code;

import dev.rtel.eval.CodeJob;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs an assert or unittest script in a process of its own that the submission cannot reach: the script works on
 * references, and what it does to them is relayed from here. The tests travel by pipe, never as a file.
 */
final class ScriptExamination implements Examination {
    private final CodeJob job;
    private final String tests;

    ScriptExamination(CodeJob job, String tests) {
        this.job = job;
        this.tests = tests;
    }

    @Override
    public Result of(CodeRun run) throws IOException, InterruptedException, HostProcess.EndedException {
        LockedHost host =
                run.open(Scripts.HOST, true, job.limits().wall(), job.limits().memoryBytes());
        LockedHost trusted =
                run.open(Scripts.TESTS, false, job.limits().wall(), job.limits().memoryBytes());
        var submission = new SubmissionHost(host.process(), job);
        try {
            String problem = submission.load(job);
            if (!problem.isEmpty()) {
                return new Result("LOAD_ERROR", problem, 0, 0, host);
            }
        } catch (HostProcess.EndedException e) {
            return new Result(e.status(), String.valueOf(e.getMessage()), 0, 0, host);
        }
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("id", 0L);
        request.put("tests", tests);
        request.put("entry", job.entry());
        Map<String, @Nullable Object> said;
        try {
            said = trusted.process().ask(request, submission.deadline());
            while (!Boolean.TRUE.equals(said.get("finished"))) {
                Map<String, @Nullable Object> reply;
                try {
                    reply = submission.ask(relayed(said));
                } catch (HostProcess.EndedException e) {
                    return new Result(e.status(), String.valueOf(e.getMessage()), 0, 0, host);
                }
                Map<String, Object> answer = new LinkedHashMap<>();
                reply.forEach((key, value) -> {
                    if (value != null) {
                        answer.put(key, value);
                    }
                });
                said = trusted.process().ask(answer, submission.deadline());
            }
        } catch (HostProcess.EndedException e) {
            if (e.status().equals("TIMEOUT")) {
                return new Result("TIMEOUT", "time is up", 0, 0, host);
            }
            throw new HostProcess.EndedException("INFRA", "the process of the test script broke: " + e.getMessage());
        }
        return result(said, host);
    }

    private static Map<String, Object> relayed(Map<String, @Nullable Object> said) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("op", "do");
        request.put("name", String.valueOf(said.get("do")));
        request.put("args", said.get("args") instanceof List<?> args ? args : List.of());
        request.put("kwargs", said.get("kwargs") instanceof Map<?, ?> named ? named : Map.of());
        request.put("return_args", true);
        return request;
    }

    private static Result result(Map<String, @Nullable Object> said, LockedHost host)
            throws HostProcess.EndedException {
        if (said.get("broken") instanceof String broken) {
            throw new HostProcess.EndedException("INFRA", "the test script cannot be used: " + broken);
        }
        List<?> results = said.get("results") instanceof List<?> list ? list : List.of();
        int passed = 0;
        String status = "PASS";
        String explanation = "all " + results.size() + " tests passed";
        for (Object each : results) {
            List<?> result = (List<?>) each;
            if (result.get(1).equals("PASS")) {
                passed++;
            } else if (status.equals("PASS")) {
                boolean skipped = result.get(1).equals("SKIPPED");
                status = skipped ? "WRONG" : String.valueOf(result.get(1));
                explanation = "test " + result.get(0) + (skipped ? " was not run" : " failed");
            }
        }
        return new Result(status, explanation, passed, results.size(), host);
    }
}
