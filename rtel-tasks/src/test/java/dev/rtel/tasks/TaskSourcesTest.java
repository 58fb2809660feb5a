package dev.rtel.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.plan.TaskSource;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.ComponentRegistry;
import dev.rtel.spi.Task;
import dev.rtel.spi.TaskProvider;
import dev.rtel.testkit.SimpleContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskSourcesTest {
    private static final String TASK = "task: mine\nversion: '1'\ngrader: g\nsamples: [{id: a, input: q}]\n";

    @TempDir
    Path folder;

    @Test
    void bundledNamesPathsAndProvidersAreTold() throws IOException {
        Path yaml = Files.writeString(folder.resolve("mine.yaml"), TASK);
        Path odd = Files.writeString(folder.resolve("odd:name"), TASK);

        assertThat(resolve("logic").task().name()).isEqualTo("logic");
        assertThat(resolve(yaml.toString()).task().name()).isEqualTo("mine");
        assertThat(resolve(yaml.toString()).source()).isEqualTo(yaml.toString());
        assertThat(resolve(odd.toString()).task().name()).isEqualTo("mine");
        assertThat(resolve("file:" + yaml).task().name()).isEqualTo("mine");
        assertThat(resolve("bundled:aime-math").task().name()).isEqualTo("aime-math");
        assertThat(resolve("invented:knights?seed=7&n=50").task().name()).isEqualTo("made-of-knights-seed-7-n-50");
        assertThat(resolve("invented:knights?seed=7&n=50").source()).isEqualTo("invented:knights?seed=7&n=50");
    }

    @Test
    void misspeltNamesAreAnsweredWithWhatThereIs() {
        assertThatThrownBy(() -> resolve("logik"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("no task 'logik' (did you mean 'logic'?); bundled: [aime-math, logic, code-debugging,"
                        + " formal-proofs]; or give a path to a task file, or provider:arguments with a provider of"
                        + " [bundled, file, generated, invented, speed]");
        assertThatThrownBy(() -> resolve("invente:knights"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no TaskProvider named 'invente' (did you mean 'invented'?)");
        assertThatThrownBy(() -> resolve("bundled:logik"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("there is no bundled task 'logik' (did you mean 'logic'?)");
        assertThatThrownBy(() -> resolve("nowhere/mine.yaml"))
                .isInstanceOf(ConfigException.class)
                .hasMessage(Path.of("nowhere/mine.yaml") + ": there is no such file");
        assertThatThrownBy(() -> resolve(""))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("no task ''");
        assertThatThrownBy(() -> resolve("a\0b.yaml")).isInstanceOf(ConfigException.class);
    }

    @Test
    void providersRefuseUnknownAndMissingSettings() {
        for (TaskProvider provider : List.of(new BundledTaskProvider(), new FileTaskProvider())) {
            assertThatThrownBy(() -> provider.create(SimpleContext.of(Map.of("argument", "logic"))))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("did you mean 'arguments'?");
            assertThatThrownBy(() -> provider.create(SimpleContext.of(Map.of())))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("is required");
            assertThat(provider.description()).isNotBlank();
        }
    }

    private static TaskSource resolve(String word) {
        ComponentRegistry<Task, TaskProvider> registry = ComponentRegistry.of(
                TaskProvider.class, Optional.of(TaskSources.class.getClassLoader()), List.of(new Invented()));
        return TaskSources.resolve(word, registry, TaskSourcesTest::context);
    }

    private static ComponentContext context(Config config) {
        return SimpleContext.of(config.values());
    }

    private static final class Invented implements TaskProvider {
        @Override
        public String name() {
            return "invented";
        }

        @Override
        public Task create(ComponentContext context) {
            String words = context.config().requireString(TaskSources.ARGUMENTS).replaceAll("[^a-z0-9]+", "-");
            return TaskFile.parse("x", TASK.replace("mine", "made-of-" + words));
        }
    }
}
