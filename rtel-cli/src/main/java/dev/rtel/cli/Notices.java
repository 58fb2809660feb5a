package dev.rtel.cli;

import dev.rtel.analysis.JudgeWarnings;
import dev.rtel.eval.RunPlan;
import java.util.ArrayList;
import java.util.List;

/** What a user should know before money is spent. */
final class Notices {
    private Notices() {}

    /**
     * @param trusted whether every answer comes from a simulator that this process started
     * @param codeSandbox the sandbox asked for
     */
    static List<String> of(RunPlan plan, boolean trusted, String codeSandbox) {
        List<String> notices = new ArrayList<>();
        long code = plan.trials().stream()
                .filter(t -> t.task().grader().provider().equals("code-execution"))
                .count();
        if (code > 0 && !trusted && (codeSandbox.equals("unsafe") || codeSandbox.equals("seatbelt"))) {
            notices.add("! Code of models is run without containment for " + code
                    + " trials: it can read and change whatever this user can.");
        }
        JudgeWarnings.of(List.of(plan)).forEach(warning -> notices.add("! " + Plain.text(warning.text())));
        return notices;
    }
}
