package dev.rtel.plan;

import dev.rtel.common.PlainJson;
import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.config.Suggestions;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.GradeIdentity;
import dev.rtel.eval.Message;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.PlannedTask;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialKey;
import dev.rtel.spi.Components;
import dev.rtel.spi.Grader;
import dev.rtel.spi.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Turns a specification into a plan: makes every component, so that each mistake shows before a call is paid, and
 * fingerprints each trial. Opens no connection and writes nothing. Thread-safe.
 */
public final class RunPlanner {
    private static final long MOST_TRIALS = 1_000_000;
    private final Components components;
    private final Set<String> simulators;

    /**
     * Plans with these components.
     *
     * @param simulators base URLs at which a simulator answers that this very process started
     */
    public RunPlanner(Components components, Set<String> simulators) {
        this.components = components;
        this.simulators = Set.copyOf(simulators);
    }

    /**
     * Plans a run.
     *
     * @throws ConfigException if anything named does not exist, is malformed, or a role is not bound
     * @throws NothingSelectedException if no trial is left
     */
    public PreparedPlan plan(RunSpec spec) {
        var contestants = new PlannedModels(components, simulators, spec);
        Map<String, Selected> selected = select(spec);
        Set<String> needed = new TreeSet<>();
        selected.values().forEach(s -> needed.addAll(s.grader().requiredRoles()));
        spec.roster().models().forEach(contestants::contestant);
        needed.forEach(role -> contestants.role(role, spec));
        String runId = spec.runId()
                .orElseGet(() ->
                        RunIds.next(components.clock().instant(), spec.roster().name()));
        Map<String, Grader> graders = new LinkedHashMap<>();
        selected.forEach((name, s) -> graders.put(name, s.grader()));
        return new PreparedPlan(
                plan(runId, spec, contestants, selected.values()),
                contestants.models(),
                contestants.roles(),
                contestants.extractors(),
                contestants.timeouts(),
                contestants.lanes(),
                graders,
                components.create(components.runners(), runner(spec)),
                spec.limits(),
                spec.priceBook(),
                spec.dearestPrices(),
                contestants.trusted());
    }

    /**
     * Plans to grade the completions of a stored run again, in a run of its own.
     *
     * @param spec as of the stored run; its run id is that run's
     * @param tasks those of which every completion is graded again
     * @throws ConfigException as {@link #plan}, and if the specification names no run
     */
    public PreparedPlan planRegrade(RunSpec spec, Collection<String> tasks) {
        String source = spec.runId()
                .orElseThrow(
                        () -> new ConfigException("a regrade needs the id of the run whose completions it grades"));
        PreparedPlan prepared = plan(spec);
        String id = RunIds.next(components.clock().instant(), spec.roster().name());
        return prepared.withPlan(prepared.plan().regrading(id, source, tasks));
    }

    /** A task with what of it is run. */
    private record Selected(PlannedTask planned, Task task, Grader grader, List<Sample> samples) {}

    /** Makes the graders and chooses the samples; tasks of which nothing is chosen are left out. */
    private Map<String, Selected> select(RunSpec spec) {
        Map<String, Selected> selected = new LinkedHashMap<>();
        Set<String> unmatched = new TreeSet<>(spec.samples());
        Set<String> known = new LinkedHashSet<>();
        for (TaskSource source : spec.tasks()) {
            Task task = source.task();
            Grader grader = components.create(components.graders(), task.grader());
            List<Sample> chosen = task.samples().stream()
                    .filter(s -> spec.samples().isEmpty() || spec.samples().contains(s.id()))
                    .toList();
            check(task, chosen, grader);
            task.samples().forEach(s -> known.add(s.id()));
            chosen.forEach(s -> unmatched.remove(s.id()));
            if (selected.put(task.name(), new Selected(planned(source), task, grader, chosen)) != null) {
                throw new ConfigException("two tasks are named '" + task.name() + "'; each task is given once");
            }
        }
        selected.values().removeIf(s -> s.samples().isEmpty());
        checkSelection(spec, selected.isEmpty(), unmatched, known);
        return selected;
    }

    private RunPlan plan(String runId, RunSpec spec, PlannedModels contestants, Collection<Selected> selected) {
        checkSize(contestants.planned().size(), selected, spec.epochs());
        List<Trial> trials = new ArrayList<>();
        // models innermost: neighbours in the plan go to different providers
        for (int epoch = 1; epoch <= spec.epochs(); epoch++) {
            for (Selected chosen : selected) {
                GradeIdentity identity = identity(chosen.planned(), chosen.grader(), contestants);
                for (Sample sample : chosen.samples()) {
                    List<Message> messages = messages(chosen.task(), sample, chosen.grader());
                    String grade = Fingerprints.grade(sample, identity);
                    for (PlannedModel model : contestants.planned()) {
                        trials.add(new Trial(
                                new TrialKey(model.name(), chosen.planned().name(), sample.id(), epoch),
                                model,
                                chosen.planned(),
                                sample,
                                messages,
                                Fingerprints.completion(model, messages, epoch),
                                grade));
                    }
                }
            }
        }
        boolean simulated =
                contestants.planned().stream().anyMatch(m -> m.identity().simulated());
        return new RunPlan(
                runId,
                spec.roster().name(),
                components.clock().instant(),
                simulated,
                spec.epochs(),
                contestants.planned(),
                contestants.plannedRoles(),
                selected.stream().map(Selected::planned).toList(),
                trials,
                details(spec));
    }

