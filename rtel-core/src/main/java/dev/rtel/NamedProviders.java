package dev.rtel;

import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Grader;
import dev.rtel.spi.GraderProvider;
import dev.rtel.spi.Model;
import dev.rtel.spi.ModelProvider;
import dev.rtel.spi.Runner;
import dev.rtel.spi.RunnerProvider;
import dev.rtel.spi.TokenExtractor;
import dev.rtel.spi.TokenExtractorProvider;
import java.util.function.Function;

/** Providers made of a name and a function, for registration in code. */
final class NamedProviders {
    private NamedProviders() {}

    record OfGrader(String name, Function<ComponentContext, ? extends Grader> maker) implements GraderProvider {
        @Override
        public Grader create(ComponentContext context) {
            return maker.apply(context);
        }
    }

    record OfModel(String name, Function<ComponentContext, ? extends Model> maker) implements ModelProvider {
        @Override
        public Model create(ComponentContext context) {
            return maker.apply(context);
        }
    }

    record OfExtractor(String name, Function<ComponentContext, ? extends TokenExtractor> maker)
            implements TokenExtractorProvider {
        @Override
        public TokenExtractor create(ComponentContext context) {
            return maker.apply(context);
        }
    }

    record OfRunner(String name, Function<ComponentContext, ? extends Runner> maker) implements RunnerProvider {
        @Override
        public Runner create(ComponentContext context) {
            return maker.apply(context);
        }
    }
}
