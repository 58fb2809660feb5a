package dev.rtel.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the scripted models know: problems with right and wrong answers, model profiles, and rules for judges. Immutable.
 *
 * @param samples problems with unique keys
 * @param models profiles with unique ids
 * @param judgeRules rules for judge models; the first one that applies gives the reply
 * @param defaultJudgeReply reply of a judge model when no rule applies
 */
public record SimulatorScript(
        List<ScriptedSample> samples, List<ModelProfile> models, List<JudgeRule> judgeRules, String defaultJudgeReply) {
    /** The reply of a model to a problem that is not in the script. */
    public static final String UNKNOWN_PROBLEM_REPLY = "I do not know this problem.";

    /**
     * Checks and copies the values.
     *
     * @throws IllegalArgumentException if a sample key or a model id occurs twice
     */
    public SimulatorScript {
        samples = List.copyOf(samples);
        models = List.copyOf(models);
        judgeRules = List.copyOf(judgeRules);
        checkUnique("sample key", samples.stream().map(ScriptedSample::key).toList());
        checkUnique("model id", models.stream().map(ModelProfile::id).toList());
    }

    /** Starts an empty script. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads a script from a JSON file.
     *
     * @throws ScriptException if the file cannot be read or has a mistake; the message names the file and the place
     */
    public static SimulatorScript read(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            return read(stream);
        } catch (IOException e) {
            throw new ScriptException("cannot read script \"" + file + "\": " + e, e);
        } catch (ScriptException e) {
            throw new ScriptException("script \"" + file + "\": " + e.getMessage(), e);
        }
    }

    /**
     * Reads a script from JSON in UTF-8; the stream is read to its end.
     *
     * <p>The keys are the names of the record components with underscores, all optional but for keys, ids and texts; times
     * are in milliseconds ({@code latency_ms}, {@code latency_spread_ms}), prices numbers or decimal strings:
     *
     * <pre>{@code
     * {"samples": [{"key": "k", "prompt_contains": "…", "category": "math", "right": ["…"], "wrong": ["…"]}],
     *  "models": [{"id": "acme/one", "completion_price": "0.000002", "accuracy_by_category": {"math": 0.9},
     *              "reasoning": "optional", "mean_reasoning_tokens": 300}],
     *  "judge_rules": [{"contains": ["…"], "reply": "…"}],
     *  "default_judge_reply": "…"}
     * }</pre>
     *
     * @throws ScriptException if the stream cannot be read or has a mistake; the message names the place
     */
    public static SimulatorScript read(InputStream stream) {
        return new ScriptReader().read(stream);
    }

    /** Returns a builder that starts with the content of this script. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.samples.addAll(samples);
        builder.models.addAll(models);
        builder.judgeRules.addAll(judgeRules);
        builder.defaultJudgeReply = defaultJudgeReply;
        return builder;
    }

    /** Finds the sample with the longest recognised text in the user messages of a request; of equal ones the first. */
    public Optional<ScriptedSample> sampleFor(String userText) {
        int longest = 0;
        Optional<ScriptedSample> found = Optional.empty();
        for (ScriptedSample sample : samples) {
            String text = sample.promptContains();
            if (text.length() > longest && userText.contains(text)) {
                longest = text.length();
                found = Optional.of(sample);
            }
        }
        return found;
    }

    /** Finds a model by its id or canonical slug. */
    public Optional<ModelProfile> model(String name) {
        return models.stream()
                .filter(model -> model.id().equals(name))
                .findFirst()
                .or(() -> models.stream()
                        .filter(model -> model.canonicalSlug().equals(name))
                        .findFirst());
    }

    /** Returns the reply of a judge model to the concatenated text of a request. */
    public String judgeReply(String text) {
        return judgeRules.stream()
                .filter(rule -> rule.appliesTo(text))
                .map(JudgeRule::reply)
                .findFirst()
                .orElse(defaultJudgeReply);
    }

    private static void checkUnique(String what, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException(what + " \"" + name + "\" occurs twice");
            }
        }
    }

    /** Collects the content of a {@link SimulatorScript}. Not thread-safe. */
    public static final class Builder {
        private final List<ScriptedSample> samples = new ArrayList<>();
        private final List<ModelProfile> models = new ArrayList<>();
        private final List<JudgeRule> judgeRules = new ArrayList<>();
        private String defaultJudgeReply = UNKNOWN_PROBLEM_REPLY;

        private Builder() {}

        /** Adds a problem. */
        public Builder sample(ScriptedSample sample) {
            samples.add(sample);
            return this;
        }

        /** Adds a problem with one right and one wrong answer. */
        public Builder sample(String key, String promptContains, String category, String right, String wrong) {
            return sample(new ScriptedSample(key, promptContains, category, List.of(right), List.of(wrong)));
        }

        /** Adds a model. */
        public Builder model(ModelProfile model) {
            models.add(model);
            return this;
        }

        /** Adds a rule for judge models. */
        public Builder judgeRule(JudgeRule rule) {
            judgeRules.add(rule);
            return this;
        }

        /** Adds a rule for judge models: a reply for requests that contain all the texts. */
        public Builder judgeRule(String reply, String... contains) {
            return judgeRule(new JudgeRule(List.of(contains), reply));
        }

        /** Sets the reply of a judge model when no rule applies. */
        public Builder defaultJudgeReply(String reply) {
            defaultJudgeReply = reply;
            return this;
        }

        /**
         * Builds the script.
         *
         * @throws IllegalArgumentException if a sample key or a model id occurs twice
         */
        public SimulatorScript build() {
            return new SimulatorScript(samples, models, judgeRules, defaultJudgeReply);
        }
    }
}
