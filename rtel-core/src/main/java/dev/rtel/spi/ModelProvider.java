package dev.rtel.spi;

import dev.rtel.config.Config;
import dev.rtel.eval.ComponentSpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Service type of {@link Model}: list it in {@code META-INF/services/dev.rtel.spi.ModelProvider}. */
public interface ModelProvider extends ComponentProvider<Model> {
    /** Setting under which the planner passes the model id of the roster entry. */
    String MODEL_ID = "model_id";

    /** Setting under which the planner passes the name of the roster entry. */
    String MODEL_NAME = "model_name";

    /**
     * Returns whose limits a model shares; by default those of the provider's name, model by model.
     *
     * @param modelId id at the provider
     * @param routing of the entry
     * @param settings of the client
     */
    default Lane lane(String modelId, Map<String, @Nullable Object> routing, Config settings) {
        return new Lane(name(), modelId);
    }

    /** Returns the token extractor that suits a client with these settings, unless the roster names another. */
    default ComponentSpec defaultExtractor(Config settings) {
        return ComponentSpec.of("usage");
    }
}
