package dev.rtel.tasks.generated;

import dev.rtel.eval.Target;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a generator has drawn.
 *
 * @param key the problem without names and story: two samples of one request never share it
 * @param title for people
 * @param input the prompt
 * @param target the gold answer
 * @param workload work units, above 0
 * @param chance share of samples that a guess gets right
 * @param tags labels beside those of the parameters
 * @param metadata more than every sample has
 * @param fields what the grader reads
 */
record Draft(
        String key,
        String title,
        String input,
        Target target,
        int workload,
        String chance,
        List<String> tags,
        Map<String, @Nullable Object> metadata,
        Map<String, @Nullable Object> fields) {
    /** A problem whose answer is in its target. */
    static Draft of(
            String key,
            String title,
            String input,
            Target target,
            int workload,
            String chance,
            Map<String, @Nullable Object> metadata) {
        return new Draft(key, title, input, target, workload, chance, List.of(), metadata, Map.of());
    }
}
