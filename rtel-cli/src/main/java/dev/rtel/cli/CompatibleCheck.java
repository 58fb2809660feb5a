package dev.rtel.cli;

import dev.rtel.config.Config;
import dev.rtel.config.Suggestions;
import dev.rtel.eval.PlannedModel;
import dev.rtel.openrouter.CatalogException;
import dev.rtel.openrouter.OpenAiCompatibleCatalog;
import dev.rtel.spi.Components;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds entries against the list of a server of the OpenAI interface. All it finds are warnings: some servers answer to
 * names that they do not list.
 */
final class CompatibleCheck {
    private CompatibleCheck() {}

    static List<Finding> of(Components components, Config place, List<PlannedModel> there) throws InterruptedException {
        String url = place.string("base_url").orElse("the server");
        List<String> ids;
        try {
            ids = OpenAiCompatibleCatalog.of(components.context(place)).modelIds();
        } catch (CatalogException e) {
            return List.of(Finding.warning("", "the model list of " + url + " cannot be read: " + e.getMessage()));
        }
        List<Finding> findings = new ArrayList<>();
        for (PlannedModel model : there) {
            if (!ids.contains(model.id())) {
                findings.add(Finding.warning(
                        model.name(), url + " does not list '" + model.id() + "'" + Suggestions.hint(model.id(), ids)));
            }
        }
        return findings;
    }
}
