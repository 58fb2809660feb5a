package dev.rtel.eval;

import dev.rtel.common.PlainData;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One problem of a task. Immutable.
 *
 * @param id unique within its task
 * @param input messages before the answer-format line is added; never empty
 * @param target the gold answer
 * @param locale number and word forms of the reply, e.g. {@code de}; empty means {@code en}
 * @param choices options of a multiple-choice sample; empty means the letters A to J
 * @param workload work units, above 0
 * @param twinOf id of the sample that must be right too for this one to pass
 * @param tags free labels
 * @param metadata plain data for people and reports; never sent to a model
 * @param fields what only the grader reads: {@code entry, buggy, cases, tests, rubric}; plain data
 */
public record Sample(
        String id,
        List<Message> input,
        Target target,
        Optional<String> locale,
        List<String> choices,
        OptionalDouble workload,
        Optional<String> twinOf,
        List<String> tags,
        Map<String, @Nullable Object> metadata,
        Map<String, @Nullable Object> fields) {
    /** Copies all collections and checks that id and input are there. */
    public Sample(
            String id,
            List<Message> input,
            Target target,
            Optional<String> locale,
            List<String> choices,
            OptionalDouble workload,
            Optional<String> twinOf,
            List<String> tags,
            Map<String, @Nullable Object> metadata,
            Map<String, @Nullable Object> fields) {
        Objects.requireNonNull(id, "id");
        input = List.copyOf(input);
        choices = List.copyOf(choices);
        tags = List.copyOf(tags);
        metadata = PlainData.copyOf(metadata);
        fields = PlainData.copyOf(fields);
        if (input.isEmpty()) {
            throw new IllegalArgumentException("sample '" + id + "' has no input");
        }
        this.id = id;
        this.input = input;
        this.target = target;
        this.locale = locale;
        this.choices = choices;
        this.workload = workload;
        this.twinOf = twinOf;
        this.tags = tags;
        this.metadata = metadata;
        this.fields = fields;
    }

    /** A sample of one user message and a target, without anything optional. */
    public static Sample of(String id, String input, Target target) {
        return builder(id).input(input).target(target).build();
    }

    /** Starts a sample with this id, no target and no input. */
    public static Builder builder(String id) {
        return new Builder(id);
    }

    /** Collects the parts of a sample. Not thread-safe. */
    public static final class Builder {
        private final String id;
        private List<Message> input = List.of();
        private Target target = new Target.None();
        private @Nullable String locale;
        private List<String> choices = List.of();
        private OptionalDouble workload = OptionalDouble.empty();
        private @Nullable String twinOf;
        private List<String> tags = List.of();
        private Map<String, @Nullable Object> metadata = Map.of();
        private Map<String, @Nullable Object> fields = Map.of();

        private Builder(String id) {
            this.id = id;
        }

        /** Sets one user message. */
        public Builder input(String text) {
            return input(List.of(Message.user(text)));
        }

        /** Sets the conversation. */
        public Builder input(List<Message> messages) {
            this.input = messages;
            return this;
        }

        /** Sets the gold answer. */
        public Builder target(Target value) {
            this.target = value;
            return this;
        }

        /** Sets the locale of the reply. */
        public Builder locale(@Nullable String value) {
            this.locale = value;
            return this;
        }

        /** Sets the options of a multiple-choice sample. */
        public Builder choices(List<String> value) {
            this.choices = value;
            return this;
        }

        /** Sets the work units. */
        public Builder workload(double value) {
            this.workload = OptionalDouble.of(value);
            return this;
        }

        /** Names the twin. */
        public Builder twinOf(@Nullable String value) {
            this.twinOf = value;
            return this;
        }

        /** Sets the labels. */
        public Builder tags(List<String> value) {
            this.tags = value;
            return this;
        }

        /** Sets the metadata. */
        public Builder metadata(Map<String, @Nullable Object> value) {
            this.metadata = value;
            return this;
        }

        /** Sets what only the grader reads. */
        public Builder fields(Map<String, @Nullable Object> value) {
            this.fields = value;
            return this;
        }

        /** Builds the sample. */
        public Sample build() {
            return new Sample(
                    id,
                    input,
                    target,
                    Optional.ofNullable(locale),
                    choices,
                    workload,
                    Optional.ofNullable(twinOf),
                    tags,
                    metadata,
                    fields);
        }
    }
}
