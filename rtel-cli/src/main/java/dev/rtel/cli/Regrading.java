package dev.rtel.cli;

import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.config.Suggestions;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.PlannedTask;
import dev.rtel.eval.RunPlan;
import dev.rtel.spi.Components;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is to be graded anew, and by whom.
 *
 * @param grader {@code NAME[:KEY=VALUE,...]} in place of the tasks' own; null = their own
 * @param tasks those graded again; empty = by default
 * @param judges model ids for the role judge, several make a panel; empty = those before
 */
record Regrading(@Nullable String grader, List<String> tasks, List<String> judges) {
    private static final String PASS_AT = "pass_at";

    /** The same grading with a judge of another name. */
    static final Regrading AS_BEFORE = new Regrading(null, List.of(), List.of());

    /** A grader with the score from which a sample is passed, where it was given. */
    record Chosen(ComponentSpec spec, Optional<BigDecimal> passAt) {}

    /** Names of the tasks of which every completion is graded again. */
    Set<String> again(RunPlan plan, Components components) {
        Set<String> known = plan.tasks().stream().map(PlannedTask::name).collect(Collectors.toCollection(TreeSet::new));
        for (String name : tasks) {
            if (!known.contains(name)) {
                throw new ConfigException("run " + plan.runId() + " has no task '" + name + "'"
                        + Suggestions.hint(name, known) + "; it has " + known);
            }
        }
        if (!tasks.isEmpty()) {
            return Set.copyOf(tasks);
        }
        return judges.isEmpty() || grader != null
                ? known
                : plan.tasks().stream()
                        .filter(task -> !components
                                .create(components.graders(), task.grader())
                                .requiredRoles()
                                .isEmpty())
                        .map(PlannedTask::name)
                        .collect(Collectors.toSet());
    }

    /**
     * Reads the option.
     *
     * @throws ConfigException if a setting is not of the form {@code KEY=VALUE}
     */
    Optional<Chosen> chosen() {
        if (grader == null) {
            return Optional.empty();
        }
        int colon = grader.indexOf(':');
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        if (colon >= 0) {
            for (String setting : grader.substring(colon + 1).split(",", -1)) {
                String[] parts = setting.split("=", 2);
                if (parts.length < 2 || parts[0].isBlank() || settings.put(parts[0].strip(), value(parts[1])) != null) {
                    throw new ConfigException("--grader is '" + grader + "': '" + setting
                            + "' is no setting of its own, expected NAME:KEY=VALUE,KEY=VALUE");
                }
            }
        }
        Object mark = settings.remove(PASS_AT);
        Optional<BigDecimal> passAt = Optional.ofNullable(mark).map(Regrading::mark);
        String name = colon < 0 ? grader : grader.substring(0, colon);
        return Optional.of(new Chosen(new ComponentSpec(name, new Config("--grader", settings, Map.of())), passAt));
    }

    private static BigDecimal mark(Object value) {
        if (value instanceof Number) {
            BigDecimal mark = new BigDecimal(value.toString());
            if (mark.signum() > 0 && mark.compareTo(BigDecimal.ONE) <= 0) {
                return mark;
            }
        }
        throw new ConfigException("--grader: pass_at is '" + value + "', expected a score above 0, at most 1");
    }

    private static Object value(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        if (text.matches("-?[0-9]{1,18}")) {
            return Long.valueOf(text);
        }
        return text.matches("-?[0-9]{1,18}\\.[0-9]{1,18}") ? new BigDecimal(text) : text;
    }
}
