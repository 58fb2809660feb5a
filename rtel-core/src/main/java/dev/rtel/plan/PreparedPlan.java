package dev.rtel.plan;

import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.RunPlan;
import dev.rtel.spi.Grader;
import dev.rtel.spi.Lane;
import dev.rtel.spi.Model;
import dev.rtel.spi.Runner;
import dev.rtel.spi.TokenExtractor;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A plan with the components that will carry it out, all settings checked.
 *
 * @param plan what will be done
 * @param models contestants by entry name
 * @param roles role models by role name
 * @param extractors by entry name; those of roles under {@code role:} and the role's name
 * @param timeouts limit of one attempt, by the same keys
 * @param lanes who shares limits with whom, by the same keys
 * @param graders by task name
 * @param runner the runner
 * @param limits what the run may take
 * @param priceBook prices for what no bill tells
 * @param dearestPrices prices for reserves, where they are known
 * @param trusted names of entries answered by a simulator that this very process started
 */
public record PreparedPlan(
        RunPlan plan,
        Map<String, Model> models,
        Map<String, Model> roles,
        Map<String, TokenExtractor> extractors,
        Map<String, Duration> timeouts,
        Map<String, Lane> lanes,
        Map<String, Grader> graders,
        Runner runner,
        Limits limits,
        PriceBook priceBook,
        PriceBook dearestPrices,
        Set<String> trusted)
        implements AutoCloseable {
    /** Copies the collections. */
    public PreparedPlan {
        models = Map.copyOf(models);
        roles = Map.copyOf(roles);
        extractors = Map.copyOf(extractors);
        timeouts = Map.copyOf(timeouts);
        lanes = Map.copyOf(lanes);
        graders = Map.copyOf(graders);
        trusted = Set.copyOf(trusted);
    }

    /** Returns what a call to this model may cost at most; empty when no price is known. */
    public Optional<Price> dearest(PlannedModel model) {
        return dearestPrices.price(model).or(() -> priceBook.price(model));
    }

    /** The same components for another plan of the same models and tasks. */
    public PreparedPlan withPlan(RunPlan other) {
        return new PreparedPlan(
                other,
                models,
                roles,
                extractors,
                timeouts,
                lanes,
                graders,
                runner,
                limits,
                priceBook,
                dearestPrices,
                trusted);
    }

    /** Closes all models. */
    @Override
    public void close() {
        models.values().forEach(Model::close);
        roles.values().forEach(Model::close);
    }
}
