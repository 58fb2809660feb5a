package dev.rtel.testkit;

import dev.rtel.Rtel;
import dev.rtel.spi.Runner;
import java.util.Map;

class ConcurrentRunnerCompatibilityTest extends RunnerCompatibilityKit {
    @Override
    protected Runner runner() {
        return Rtel.builder()
                .build()
                .components()
                .runners()
                .create("concurrent", SimpleContext.of(Map.of("concurrency", 8)));
    }
}
