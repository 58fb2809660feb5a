package dev.rtel;

import dev.rtel.common.Secret;
import dev.rtel.config.ConfigException;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.StoredRun;
import dev.rtel.internal.ConcurrentRunner;
import dev.rtel.internal.Reconciler;
import dev.rtel.plan.PreparedPlan;
import dev.rtel.plan.PriceBook;
import dev.rtel.plan.RunPlanner;
import dev.rtel.plan.RunSpec;
import dev.rtel.run.InMemoryResultStore;
import dev.rtel.run.ReconcileSummary;
import dev.rtel.run.RetryPolicy;
import dev.rtel.run.RunListener;
import dev.rtel.run.RunSummary;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.ComponentProvider;
import dev.rtel.spi.Components;
import dev.rtel.spi.Grader;
import dev.rtel.spi.Model;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.Runner;
import dev.rtel.spi.TokenExtractor;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Plans, runs, resumes and regrades. Nothing is discovered unless {@link Builder#discoverProviders()} asks for it, and
 * nothing found is used unless a roster, task or specification names it. Thread-safe.
 */
public final class Rtel implements AutoCloseable {
    private final Components components;
    private final RunPlanner planner;
    private final ResultStore store;
    private final List<RunListener> listeners;
    private final @Nullable RetryPolicy retryPolicy;

    private Rtel(Builder builder) {
        List<ComponentProvider<?>> providers = new ArrayList<>(builder.providers);
        providers.add(new ConcurrentRunner.Provider());
        this.components = Components.of(
                providers, Optional.ofNullable(builder.loader), builder.clock, builder.secrets, builder.options);
        this.planner = new RunPlanner(components, builder.simulators);
        this.store = builder.store == null ? new InMemoryResultStore() : builder.store;
        this.listeners = List.copyOf(builder.listeners);
        this.retryPolicy = builder.retryPolicy;
    }

    /** Starts with nothing registered but the runner {@code concurrent}, and an in-memory store. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns what is registered. */
    public Components components() {
        return components;
    }

    /** Returns the store that runs write to. */
    public ResultStore store() {
        return store;
    }

    /**
     * Plans without running: checks every name, setting and role; opens no connection, writes nothing.
     *
     * @throws dev.rtel.config.ConfigException if something is missing, unknown or malformed
     * @throws dev.rtel.plan.NothingSelectedException if no trial is left
     */
    public RunPlan plan(RunSpec spec) {
        try (var prepared = planner.plan(spec)) {
            return prepared.plan();
        }
    }

    /**
     * Plans a run and gives it into the caller's hands. With the id of a stored run it goes on with that run.
     *
     * @throws dev.rtel.config.ConfigException if something is missing, unknown or malformed
     * @throws dev.rtel.plan.NothingSelectedException if no trial is left
     */
    public PreparedRun prepare(RunSpec spec) {
        Optional<RunPlan> stored = spec.runId().flatMap(store::run).map(StoredRun::plan);
        PreparedPlan prepared = planner.plan(spec);
        if (stored.isPresent() && stored.get().regradedFrom().isPresent()) {
            // a run that takes its completions from another one goes on to buy none, whoever takes it up
            RunPlan plan = prepared.plan();
            String source = stored.get().regradedFrom().get();
            return prepared(
                    prepared.withPlan(
                            plan.regrading(plan.runId(), source, stored.get().regradedTasks())),
                    spec);
        }
        return prepared(prepared, spec);
    }

    /**
     * Runs to the end or a limit; blocks.
     *
     * @throws InterruptedException if interrupted; what was durable stays, the run is resumable
     * @throws dev.rtel.config.ConfigException as {@link #prepare}, and if the run's id is stored with another identity
     */
    public RunSummary run(RunSpec spec) throws InterruptedException {
        try (PreparedRun run = prepare(spec)) {
            return run.execute();
        }
    }

    /**
     * Plans to grade every stored completion of the specification's run again; see {@link #prepareRegrade(RunSpec,
     * Collection)}.
     *
     * @throws dev.rtel.config.ConfigException as there
     */
    public PreparedRun prepareRegrade(RunSpec spec) {
        return prepareRegrade(
                spec, spec.tasks().stream().map(task -> task.task().name()).toList());
    }

    /**
     * Plans to grade stored completions again, and gives the run into the caller's hands. Its result is a run of its
     * own that names its source, so that the earlier grades stay readable. No contestant is called, roles are; costs and
     * tokens of the answers are those of the source.
     *
     * @param spec as of the source; its run id is the source's
     * @param tasks those graded again whatever there is; a trial of another task keeps its grade unless its target, its
     *     grader or a role became another one
     * @throws dev.rtel.config.ConfigException if something is missing, unknown or malformed, there is no such run, or
     *     what its trials ask has changed
     * @throws dev.rtel.plan.NothingSelectedException if no trial is left
     */
    public PreparedRun prepareRegrade(RunSpec spec, Collection<String> tasks) {
        return prepared(planner.planRegrade(spec, tasks), spec);
    }

    /**
     * Looks up the billing records that a stored run still lacks, once each, and stores what they tell; calls no model.
     * Blocks. The run's tasks are not needed.
     *
     * @param prices for costs that neither reply nor record tells
     * @throws dev.rtel.config.ConfigException if there is no such run, or a token extractor of it cannot be made
     * @throws dev.rtel.spi.StoreException.Leased if somebody else is writing the run
     * @throws InterruptedException if interrupted; what was found by then is stored
     */
    public ReconcileSummary reconcile(String runId, PriceBook prices) throws InterruptedException {
        StoredRun run = store.run(runId).orElseThrow(() -> new ConfigException("there is no run '" + runId + "'"));
        return new Reconciler(
                        run,
                        store,
                        model -> components.create(components.extractors(), model.extractor()),
                        prices,
                        components.clock())
                .execute();
    }

    private PreparedRun prepared(PreparedPlan plan, RunSpec spec) {
        RetryPolicy policy =
                retryPolicy == null ? RetryPolicy.standard(spec.limits().retries()) : retryPolicy;
        return new PreparedRun(plan, store, listeners, policy, components.clock());
    }

    /** Closes the store. */
    @Override
    public void close() {
        store.close();
    }

    /** Collects providers and surroundings. Not thread-safe. */
    public static final class Builder {
        private final List<ComponentProvider<?>> providers = new ArrayList<>();
        private final List<RunListener> listeners = new ArrayList<>();
        private final Map<String, String> options = new HashMap<>();
        private final Set<String> simulators = new HashSet<>();
        private @Nullable ClassLoader loader;
        private @Nullable ResultStore store;
        private @Nullable RetryPolicy retryPolicy;
        private Clock clock = Clock.systemUTC();
        private Function<String, Optional<Secret>> secrets = name -> Optional.empty();

        private Builder() {}

        /** Registers every provider listed in service files that the context class loader sees. */
        public Builder discoverProviders() {
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            return discoverProviders(context == null ? Rtel.class.getClassLoader() : context);
        }

        /** Registers every provider listed in service files that this loader sees. */
        public Builder discoverProviders(ClassLoader value) {
            this.loader = Objects.requireNonNull(value, "value");
            return this;
        }

        /** Registers a provider of any kind. */
        public Builder provider(ComponentProvider<?> provider) {
            providers.add(Objects.requireNonNull(provider, "provider"));
            return this;
        }

        /** Registers a grader under a name. */
        public Builder grader(String name, Function<ComponentContext, ? extends Grader> maker) {
            return provider(new NamedProviders.OfGrader(name, maker));
        }

        /** Registers a client under a name. */
        public Builder model(String name, Function<ComponentContext, ? extends Model> maker) {
            return provider(new NamedProviders.OfModel(name, maker));
        }

        /** Registers a token extractor under a name. */
        public Builder extractor(String name, Function<ComponentContext, ? extends TokenExtractor> maker) {
            return provider(new NamedProviders.OfExtractor(name, maker));
        }

        /** Registers a runner under a name. */
        public Builder runner(String name, Function<ComponentContext, ? extends Runner> maker) {
            return provider(new NamedProviders.OfRunner(name, maker));
        }

        /** Sets the store; by default results live in memory. */
        public Builder store(ResultStore value) {
            this.store = value;
            return this;
        }

        /** Adds a listener. */
        public Builder listener(RunListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /** Sets where secrets are found; by default there are none. */
        public Builder secrets(Function<String, Optional<Secret>> value) {
            this.secrets = value;
            return this;
        }

        /** Sets a run-wide option, e.g. {@code code-sandbox}. */
        public Builder option(String name, String value) {
            options.put(name, value);
            return this;
        }

        /**
         * Declares that at this base URL a simulator answers which this very process started. Its replies are marked
         * simulated everywhere, and their code may be run without containment.
         */
        public Builder simulator(URI baseUrl) {
            simulators.add(baseUrl.toString());
            return this;
        }

        /** Sets the retry policy; by default {@link RetryPolicy#standard} with the specification's retries. */
        public Builder retryPolicy(RetryPolicy value) {
            this.retryPolicy = value;
            return this;
        }

        /** Sets the clock; by default the system's in UTC. */
        public Builder clock(Clock value) {
            this.clock = value;
            return this;
        }

        /**
         * Builds the facade.
         *
         * @throws dev.rtel.config.ConfigException if two providers of a kind share a name
         */
        public Rtel build() {
            return new Rtel(this);
        }
    }
}
