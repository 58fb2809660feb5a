package dev.rtel.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which models, and where they are. */
final class ModelOptions {
    @Option(
            names = "--roster",
            defaultValue = "default",
            paramLabel = "NAME|FILE",
            description = "Bundled roster (default, current) or a roster file (default: ${DEFAULT-VALUE}).")
    String roster = "default";

    @Option(
            names = "--model",
            split = "[,\n]",
            splitSynopsisLabel = ",",
            paramLabel = "NAME|ID",
            description = "Only this entry of the roster, or a model id of its own; repeatable.")
    List<String> models = List.of();

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "Any OpenAI-compatible server in place of OpenRouter.")
    @Nullable
    String baseUrl;
}
