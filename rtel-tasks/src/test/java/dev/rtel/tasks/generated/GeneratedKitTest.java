package dev.rtel.tasks.generated;

import dev.rtel.spi.ComponentProvider;
import dev.rtel.spi.Task;
import dev.rtel.tasks.TaskSources;
import dev.rtel.testkit.ProviderCompatibilityKit;
import dev.rtel.testkit.TaskCompatibilityKit;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;

class GeneratedKitTest {
    @Nested
    class Knights extends TaskCompatibilityKit {
        @Override
        protected Task task() {
            return Made.task("knights?seed=7&n=9");
        }
    }

    @Nested
    class StateTracking extends TaskCompatibilityKit {
        @Override
        protected Task task() {
            return Made.task("state-tracking?length=30");
        }
    }

    @Nested
    class BugMutation extends TaskCompatibilityKit {
        @Override
        protected Task task() {
            return Made.task("bug-mutation?difficulty=hard&n=5");
        }
    }

    @Nested
    class OfTheProvider extends ProviderCompatibilityKit {
        @Override
        protected ComponentProvider<?> provider() {
            return new GeneratedTaskProvider();
        }

        @Override
        protected Map<String, @Nullable Object> settings(Path folder, URI server) {
            return Map.of(TaskSources.ARGUMENTS, "knights?n=3");
        }
    }
}
