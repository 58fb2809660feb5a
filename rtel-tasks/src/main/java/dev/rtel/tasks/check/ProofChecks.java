package dev.rtel.tasks.check;

import dev.rtel.eval.Sample;
import java.util.List;
import java.util.Map;

/** Rubrics that a judge can work with; that they are readable is the grader's own check. */
final class ProofChecks {
    private static final int MANY_CHECKPOINTS = 8;

    private ProofChecks() {}

    static void check(Sample sample, Findings findings) {
        if (!(sample.fields().get("rubric") instanceof Map<?, ?> rubric)) {
            return;
        }
        int checkpoints = rubric.get("checkpoints") instanceof List<?> list ? list.size() : 0;
        if (checkpoints < 2 || checkpoints > MANY_CHECKPOINTS) {
            findings.warning(
                    "rubric",
                    sample,
                    "rubric",
                    "the rubric has " + checkpoints + " checkpoint" + (checkpoints == 1 ? "" : "s"),
                    "3 to 5 things that must be present",
                    "Say separately what a complete proof must contain");
        }
        if (!(rubric.get("fatal") instanceof List<?> fatal) || fatal.isEmpty()) {
            findings.warning(
                    "rubric",
                    sample,
                    "rubric",
                    "the rubric names no fatal error",
                    "what voids a proof, in fatal",
                    "List the usual wrong arguments: judges overlook them");
        }
        if (AnswerChecks.metadata(sample, "reference").isEmpty()) {
            findings.warning(
                    "reference",
                    sample,
                    "metadata",
                    "there is no reference proof",
                    "a complete proof in metadata.reference",
                    "Write one: judges with a reference err less");
        }
    }
}
