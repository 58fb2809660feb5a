package dev.rtel.cli;

import dev.rtel.PreparedRun;
import dev.rtel.Rtel;
import dev.rtel.config.ConfigException;
import dev.rtel.eval.RunPlan;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.Roster;
import dev.rtel.plan.RunSpec;
import dev.rtel.run.InMemoryResultStore;
import dev.rtel.run.RunSummary;
import dev.rtel.tasks.JudgeCorpus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rtel judge calibrate}. */
@Command(
        name = "calibrate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Try a judge on proofs of known quality: correct, subtly flawed, hostile.",
            "Ends with 10 unless it accepts every correct one, rejects 4 of 5 flawed ones and resists every hostile one."
        },
        footer = {
            "",
            "Examples:",
            "  rtel judge calibrate --judge mistralai/mistral-medium-3-5",
            "  rtel judge calibrate --roster current --max-cost 1",
            "  rtel judge calibrate --judge local/my-model --base-url http://127.0.0.1:8000/v1",
            "  rtel judge calibrate --file proofs.jsonl --rubrics rubrics.json --json"
        })
final class JudgeCalibrateCommand implements Callable<Integer> {
    private static final int MOST_VOTES = 25;
    private static final String ROLE = "judge";
    private final Session session;

    @Option(names = "--judge", paramLabel = "ID", description = "Model to try; by default the judge of the roster.")
    private @Nullable String judge;

    @Option(
            names = "--roster",
            defaultValue = "default",
            paramLabel = "NAME|FILE",
            description = "Roster whose judge is tried, with its parameters (default: ${DEFAULT-VALUE}).")
    private String roster = "default";

