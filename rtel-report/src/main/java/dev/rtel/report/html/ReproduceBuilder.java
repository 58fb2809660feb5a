package dev.rtel.report.html;

import dev.rtel.common.PlainJson;
import dev.rtel.eval.Completion;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.StoredRun;
import dev.rtel.eval.TrialRecord;
import dev.rtel.report.html.Page.Fact;
import dev.rtel.report.html.Page.ModelSpec;
import dev.rtel.report.html.Page.Reproduce;
import dev.rtel.report.html.Page.TaskSpec;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything needed to make the run again. */
final class ReproduceBuilder {
    private static final String COMMAND = "command";

    private ReproduceBuilder() {}

    static Reproduce reproduce(StoredRun run, Trials trials) {
        RunPlan plan = run.plan();
        Map<String, @Nullable Object> details = new LinkedHashMap<>(plan.details());
        Object command = details.remove(COMMAND);
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.mono("run id", plan.runId()));
        facts.add(Fact.of("state", run.state().word()));
        facts.add(Fact.of(
                "started", plan.createdAt().truncatedTo(ChronoUnit.SECONDS).toString()));
        facts.add(Fact.of(
                "ended",
                run.finishedAt()
                        .map(t -> t.truncatedTo(ChronoUnit.SECONDS).toString())
                        .orElse("unknown")));
        facts.add(Fact.of("roster", plan.roster()));
        facts.add(Fact.of("plan", plan.summary()));
        facts.addAll(Flat.facts("", details));
        return new Reproduce(facts, command != null, command(command), tasks(plan), models(plan, trials));
    }

    private static String command(@Nullable Object command) {
        if (command instanceof List<?> words) {
            return words.stream().map(w -> quoted(Flat.text(w))).collect(Collectors.joining(" "));
        }
        return command == null ? "" : Flat.text(command);
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static List<TaskSpec> tasks(RunPlan plan) {
        return plan.tasks().stream()
                .map(t -> new TaskSpec(
                        t.name(),
                        t.version(),
                        t.category(),
                        t.source(),
                        spec(t.grader()),
                        BigDecimal.valueOf(t.passAt()).stripTrailingZeros().toPlainString(),
                        t.sha256()))
                .toList();
    }

    private static List<ModelSpec> models(RunPlan plan, Trials trials) {
        List<ModelSpec> specs = new ArrayList<>();
        plan.models().forEach(m -> specs.add(model(m, "", trials)));
        plan.roles().forEach((role, m) -> specs.add(model(m, role, trials)));
        return specs;
    }

    private static ModelSpec model(PlannedModel model, String role, Trials trials) {
        List<TrialRecord> records = role.isEmpty() ? trials.of(model.name()) : List.of();
        return new ModelSpec(
                Excerpt.name(model.name()),
                role,
                Excerpt.line(model.id(), 200),
                spec(model.client()) + (model.identity().simulated() ? " (simulator)" : ""),
                spec(model.extractor()),
                json(model.params()),
                json(model.routing()),
                distinct(records, Completion::provider),
                distinct(records, Completion::servedModel));
    }

    private static String distinct(List<TrialRecord> records, Function<Completion, Optional<String>> part) {
        TreeSet<String> values = records.stream()
                .flatMap(r -> r.completion().stream())
                .flatMap(c -> part.apply(c).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return values.isEmpty() ? "–" : Excerpt.line(String.join(", ", values), 200);
    }

    private static String spec(ComponentSpec spec) {
        return spec.config().values().isEmpty()
                ? spec.provider()
                : spec.provider() + " " + PlainJson.write(spec.config().values());
    }

    private static String json(Map<String, @Nullable Object> map) {
        return map.isEmpty() ? "–" : PlainJson.write(map);
    }
}
