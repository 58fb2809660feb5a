package dev.rtel.spi;

import dev.rtel.common.Secret;
import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.eval.ComponentSpec;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All registries of a run with what their components may use. Immutable, thread-safe.
 *
 * @param models by client name
 * @param tasks by task provider name
 * @param graders by name
 * @param extractors by name
 * @param runners by name
 * @param stores by name
 * @param reporters by name
 * @param executors by id
 * @param clock to read time from
 * @param secrets finds a secret by name
 * @param options run-wide options
 */
public record Components(
        ComponentRegistry<Model, ModelProvider> models,
        ComponentRegistry<Task, TaskProvider> tasks,
        ComponentRegistry<Grader, GraderProvider> graders,
        ComponentRegistry<TokenExtractor, TokenExtractorProvider> extractors,
        ComponentRegistry<Runner, RunnerProvider> runners,
        ComponentRegistry<ResultStore, ResultStoreProvider> stores,
        ComponentRegistry<Reporter, ReporterProvider> reporters,
        ComponentRegistry<CodeExecutor, CodeExecutorProvider> executors,
        Clock clock,
        Function<String, Optional<Secret>> secrets,
        Map<String, String> options) {
    /** Copies the options. */
    public Components {
        options = Map.copyOf(options);
    }

    /**
     * Collects the given providers, of any kind, and where a loader is given those of its service files.
     *
     * @throws dev.rtel.config.ConfigException if a name is malformed or given twice
     */
    public static Components of(
            Collection<? extends ComponentProvider<?>> explicit,
            Optional<ClassLoader> loader,
            Clock clock,
            Function<String, Optional<Secret>> secrets,
            Map<String, String> options) {
        return new Components(
                ComponentRegistry.of(ModelProvider.class, loader, of(ModelProvider.class, explicit)),
                ComponentRegistry.of(TaskProvider.class, loader, of(TaskProvider.class, explicit)),
                ComponentRegistry.of(GraderProvider.class, loader, of(GraderProvider.class, explicit)),
                ComponentRegistry.of(TokenExtractorProvider.class, loader, of(TokenExtractorProvider.class, explicit)),
                ComponentRegistry.of(RunnerProvider.class, loader, of(RunnerProvider.class, explicit)),
                ComponentRegistry.of(ResultStoreProvider.class, loader, of(ResultStoreProvider.class, explicit)),
                ComponentRegistry.of(ReporterProvider.class, loader, of(ReporterProvider.class, explicit)),
                ComponentRegistry.of(CodeExecutorProvider.class, loader, of(CodeExecutorProvider.class, explicit)),
                clock,
                secrets,
                options);
    }

    private static <P> List<P> of(Class<P> type, Collection<? extends ComponentProvider<?>> all) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Makes the component that a specification names, with its settings. */
    public <T, P extends ComponentProvider<T>> T create(ComponentRegistry<T, P> registry, ComponentSpec spec) {
        if (!registry.has(spec.provider())) {
            try {
                registry.provider(spec.provider());
            } catch (ConfigException e) {
                throw spec.place()
                        .map(at -> new ConfigException(at + ": " + e.getMessage(), e))
                        .orElse(e);
            }
        }
        return registry.create(spec.provider(), context(spec.config()));
    }

    /** Returns every registry with the name of its kind, for listings. */
    public Map<String, ComponentRegistry<?, ?>> byKind() {
        Map<String, ComponentRegistry<?, ?>> kinds = new java.util.LinkedHashMap<>();
        kinds.put("model", models);
        kinds.put("task", tasks);
        kinds.put("grader", graders);
        kinds.put("extractor", extractors);
        kinds.put("runner", runners);
        kinds.put("store", stores);
        kinds.put("reporter", reporters);
        kinds.put("executor", executors);
        return kinds;
    }

    /** Returns why service entries of any kind could not be loaded; usually empty. */
    public List<String> broken() {
        return Stream.<ComponentRegistry<?, ?>>of(
                        models, tasks, graders, extractors, runners, stores, reporters, executors)
                .flatMap(registry -> registry.broken().stream())
                .toList();
    }

    /** Returns the context of a component with these settings. */
    public ComponentContext context(Config config) {
        return new ComponentContext() {
            @Override
            public Config config() {
                return config;
            }

            @Override
            public Clock clock() {
                return clock;
            }

            @Override
            public Optional<Secret> secret(String name) {
                return secrets.apply(name);
            }

            @Override
            public Optional<String> option(String name) {
                return Optional.ofNullable(options.get(name));
            }

            @Override
            public CodeExecutor codeExecutor(String name) {
                return create(executors, ComponentSpec.of(name));
            }
        };
    }
}
