package dev.rtel.cli;

import dev.rtel.eval.PlannedModel;
import dev.rtel.openrouter.CatalogEndpoint;
import java.util.List;

/** Holds the routing of an entry against who serves its model. */
final class HostCheck {
    private HostCheck() {}

    static List<Finding> of(PlannedModel entry, List<CatalogEndpoint> hosts) {
        List<CatalogEndpoint> serving = hosts.stream()
                .filter(host -> LivePrices.allowed(host, entry.routing()))
                .toList();
        if (!hosts.isEmpty() && serving.isEmpty()) {
            return List.of(Finding.error(
                    entry.name(),
                    "is pinned to " + entry.routing().get("only") + ", which does not serve it; its hosts: "
                            + hosts.stream()
                                    .map(e -> e.tag().orElse(e.provider()))
                                    .toList()));
        }
        if (serving.size() > 1 && !entry.routing().containsKey("only")) {
            return List.of(Finding.warning(
                    entry.name(),
                    "is not pinned: any of " + serving.size()
                            + " hosts may serve it, at prices and quantisations of their own"));
        }
        return List.of();
    }
}
