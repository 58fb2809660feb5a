package dev.rtel.eval;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.rtel.common.RtelException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plans and outcomes as JSON text and back, for stores. The text is a store's own business and no published format.
 * Thread-safe.
 */
public final class EvalJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .addMixIn(Target.class, TargetKinds.class)
            .addMixIn(Score.class, ScoreKinds.class)
            .addMixIn(Outcome.class, OutcomeKinds.class)
            .addMixIn(GradingDetail.class, DetailKinds.class)
            .build();
    private static final JsonMapper FIGURES =
            MAPPER.rebuild().addMixIn(Completion.class, WithoutTexts.class).build();

    private EvalJson() {}

    /** Text of an earlier version or of another origin. */
    public static final class UnreadableException extends RtelException {
        private static final long serialVersionUID = 1L;

        UnreadableException(String what, String reason, @Nullable JacksonException cause) {
            super("stored " + what + " cannot be read: " + reason, cause);
        }
    }

    /**
     * Writes a plan piece by piece, since the plan of a large run fills memory as it is; samples are written once, not
     * per trial.
     *
     * @throws java.io.UncheckedIOException if the target throws
     */
    public static void write(RunPlan plan, Appendable target) {
        PlanJson.write(plan, target);
    }

    /**
     * Reads a plan back.
     *
     * @throws UnreadableException if the text is none
     */
    public static RunPlan readPlan(String json) {
        return read(MAPPER, "plan", json, PlanDocument.class).plan();
    }

    /** Writes an outcome without what {@link Verbatim} lists, which stores keep apart. */
    public static String write(Outcome outcome) {
        return OutcomeJson.of(outcome);
    }

    /**
     * Reads an outcome back.
     *
     * @throws UnreadableException if the text is none
     */
    public static Outcome readOutcome(String json) {
        return read(MAPPER, "outcome", json, Outcome.class);
    }

    /**
     * Reads back {@link Outcome#figures()} of an outcome, without building the texts left out.
     *
     * @throws UnreadableException if the text is none
     */
    public static Outcome readFigures(String json) {
        return read(FIGURES, "outcome", json, Outcome.class).figures();
    }

    /** Writes how an attempt ended. */
    public static String write(Attempt.End end) {
        return OutcomeJson.of(end);
    }

    /**
     * Reads back how an attempt ended.
     *
     * @throws UnreadableException if the text is none
     */
    public static Attempt.End readEnd(String json) {
        return read(MAPPER, "attempt", json, Attempt.End.class);
    }

    private static <T> T read(JsonMapper mapper, String what, String json, Class<T> type) {
        try {
            @Nullable T value = mapper.readValue(json, type);
            if (value == null) {
                throw new UnreadableException(what, "it is null", null);
            }
            return value;
        } catch (JacksonException e) {
            throw new UnreadableException(what, e.getOriginalMessage(), e);
        }
    }

    private record TrialRow(int model, int task, int sample, int epoch, String completion, String grade) {}

    private record SampleRow(int task, Sample sample, List<Message> messages) {}

    /** Read by data binding, written by {@link PlanJson}. */
    private record PlanDocument(
            String runId,
            String roster,
            Instant createdAt,
            boolean simulated,
            int epochs,
            List<PlannedModel> models,
            Map<String, PlannedModel> roles,
            List<PlannedTask> tasks,
            List<SampleRow> samples,
            List<TrialRow> trials,
            Map<String, @Nullable Object> details) {
        RunPlan plan() {
            List<Trial> all = new ArrayList<>();
            for (TrialRow row : trials) {
                PlannedModel model = models.get(row.model());
                PlannedTask task = tasks.get(row.task());
                SampleRow sample = samples.get(row.sample());
                all.add(new Trial(
                        new TrialKey(model.name(), task.name(), sample.sample().id(), row.epoch()),
                        model,
                        task,
                        sample.sample(),
                        sample.messages(),
                        row.completion(),
                        row.grade()));
            }
            return new RunPlan(runId, roster, createdAt, simulated, epochs, models, roles, tasks, all, details);
        }
    }

    /** Skips what figures do not hold. */
    private interface WithoutTexts {
        @JsonDeserialize(using = NoText.class)
        Optional<String> text();

        @JsonDeserialize(using = NoText.class)
        Optional<String> reasoning();

        @JsonDeserialize(using = NoData.class)
        Map<String, @Nullable Object> usage();
    }

    private static final class NoText extends ValueDeserializer<Optional<String>> {
        @Override
        public Optional<String> deserialize(JsonParser parser, DeserializationContext context) {
            parser.skipChildren();
            return Optional.empty();
        }

        @Override
        public Optional<String> getAbsentValue(DeserializationContext context) {
            return Optional.empty();
        }
    }

    private static final class NoData extends ValueDeserializer<Map<String, @Nullable Object>> {
        @Override
        public Map<String, @Nullable Object> deserialize(JsonParser parser, DeserializationContext context) {
            parser.skipChildren();
            return Map.of();
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Target.Text.class, name = "text"),
        @JsonSubTypes.Type(value = Target.Claims.class, name = "claims"),
        @JsonSubTypes.Type(value = Target.AnyOf.class, name = "any-of"),
        @JsonSubTypes.Type(value = Target.None.class, name = "none")
    })
    private interface TargetKinds {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Score.Graded.class, name = "graded"),
        @JsonSubTypes.Type(value = Score.Unscored.class, name = "unscored")
    })
    private interface ScoreKinds {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Outcome.Completed.class, name = "completed"),
        @JsonSubTypes.Type(value = Outcome.Scored.class, name = "scored"),
        @JsonSubTypes.Type(value = Outcome.Failed.class, name = "failed")
    })
    private interface OutcomeKinds {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = GradingDetail.None.class, name = "none"),
        @JsonSubTypes.Type(value = GradingDetail.Extraction.class, name = "extraction"),
        @JsonSubTypes.Type(value = GradingDetail.CodeRun.class, name = "code"),
        @JsonSubTypes.Type(value = GradingDetail.Judgement.class, name = "judge"),
        @JsonSubTypes.Type(value = GradingDetail.Custom.class, name = "custom")
    })
    private interface DetailKinds {}
}