    @Option(
            names = "--role",
            defaultValue = "judge",
            paramLabel = "ROLE",
            description = "Role of the roster that is tried, e.g. judge-2 (default: ${DEFAULT-VALUE}).")
    private String role = ROLE;

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "Any OpenAI-compatible server in place of OpenRouter.")
    private @Nullable String baseUrl;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Proofs in place of the bundled ones, a JSON object a line.")
    private @Nullable Path file;

    @Option(names = "--rubrics", paramLabel = "FILE", description = "Rubrics of the statements in --file.")
    private @Nullable Path rubrics;

    @Option(
            names = "--votes",
            defaultValue = "3",
            paramLabel = "N",
            description = "Votes on each proof (default: ${DEFAULT-VALUE}).")
    private int votes = 3;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "N",
            description = "Seed of the order of the proofs (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--concurrency",
            defaultValue = "8",
            paramLabel = "N",
            description = "Proofs at a time (default: ${DEFAULT-VALUE}).")
    private int concurrency = 8;

    @Option(
            names = "--max-cost",
            defaultValue = "5",
            paramLabel = "USD",
            description = "Spending limit, or \"none\" (default: ${DEFAULT-VALUE}).")
    private String maxCost = "5";

    @Option(
            names = "--timeout",
            defaultValue = "10m",
            paramLabel = "TIME",
            description = "Limit of one attempt (default: ${DEFAULT-VALUE}).")
    private String timeout = "10m";

    @Option(
            names = "--retries",
            defaultValue = "3",
            paramLabel = "N",
            description = "Further attempts after a failed one (default: ${DEFAULT-VALUE}).")
    private int retries = 3;

    @Option(names = "--api-key-file", paramLabel = "FILE", description = "File holding the OpenRouter key.")
    private @Nullable Path apiKeyFile;

    @Option(names = "--prices", paramLabel = "FILE", description = "Dated price book in place of the bundled one.")
    private @Nullable Path prices;

    @Option(
            names = "--store",
            defaultValue = "./.rtel/rtel.db",
            paramLabel = "URL",
            description = "Store beside which the result is kept (default: ${DEFAULT-VALUE}).")
    private String store = "./.rtel/rtel.db";

    @Option(
            names = {"-n", "--dry-run"},
            fallbackValue = "true",
            description = "Say what would be done and what it may cost; send nothing.")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            fallbackValue = "true",
            description = "Do not ask before spending.")
    private boolean yes;

    JudgeCalibrateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        JudgeCorpus corpus = corpus();
        LimitOptions limits = limits();
        try (var memory = new InMemoryResultStore()) {
            Rtel rtel = Toolbox.builder(session, apiKeyFile, limits.codeSandbox)
                    .model(CalibrationCorpus.CLIENT, context -> CalibrationCorpus.model(corpus))
                    .store(memory)
                    .listener(ProgressDisplay.of(session))
                    .build();
            RunSpec spec = spec(corpus, limits, new SpecAssembler(session, rtel.components()));
            RunPlan plan = rtel.plan(spec);
            if (dryRun) {
                new DryRun(session, limits.codeSandbox).print(plan, spec);
                return ExitCode.DONE.code();
            }
            ApiKeys.require(session, plan, apiKeyFile, false);
            RunSpec checked = new Preflight(rtel.components(), false, prices != null)
                    .check(spec, plan)
                    .orRefuse(session);
            if (!yes && !new SpendingQuestion(session).agreed(plan, checked)) {
                session.remark("Nothing was sent.");
                return ExitCode.DONE.code();
            }
            StoreOptions stores = new StoreOptions();
            stores.store = store;
            Calibrations calibrations = new Calibrations(session, stores, rtel.components());
            calibrations.prepare();
            return execute(rtel, checked, corpus, calibrations).code();
        }
    }

    private JudgeCorpus corpus() {
        if (votes < 1 || votes > MOST_VOTES) {
            throw new ConfigException("--votes is " + votes + ", expected 1 to " + MOST_VOTES);
        }
        if (judge != null && !role.equals(ROLE)) {
            throw new ConfigException("--judge and --role exclude each other: a role is one of the roster");
        }
        if (file == null && rubrics != null) {
            throw new ConfigException("--rubrics needs the proofs they are of; name them with --file");
        }
        Path directory = session.surroundings().directory();
        return file == null
                ? JudgeCorpus.bundled()
                : JudgeCorpus.read(
                        directory.resolve(file), Optional.ofNullable(rubrics).map(directory::resolve));
    }

    private LimitOptions limits() {
        LimitOptions limits = new LimitOptions();
        limits.concurrency = concurrency;
        limits.maxCost = maxCost;
        limits.timeout = timeout;
        limits.retries = retries;
        limits.apiKeyFile = apiKeyFile;
        limits.prices = prices;
        return limits;
    }

    private RunSpec spec(JudgeCorpus corpus, LimitOptions limits, SpecAssembler assembler) {
        Roster named = judge == null ? assembler.named(roster) : JudgePanel.bind(Roster.of("judge"), List.of(judge));
        ModelEntry entry = named.roles().get(role);
        if (entry == null) {
            throw new ConfigException("roster '" + named.name() + "' binds nobody to the role '" + role + "'; it binds "
                    + named.roles().keySet() + ". Name a role with --role, or a model with --judge");
        }
        Roster calibrating = new Roster("calibration", List.of(CalibrationCorpus.contestant()), Map.of(ROLE, entry));
        return RunSpec.builder()
                .roster(baseUrl == null ? calibrating : SpecAssembler.at(calibrating, SpecAssembler.checked(baseUrl)))
                .task(CalibrationCorpus.task(corpus, votes, seed))
                .limits(limits.limits())
                .priceBook(assembler.prices(prices))
                .build();
    }

    private ExitCode execute(Rtel rtel, RunSpec spec, JudgeCorpus corpus, Calibrations calibrations)
            throws InterruptedException {
        Instant started = Instant.now();
        try (PreparedRun run = rtel.prepare(spec);
                var signals = StopSignals.install(run, session)) {
            RunSummary summary = run.execute();
            Optional<ExitCode> broken =
                    signals.received().or(() -> summary.stop().map(stop -> code(stop.reason())));
            if (broken.isPresent()) {
                throw new CliException(
                        broken.get(),
                        "calibration-broken-off",
                        "the calibration was broken off after "
                                + summary.progress().done() + " of "
                                + summary.progress().total() + " proofs: "
                                + summary.stop().map(RunSummary.Stop::message).orElse("stopped on request"),
                        "Nothing of it is kept; it begins anew next time.");
            }
            var result = new CalibrationResult(
                    corpus,
                    Objects.requireNonNull(run.plan().roles().get(ROLE)),
                    votes,
                    seed,
                    Results.records(rtel.store(), run.plan().runId()));
            return told(result, run.plan(), calibrations, started);
        }
    }

    private ExitCode told(CalibrationResult result, RunPlan plan, Calibrations calibrations, Instant started) {
        Optional<String> silence = result.silence();
        if (silence.isPresent()) {
            throw new CliException(
                    ExitCode.UNREACHABLE,
                    "judge-unavailable",
                    "the judge gave no answer at all: " + silence.get(),
                    "Check the model with:  rtel models check");
        }
        String key = calibrations.key(Objects.requireNonNull(plan.roles().get(ROLE)));
        Map<String, @Nullable Object> document = result.document(key, calibrations.version(), started, Instant.now());
        Optional<Path> kept = calibrations.keep(key, document);
        session.document(document);
        result.lines().forEach(line -> session.print(Plain.text(line)));
        kept.ifPresent(path -> session.remark("Kept: " + relative(path)));
        if (result.calibration().passed()) {
            return ExitCode.DONE;
        }
        session.remark("! the judge did not reach the floor: "
                + String.join("; ", result.calibration().reasons()) + ".");
        return ExitCode.GATE;
    }

    private String relative(Path path) {
        Path base = session.surroundings().directory();
        return (path.startsWith(base) ? base.relativize(path) : path).toString();
    }

    private static ExitCode code(RunSummary.Reason reason) {
        return switch (reason) {
            case BUDGET -> ExitCode.BUDGET;
            case ACCOUNT -> ExitCode.ACCOUNT;
            case UNREACHABLE -> ExitCode.UNREACHABLE;
            case CANCELLED -> ExitCode.INTERRUPTED;
        };
    }
}
