package dev.rtel.tasks.check;

import dev.rtel.eval.Sample;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Twins must be there and must not be passed by one answer. */
final class TwinChecks {
    private TwinChecks() {}

    static void check(CheckedTask task, Findings findings) {
        Map<String, Sample> byId = new HashMap<>();
        task.task().samples().forEach(sample -> byId.put(sample.id(), sample));
        for (Sample sample : task.task().samples()) {
            String name = sample.twinOf().orElse("");
            Sample twin = byId.get(name);
            if (sample.twinOf().isEmpty()) {
                continue;
            }
            if (twin == null || twin == sample) {
                findings.error(
                        "twin",
                        sample,
                        "twin_of",
                        "twin_of is '" + name + "', which is no other sample of the task",
                        "the id of one of "
                                + byId.keySet().stream().sorted().limit(8).toList(),
                        "Correct the id, or leave twin_of out");
                continue;
            }
            Set<String> own = Answers.of(sample, task.graderName());
            boolean common = Answers.of(twin, task.graderName()).stream().anyMatch(own::contains);
            boolean sameLanguage =
                    sample.locale().orElse("en").equals(twin.locale().orElse("en"));
            if (common && sameLanguage) {
                findings.error(
                        "twin-targets",
                        sample,
                        "target",
                        "the answer '" + sample.target().display() + "' passes the twin '" + name + "' as well",
                        "twins with different answers (or in different locales)",
                        "Negate one of them: a constant answer must not pass both");
            }
        }
    }
}
