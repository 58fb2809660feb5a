package dev.rtel.testkit;

import dev.rtel.Rtel;
import dev.rtel.spi.ComponentProvider;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

class ConcurrentRunnerProviderCompatibilityTest extends ProviderCompatibilityKit {
    @Override
    protected ComponentProvider<?> provider() {
        return Rtel.builder().build().components().runners().provider("concurrent");
    }

    @Override
    protected Map<String, Object> settings(Path folder, URI server) {
        return Map.of("concurrency", 3);
    }

    @Override
    protected boolean listed() {
        return false;
    }
}
