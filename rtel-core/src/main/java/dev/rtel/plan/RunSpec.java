package dev.rtel.plan;

import dev.rtel.common.PlainData;
import dev.rtel.eval.CatalogFacts;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.spi.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the user wants run. Immutable.
 *
 * @param roster models and roles
 * @param tasks tasks in order
 * @param samples ids to run; empty = all
 * @param epochs repeats, at least 1
 * @param limits what the run may take
 * @param runner runner by name
 * @param priceBook prices for what no bill tells, for reserves and dry runs; empty = none known
 * @param dearestPrices what the dearest provider that may serve a model asks; for reserves, before {@code priceBook}
 * @param catalog what providers' lists say of models, by model id
 * @param allowSelfJudging whether a contestant may be its own judge
 * @param runId id of a run to go on with; empty = a new run
 * @param details plain data for {@code run.json}: command, versions
 */
public record RunSpec(
        Roster roster,
        List<TaskSource> tasks,
        Set<String> samples,
        int epochs,
        Limits limits,
        ComponentSpec runner,
        PriceBook priceBook,
        PriceBook dearestPrices,
        Map<String, CatalogFacts> catalog,
        boolean allowSelfJudging,
        Optional<String> runId,
        Map<String, @Nullable Object> details) {
    /** Copies all collections. */
    public RunSpec(
            Roster roster,
            List<TaskSource> tasks,
            Set<String> samples,
            int epochs,
            Limits limits,
            ComponentSpec runner,
            PriceBook priceBook,
            PriceBook dearestPrices,
            Map<String, CatalogFacts> catalog,
            boolean allowSelfJudging,
            Optional<String> runId,
            Map<String, @Nullable Object> details) {
        Objects.requireNonNull(roster, "roster");
        tasks = List.copyOf(tasks);
        samples = Set.copyOf(samples);
        details = PlainData.copyOf(details);
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs is " + epochs + ", expected at least 1");
        }
        this.roster = roster;
        this.tasks = tasks;
        this.samples = samples;
        this.epochs = epochs;
        this.limits = limits;
        this.runner = runner;
        this.priceBook = priceBook;
        this.dearestPrices = dearestPrices;
        this.catalog = Map.copyOf(catalog);
        this.allowSelfJudging = allowSelfJudging;
        this.runId = runId;
        this.details = details;
    }

    /** The same with another roster. */
    public RunSpec withRoster(Roster other) {
        return new RunSpec(
                other,
                tasks,
                samples,
                epochs,
                limits,
                runner,
                priceBook,
                dearestPrices,
                catalog,
                allowSelfJudging,
                runId,
                details);
    }

    /** The same with what providers' lists say now. */
    public RunSpec withCatalog(PriceBook prices, PriceBook dearest, Map<String, CatalogFacts> facts) {
        return new RunSpec(
                roster,
                tasks,
                samples,
                epochs,
                limits,
                runner,
                prices,
                dearest,
                facts,
                allowSelfJudging,
                runId,
                details);
    }

    /** The same with other facts for {@code run.json}. */
    public RunSpec withDetails(Map<String, ? extends @Nullable Object> other) {
        return new RunSpec(
                roster,
                tasks,
                samples,
                epochs,
                limits,
                runner,
                priceBook,
                dearestPrices,
                catalog,
                allowSelfJudging,
                runId,
                PlainData.copyOf(other));
    }

    /** Starts a specification. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects a specification. Not thread-safe. */
    public static final class Builder {
        private Roster roster = Roster.of("adhoc");
        private final List<TaskSource> tasks = new ArrayList<>();
        private Set<String> samples = Set.of();
        private int epochs = 1;
        private Limits limits = Limits.standard();
        private ComponentSpec runner = ComponentSpec.of("concurrent");
        private PriceBook priceBook = PriceBook.empty();
        private PriceBook dearestPrices = PriceBook.empty();
        private Map<String, CatalogFacts> catalog = Map.of();
        private boolean allowSelfJudging;
        private @Nullable String runId;
        private Map<String, @Nullable Object> details = Map.of();

        private Builder() {}

        /** Sets models and roles. */
        public Builder roster(Roster value) {
            this.roster = value;
            return this;
        }

        /** Adds a task made in code. */
        public Builder task(Task task) {
            return task(new TaskSource(task.name(), task));
        }

        /** Adds a task with its source. */
        public Builder task(TaskSource task) {
            this.tasks.add(task);
            return this;
        }

        /** Restricts the run to these sample ids. */
        public Builder samples(Set<String> ids) {
            this.samples = ids;
            return this;
        }

        /** Sets the repeats. */
        public Builder epochs(int value) {
            this.epochs = value;
            return this;
        }

        /** Sets what the run may take. */
        public Builder limits(Limits value) {
            this.limits = value;
            return this;
        }

        /** Chooses the runner. */
        public Builder runner(ComponentSpec value) {
            this.runner = value;
            return this;
        }

        /** Sets the prices for what no bill tells and for reserves. */
        public Builder priceBook(PriceBook value) {
            this.priceBook = value;
            return this;
        }

        /** Sets what the dearest provider of each model asks. */
        public Builder dearestPrices(PriceBook value) {
            this.dearestPrices = value;
            return this;
        }

        /** Sets what providers' lists say of models, by model id. */
        public Builder catalog(Map<String, CatalogFacts> value) {
            this.catalog = value;
            return this;
        }

        /** Allows a contestant to judge itself; marked in the report. */
        public Builder allowSelfJudging(boolean value) {
            this.allowSelfJudging = value;
            return this;
        }

        /** Goes on with this run. */
        public Builder runId(@Nullable String value) {
            this.runId = value;
            return this;
        }

        /** Adds facts for {@code run.json}. */
        public Builder details(Map<String, ? extends @Nullable Object> value) {
            this.details = PlainData.copyOf(value);
            return this;
        }

        /** Builds the specification. */
        public RunSpec build() {
            return new RunSpec(
                    roster,
                    tasks,
                    samples,
                    epochs,
                    limits,
                    runner,
                    priceBook,
                    dearestPrices,
                    catalog,
                    allowSelfJudging,
                    Optional.ofNullable(runId),
                    details);
        }
    }
}
