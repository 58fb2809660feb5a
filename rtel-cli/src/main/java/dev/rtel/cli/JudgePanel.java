package dev.rtel.cli;

import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.Sample;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.Roster;
import dev.rtel.plan.TaskSource;
import dev.rtel.spi.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many judges a run has and how often each votes, as far as command line and roster say; what they leave open is the
 * task's own. One judge has the role {@code judge}, several are {@code judge-1}, {@code judge-2} …
 *
 * @param judges number of judges; 0 = the task's
 * @param votes of each judge; 0 = the task's
 * @param chosen whether the number of judges comes from a flag, which a task's own number does not withstand
 */
record JudgePanel(int judges, int votes, boolean chosen) {
    /** Fact in a plan's details, so that a resumed run is judged in the same way. */
    static final String FACT = "judging";

    private static final String GRADER = "judge";
    private static final String ROLE = "judge";
    private static final int MOST_VOTES = 25;

    /** Binds the judges named by flag in place of the roster's. */
    static Roster bind(Roster roster, List<String> ids) {
        if (ids.isEmpty()) {
            return roster;
        }
        for (String id : ids) {
            SpecAssembler.requireModelId("--judge", id);
        }
        Map<String, ModelEntry> roles = new LinkedHashMap<>(roster.roles());
        roles.keySet().removeIf(role -> role.matches(ROLE + "(-\\d+)?"));
        for (int i = 0; i < ids.size(); i++) {
            ModelEntry entry = ModelEntry.of(ids.get(i), "openrouter", Map.of());
            roles.put(ids.size() == 1 ? ROLE : role(i + 1), entry);
            roles.putIfAbsent(ROLE, entry);
        }
        return new Roster(roster.name(), roster.models(), roles);
    }

    /**
     * The panel of a new run.
     *
     * @param roster with its roles bound
     * @param flags number of judges named by flag, 0 = none
     * @param votes by flag; null = none
     */
    static JudgePanel of(Roster roster, int flags, @Nullable Integer votes) {
        if (votes != null && (votes < 1 || votes > MOST_VOTES)) {
            throw new ConfigException("--judge-votes is " + votes + ", expected 1 to " + MOST_VOTES);
        }
        int bound = 0;
        while (roster.roles().containsKey(role(bound + 1))) {
            bound++;
        }
        boolean chosen = flags > 0;
        return new JudgePanel(chosen ? flags : bound > 1 ? bound : 0, votes == null ? 0 : votes, chosen);
    }

    /** The panel that a stored run was begun with. */
    static JudgePanel of(RunPlan plan) {
        return plan.details().get(FACT) instanceof Map<?, ?> fact
                ? new JudgePanel(
                        number(fact.get("judges")), number(fact.get("votes")), Boolean.TRUE.equals(fact.get("chosen")))
                : new JudgePanel(0, 0, false);
    }

    /** The same with other judges, if any; how often each votes stays. */
    JudgePanel replacedBy(int others) {
        return others == 0 ? this : new JudgePanel(others, votes, true);
    }

    /** The facts that a resumed run needs; empty when there is nothing to remember. */
    Map<String, @Nullable Object> facts() {
        if (judges == 0 && votes == 0) {
            return Map.of();
        }
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("judges", (long) judges);
        facts.put("votes", (long) votes);
        facts.put("chosen", chosen);
        return Map.of(FACT, facts);
    }

    /** The task with this panel, if it is judged at all. */
    TaskSource seated(TaskSource source) {
        Task task = source.task();
        if (!task.grader().provider().equals(GRADER)) {
            return source;
        }
        Map<String, Object> more = new LinkedHashMap<>();
        if (judges > 0 && (chosen || !task.grader().config().values().containsKey("judges"))) {
            more.put("judges", (long) judges);
        }
        if (votes > 0) {
            more.put("votes", (long) votes);
        }
        if (more.isEmpty()) {
            return source;
        }
        Config config = SpecAssembler.with(task.grader().config(), more);
        return new TaskSource(source.source(), new Seated(task, new ComponentSpec(GRADER, config)));
    }

    /** Calls of one grading with these settings, without those asked once more. */
    static int calls(ComponentSpec grader) {
        return judges(grader) * Math.max(1, grader.config().integer("votes", 1));
    }

    /** Judges that these settings ask for. */
    static int judges(ComponentSpec grader) {
        return Math.max(1, grader.config().integer("judges", 1));
    }

    static String role(int number) {
        return ROLE + "-" + number;
    }

    private static int number(@Nullable Object value) {
        return value instanceof Number number ? number.intValue() : 0;
    }

    /** A task with other settings of its grader. */
    private record Seated(Task task, ComponentSpec grader) implements Task {
        @Override
        public String name() {
            return task.name();
        }

        @Override
        public String version() {
            return task.version();
        }

        @Override
        public String category() {
            return task.category();
        }

        @Override
        public List<Sample> samples() {
            return task.samples();
        }

        @Override
        public double passAt() {
            return task.passAt();
        }

        @Override
        public String answerFormat() {
            return task.answerFormat();
        }
    }
}
