package dev.rtel.tasks.generated;

import dev.rtel.spi.Task;
import dev.rtel.testkit.TaskCompatibilityKit;
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
}
