package dev.rtel.tasks.generated;

import dev.rtel.config.ConfigException;
import dev.rtel.config.Suggestions;
import java.util.List;

/** The generators there are. */
final class Generators {
    private static final List<Generator> ALL = List.of(
            new KnightsGenerator(),
            new StateTrackingGenerator(),
            new RiverCrossingGenerator(),
            new ChineseRemainderGenerator(),
            new LatticePathsGenerator(),
            new BugMutationGenerator());

    private Generators() {}

    static List<Generator> all() {
        return ALL;
    }

    static Generator named(String where, String name) {
        List<String> names = ALL.stream().map(Generator::name).toList();
        return ALL.stream()
                .filter(g -> g.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ConfigException(where + ": there is no generator '" + name + "'"
                        + Suggestions.hint(name, names) + "; there are: " + names));
    }
}
