package dev.rtel.testkit;

/** One tiny plug-in of each kind, as source text. */
final class Plugins {
    private Plugins() {}

    static final String MODEL = """
            /** Answers with a prefix and the last message. */
            public final class Echo implements Model {
                private final String id;
                private final String prefix;

                Echo(String id, String prefix) {
                    this.id = id;
                    this.prefix = prefix;
                }

                public String id() {
                    return id;
                }

                public Completion complete(CompletionRequest request, AttemptContext context) {
                    return Completion.builder()
                            .text(prefix + request.messages().get(request.messages().size() - 1).content())
                            .finishReason("stop")
                            .provider("plug-in")
                            .build();
                }

                public static final class Provider implements ModelProvider {
                    public String name() {
                        return "echo";
                    }

                    public Model create(ComponentContext context) {
                        Config config = context.config().knownKeys(MODEL_ID, MODEL_NAME, "prefix");
                        return new Echo(config.requireString(MODEL_ID), config.string("prefix").orElse(""));
                    }

                    public ComponentSpec defaultExtractor(Config settings) {
                        return ComponentSpec.of("letters");
                    }
                }
            }
            """;

    static final String EXTRACTOR = """
            /** Counts letters as tokens. */
            public final class Letters implements TokenExtractor {
                public TokenUsage extract(Completion completion) {
                    long letters = completion.text().orElse("").length();
                    return new TokenUsage(
                            Count.missing(), Count.missing(), Count.of(letters, Count.Source.ESTIMATED),
                            Count.of(0, Count.Source.ESTIMATED), OptionalLong.empty(),
                            Count.of(letters, Count.Source.ESTIMATED), Cost.missing(), Set.of());
                }

                public static final class Provider implements TokenExtractorProvider {
                    public String name() {
                        return "letters";
                    }

                    public TokenExtractor create(ComponentContext context) {
                        context.config().knownKeys();
                        return new Letters();
                    }
                }
            }
            """;

    static final String GRADER = """
            /** Full marks from a number of letters on. */
            public record LengthGrader(int atLeast) implements Grader {
                public Score grade(Submission submission, GradingContext context) {
                    return submission.text().length() >= atLeast
                            ? Score.correct(submission.text())
                            : Score.incorrect(submission.text(), "shorter than " + atLeast);
                }

                public static final class Provider implements GraderProvider {
                    public String name() {
                        return "length";
                    }

                    public Grader create(ComponentContext context) {
                        return new LengthGrader(context.config().knownKeys("at_least").integer("at_least", 1));
                    }
                }
            }
            """;

    static final String TASK = """
            /** So many samples, graded by length. */
            public record Counting(int n) implements Task {
                public String name() {
                    return "counting";
                }

                public String version() {
                    return "1";
                }

                public List<Sample> samples() {
                    List<Sample> samples = new ArrayList<>();
                    for (int i = 1; i <= n; i++) {
                        samples.add(Sample.of("s" + i, "x".repeat(i), new Target.None()));
                    }
                    return List.copyOf(samples);
                }

                public ComponentSpec grader() {
                    return new ComponentSpec("length", Config.of("counting.grader", Map.of("at_least", 5)));
                }

                public static final class Provider implements TaskProvider {
                    public String name() {
                        return "counting";
                    }

                    public Task create(ComponentContext context) {
                        return new Counting(context.config().knownKeys("n").integer("n", 3));
                    }
                }
            }
            """;

    static final String RUNNER = """
            /** Takes the last trial first. */
            public final class Backwards implements Runner {
                public void run(List<Trial> pending, TrialExecutor executor) throws InterruptedException {
                    for (int i = pending.size() - 1; i >= 0 && !executor.stopping(); i--) {
                        executor.execute(pending.get(i));
                    }
                }

                public static final class Provider implements RunnerProvider {
                    public String name() {
                        return "backwards";
                    }

                    public Runner create(ComponentContext context) {
                        context.config().knownKeys();
                        return new Backwards();
                    }
                }
            }
            """;

    static final String STORE = """
            /** Keeps results in memory. */
            public final class Memo implements ResultStore {
                private final InMemoryResultStore inner = new InMemoryResultStore();

                public void begin(RunPlan plan) {
                    inner.begin(plan);
                }

                public void attemptStarted(Attempt attempt) {
                    inner.attemptStarted(attempt);
                }

                public void attemptIdentified(String attemptId, String generationId) {
                    inner.attemptIdentified(attemptId, generationId);
                }

                public void attemptEnded(String attemptId, Attempt.End end) {
                    inner.attemptEnded(attemptId, end);
                }

                public void record(TrialRecord record, Optional<String> attemptId, Optional<Attempt.End> end) {
                    inner.record(record, attemptId, end);
                }

                public void end(String runId, RunState state, java.time.Instant at) {
                    inner.end(runId, state, at);
                }

                public Optional<StoredRun> run(String runId) {
                    return inner.run(runId);
                }

                public List<StoredRun> runs() {
                    return inner.runs();
                }

                public java.util.stream.Stream<TrialRecord> trials(String runId, Projection projection) {
                    return inner.trials(runId, projection);
                }

                public List<Attempt> attempts(String runId) {
                    return inner.attempts(runId);
                }

                public static final class Provider implements ResultStoreProvider {
                    public String name() {
                        return "memo";
                    }

                    public ResultStore create(ComponentContext context) {
                        context.config().knownKeys("url");
                        return new Memo();
                    }
                }
            }
            """;

    /** All of them in package {@code plugin}. */
    static PluginJar all() {
        return new PluginJar()
                .source("plugin.Echo", MODEL)
                .service("ModelProvider", "plugin.Echo$Provider")
                .source("plugin.Letters", EXTRACTOR)
                .service("TokenExtractorProvider", "plugin.Letters$Provider")
                .source("plugin.LengthGrader", GRADER)
                .service("GraderProvider", "plugin.LengthGrader$Provider")
                .source("plugin.Counting", TASK)
                .service("TaskProvider", "plugin.Counting$Provider")
                .source("plugin.Backwards", RUNNER)
                .service("RunnerProvider", "plugin.Backwards$Provider")
                .source("plugin.Memo", STORE)
                .service("ResultStoreProvider", "plugin.Memo$Provider");
    }
}