    private static Map<String, @Nullable Object> details(RunSpec spec) {
        PriceBook book = spec.priceBook();
        if (book.prices().isEmpty()) {
            return spec.details();
        }
        Map<String, @Nullable Object> details = new LinkedHashMap<>(spec.details());
        details.put("prices", Map.of("date", book.date().toString(), "version", book.version()));
        return details;
    }

    private static void checkSize(int models, Collection<Selected> selected, int epochs) {
        long samples = selected.stream().mapToLong(s -> s.samples().size()).sum();
        if (models * samples > MOST_TRIALS / epochs) {
            throw new ConfigException(models + " models x " + samples + " samples x " + epochs
                    + " epochs are more than " + MOST_TRIALS + " trials; split the run");
        }
    }

    /** The built-in runner takes the run's concurrency unless its own settings say otherwise. */
    private static ComponentSpec runner(RunSpec spec) {
        Config config = spec.runner().config();
        if (!spec.runner().provider().equals("concurrent") || config.values().containsKey("concurrency")) {
            return spec.runner();
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>(config.values());
        values.put("concurrency", (long) spec.limits().concurrency());
        return new ComponentSpec("concurrent", new Config(config.path(), values, config.locations()));
    }

    private static GradeIdentity identity(PlannedTask task, Grader grader, PlannedModels contestants) {
        Map<String, PlannedModel> roles = new TreeMap<>(contestants.plannedRoles());
        roles.keySet().retainAll(grader.requiredRoles());
        return new GradeIdentity(
                task.grader().provider(), task.grader().config().values(), grader.version(), roles);
    }

    private static PlannedTask planned(TaskSource source) {
        Task task = source.task();
        List<Object> content = new ArrayList<>();
        content.add(task.version());
        content.add(task.grader().provider());
        content.add(task.grader().config().values());
        content.add(task.answerFormat());
        for (Sample s : task.samples()) {
            content.add(List.of(
                    s.id(),
                    s.input().stream().map(m -> List.of(m.role(), m.content())).toList(),
                    s.target().display(),
                    s.fields()));
        }
        return new PlannedTask(
                task.name(),
                task.version(),
                task.category(),
                source.source(),
                Fingerprints.sha256(PlainJson.canonical(content)),
                task.grader(),
                task.passAt());
    }

    private static List<Message> messages(Task task, Sample sample, Grader grader) {
        String format = switch (task.answerFormat()) {
            case Task.NO_FORMAT -> "";
            case Task.AUTO_FORMAT -> grader.answerFormat(sample).orElse("");
            default -> task.answerFormat();
        };
        if (format.isBlank()) {
            return sample.input();
        }
        List<Message> messages = new ArrayList<>(sample.input());
        int last = messages.size() - 1;
        Message message = messages.get(last);
        messages.set(last, new Message(message.role(), message.content().stripTrailing() + "\n\n" + format.strip()));
        return messages;
    }

    private static void check(Task task, List<Sample> samples, Grader grader) {
        if (!(task.passAt() > 0 && task.passAt() <= 1)) {
            throw new ConfigException(
                    "task '" + task.name() + "': pass_at is " + task.passAt() + ", expected above 0, up to 1");
        }
        Set<String> ids = new LinkedHashSet<>();
        for (Sample sample : samples) {
            if (!ids.add(sample.id())) {
                throw new ConfigException("task '" + task.name() + "': two samples have the id '" + sample.id() + "'");
            }
            grader.check(sample).ifPresent(problem -> {
                throw new ConfigException("task '" + task.name() + "', sample '" + sample.id() + "', grader "
                        + task.grader().provider() + ": " + problem);
            });
        }
    }

    private static void checkSelection(RunSpec spec, boolean nothing, Set<String> unmatched, Set<String> known) {
        if (spec.roster().models().isEmpty()) {
            throw new NothingSelectedException("no model is selected; name a roster or give --model");
        }
        if (nothing) {
            throw new NothingSelectedException(
                    spec.samples().isEmpty()
                            ? "no task is selected"
                            : "no sample is selected: none of the tasks has " + new TreeSet<>(spec.samples())
                                    + "; they have " + known.stream().limit(8).toList()
                                    + (known.size() > 8 ? " and " + (known.size() - 8) + " more" : ""));
        }
        if (!unmatched.isEmpty()) {
            String first = unmatched.iterator().next();
            throw new ConfigException("no selected task has a sample '" + first + "'" + Suggestions.hint(first, known));
        }
    }
}
