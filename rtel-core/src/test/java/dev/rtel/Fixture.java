package dev.rtel;

import dev.rtel.eval.BillingRecord;
import dev.rtel.eval.Completion;
import dev.rtel.eval.CompletionRequest;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.Cost;
import dev.rtel.eval.Count;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Score;
import dev.rtel.eval.Target;
import dev.rtel.eval.TokenUsage;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.Roster;
import dev.rtel.plan.RunSpec;
import dev.rtel.run.RetryPolicy;
import dev.rtel.spi.AttemptContext;
import dev.rtel.spi.Grader;
import dev.rtel.spi.Model;
import dev.rtel.spi.Task;
import dev.rtel.spi.TokenExtractor;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** Small parts for tests of the core: a scripted model that counts its calls, tasks, a grader, an extractor. */
final class Fixture {
    private Fixture() {}

    /** A model whose every answer is a function of request and context; remembers what it was asked. */
    static final class Scripted implements Model {
        final List<AttemptContext> calls = new CopyOnWriteArrayList<>();
        private final String id;
        private final BiFunction<CompletionRequest, AttemptContext, Completion> answer;

        Scripted(String id, BiFunction<CompletionRequest, AttemptContext, Completion> answer) {
            this.id = id;
            this.answer = answer;
        }

        static Scripted saying(String text) {
            return new Scripted("lab/thinker", (request, context) -> reply(text));
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public Completion complete(CompletionRequest request, AttemptContext context) throws InterruptedException {
            calls.add(context);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return answer.apply(request, context);
        }
    }

    static Completion reply(String text) {
        return Completion.builder()
                .text(text)
                .finishReason("stop")
                .usage(Map.of("completion_tokens", 10L, "cost", new BigDecimal("0.001")))
                .generationId("gen-1")
                .raw("{\"text\":\"" + text + "\"}")
                .latency(Duration.ofMillis(5))
                .build();
    }

    /** A billing record of a thousandth of a dollar. */
    static BillingRecord billing() {
        return new BillingRecord(
                Optional.of("gen-1"),
                OptionalLong.of(5),
                OptionalLong.empty(),
                OptionalLong.of(10),
                OptionalLong.of(6),
                Optional.of(new BigDecimal("0.001")),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.of("{}"));
    }

    /** Reads the usage that {@link #reply} reports. */
    static final TokenExtractor EXTRACTOR = completion -> completion.usage().isEmpty()
            ? TokenUsage.unknown()
            : new TokenUsage(
                    Count.of(5, Count.Source.USAGE),
                    Count.missing(),
                    Count.of(4, Count.Source.USAGE),
                    Count.of(6, Count.Source.USAGE),
                    OptionalLong.empty(),
                    Count.of(10, Count.Source.USAGE),
                    completion.usage().get("cost") instanceof BigDecimal usd
                            ? Cost.of(usd, Cost.Source.BILLED)
                            : Cost.missing(),
                    Set.of());

    /** Right when the text equals the target. */
    static final Grader EXACT =
            (submission, context) -> submission.sample().target().display().equals(submission.text())
                    ? Score.correct(submission.text())
                    : Score.incorrect(submission.text(), "differs");

    record SimpleTask(String name, List<Sample> samples, ComponentSpec grader) implements Task {
        @Override
        public String version() {
            return "1";
        }
    }

    static Task task(int samples, String grader) {
        List<Sample> list = new ArrayList<>();
        IntStream.rangeClosed(1, samples)
                .forEach(i -> list.add(Sample.of("s" + i, "question " + i, Target.of("right"))));
        return new SimpleTask("demo", list, ComponentSpec.of(grader));
    }

    static ModelEntry entry(String name) {
        return ModelEntry.of("lab/thinker", "scripted", Map.of("max_tokens", 100L))
                .withName(name);
    }

    static Roster roster() {
        return Roster.of("test", entry("thinker"));
    }

    static RunSpec.Builder spec(int samples) {
        return RunSpec.builder().roster(roster()).task(task(samples, "exact"));
    }

    /** The facade with the scripted client, the extractor {@code usage} and the grader {@code exact}; retries at once. */
    static Rtel.Builder rtel(Model model) {
        return Rtel.builder()
                .model("scripted", context -> {
                    context.config().knownKeys("model_id", "model_name", "flavour");
                    return model;
                })
                .extractor("usage", context -> EXTRACTOR)
                .grader("exact", context -> EXACT)
                .retryPolicy(new RetryPolicy(2, Duration.ZERO, 1, Duration.ZERO, Duration.ofSeconds(1)));
    }
}
