package dev.rtel.graders.code;

import dev.rtel.eval.CodeJob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls the submission case by case and compares its answers here; the first wrong one ends it. */
final class CaseExamination implements Examination {
    private final CodeJob job;
    private final List<CaseJudge> cases = new ArrayList<>();

    CaseExamination(CodeJob job) {
        this.job = job;
        job.cases().forEach(each -> cases.add(new CaseJudge(each)));
    }

    @Override
    public Result of(CodeRun run) throws IOException, InterruptedException, HostProcess.EndedException {
        LockedHost host =
                run.open(Scripts.HOST, false, job.limits().wall(), job.limits().memoryBytes());
        var submission = new SubmissionHost(host.process(), job);
        int passed = 0;
        try {
            String problem = submission.load(job);
            if (!problem.isEmpty()) {
                return new Result("LOAD_ERROR", problem, 0, cases.size(), host);
            }
            for (CaseJudge each : cases) {
                Map<String, @Nullable Object> reply = submission.ask(each.request(job.entry()));
                String status = each.judge(reply);
                if (!status.equals("PASS")) {
                    String what = reply.get("raised") instanceof Map<?, ?> raised
                            ? " raised " + SubmissionHost.name(raised)
                            : " is wrong";
                    String where = "case " + (passed + 1) + " of " + cases.size() + what;
                    return new Result(status, where, passed, cases.size(), host);
                }
                passed++;
            }
        } catch (HostProcess.EndedException e) {
            String why = String.valueOf(e.getMessage());
            return new Result(e.status(), why, passed, cases.size(), host);
        } catch (PyValue.MalformedException e) {
            String why = "the reply is malformed";
            return new Result("PROTOCOL_ERROR", why, passed, cases.size(), host);
        }
        String all = "all " + cases.size() + " cases are right";
        return new Result("PASS", all, passed, cases.size(), host);
    }
}
