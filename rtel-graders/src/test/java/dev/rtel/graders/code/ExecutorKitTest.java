package dev.rtel.graders.code;

import dev.rtel.spi.CodeExecutor;
import dev.rtel.testkit.CodeExecutorCompatibilityKit;
import dev.rtel.testkit.SimpleContext;
import java.util.Map;
import org.junit.jupiter.api.Nested;

class ExecutorKitTest {
    @Nested
    class Bwrap extends CodeExecutorCompatibilityKit {
        @Override
        protected CodeExecutor executor() {
            return new BwrapCodeExecutorProvider().create(SimpleContext.of(Map.of()));
        }
    }

    @Nested
    class Landlock extends CodeExecutorCompatibilityKit {
        @Override
        protected CodeExecutor executor() {
            return new LandlockCodeExecutorProvider().create(SimpleContext.of(Map.of()));
        }
    }

    @Nested
    class Unsafe extends CodeExecutorCompatibilityKit {
        @Override
        protected CodeExecutor executor() {
            return new UnsafeCodeExecutorProvider().create(SimpleContext.of(Map.of()));
        }
    }
}
