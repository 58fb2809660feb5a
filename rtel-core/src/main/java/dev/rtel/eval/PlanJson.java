package dev.rtel.eval;

import dev.rtel.common.PlainJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes plans by hand, in the form that {@link EvalJson} reads by data binding: a run writes one before its first call,
 * and loading the binding takes longer than the rest of that. Samples are written once, not per trial.
 */
final class PlanJson extends WrittenJson {
    private static final int AT_ONCE = 16 * 1024;
    private final Appendable target;

    private PlanJson(Appendable target) {
        super(2 * AT_ONCE);
        this.target = target;
    }

    static void write(RunPlan plan, Appendable target) {
        PlanJson json = new PlanJson(target);
        json.plan(plan);
        json.flush();
    }

    private void flush() {
        try {
            target.append(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.setLength(0);
    }

    private void plan(RunPlan plan) {
        out.append('{');
        field("runId", plan.runId());
        field("roster", plan.roster());
        field("createdAt", plan.createdAt().toString());
        field("simulated", plan.simulated());
        field("epochs", plan.epochs());
        list("models", plan.models(), this::model);
        roles(plan.roles());
        list("tasks", plan.tasks(), this::task);
        trials(plan);
        field("details", plan.details());
        out.append('}');
    }

    private void roles(Map<String, PlannedModel> roles) {
        name("roles");
        String separator = "{";
        for (Map.Entry<String, PlannedModel> role : roles.entrySet()) {
            out.append(separator);
            PlainJson.write(role.getKey(), out);
            out.append(":{");
            model(role.getValue());
            out.append('}');
            separator = ",";
        }
        out.append(roles.isEmpty() ? "{}" : "}");
    }

    private void trials(RunPlan plan) {
        Map<String, Integer> models =
                places(plan.models().stream().map(PlannedModel::name).toList());
        Map<String, Integer> tasks =
                places(plan.tasks().stream().map(PlannedTask::name).toList());
        Map<List<String>, Integer> samples = new HashMap<>();
        List<Trial> firsts = new ArrayList<>();
        for (Trial trial : plan.trials()) {
            samples.computeIfAbsent(sampleOf(trial), key -> {
                firsts.add(trial);
                return firsts.size() - 1;
            });
        }
        list("samples", firsts, trial -> {
            field("task", tasks.getOrDefault(trial.key().task(), -1));
            name("sample");
            sample(trial.sample());
            list("messages", trial.messages(), this::message);
        });
        list("trials", plan.trials(), trial -> {
            field("model", models.getOrDefault(trial.key().model(), -1));
            field("task", tasks.getOrDefault(trial.key().task(), -1));
            field("sample", samples.getOrDefault(sampleOf(trial), -1));
            field("epoch", trial.key().epoch());
            field("completion", trial.completionFingerprint());
            field("grade", trial.gradeFingerprint());
        });
    }

    private static Map<String, Integer> places(List<String> names) {
        Map<String, Integer> places = new HashMap<>();
        names.forEach(name -> places.put(name, places.size()));
        return places;
    }

    private static List<String> sampleOf(Trial trial) {
        return List.of(trial.key().task(), trial.key().sample());
    }

    private void model(PlannedModel model) {
        field("name", model.name());
        field("id", model.id());
        component("client", model.client());
        component("extractor", model.extractor());
        field("params", model.params());
        field("routing", model.routing());
        object("identity", () -> {
            field("client", model.identity().client());
            field("simulated", model.identity().simulated());
        });
        field("maxConcurrency", model.maxConcurrency());
        field("locked", model.locked());
        field("baseline", model.baseline());
        object("facts", () -> {
            field("servedAs", model.facts().servedAs());
            list("endpoints", model.facts().endpoints(), endpoint -> {
                field("provider", endpoint.provider());
                field("tag", endpoint.tag());
                field("quantization", endpoint.quantization());
            });
        });
    }

    private void component(String name, ComponentSpec component) {
        object(name, () -> {
            field("provider", component.provider());
            object("config", () -> {
                field("path", component.config().path());
                field("values", component.config().values());
                field("locations", component.config().locations());
            });
        });
    }

    private void task(PlannedTask task) {
        field("name", task.name());
        field("version", task.version());
        field("category", task.category());
        field("source", task.source());
        field("sha256", task.sha256());
        component("grader", task.grader());
        field("passAt", task.passAt());
    }

    private void sample(Sample sample) {
        out.append('{');
        field("id", sample.id());
        list("input", sample.input(), this::message);
        object("target", () -> target(sample.target()));
        field("locale", sample.locale());
        field("choices", sample.choices());
        field("workload", sample.workload());
        field("twinOf", sample.twinOf());
        field("tags", sample.tags());
        field("metadata", sample.metadata());
        field("fields", sample.fields());
        out.append('}');
    }

    private void target(Target target) {
        if (target instanceof Target.Text text) {
            field("kind", "text");
            field("value", text.value());
        } else if (target instanceof Target.Claims claims) {
            field("kind", "claims");
            field("values", claims.values());
        } else if (target instanceof Target.AnyOf any) {
            field("kind", "any-of");
            field("values", any.values());
        } else {
            field("kind", "none");
        }
    }

    private void message(Message message) {
        field("role", message.role());
        field("content", message.content());
    }

    private void object(String name, Runnable members) {
        name(name);
        out.append('{');
        members.run();
        out.append('}');
    }

    private <T> void list(String name, List<T> values, Consumer<T> members) {
        name(name);
        out.append('[');
        for (int i = 0; i < values.size(); i++) {
            out.append(i == 0 ? "{" : ",{");
            members.accept(values.get(i));
            out.append('}');
            if (out.length() > AT_ONCE) {
                flush();
            }
        }
        out.append(']');
    }
}
