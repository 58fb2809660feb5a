package dev.rtel.testkit;

import dev.rtel.run.InMemoryResultStore;
import dev.rtel.spi.ResultStore;

class InMemoryResultStoreCompatibilityTest extends ResultStoreCompatibilityKit {
    @Override
    protected ResultStore open() {
        return new InMemoryResultStore();
    }

    @Override
    protected boolean supportsReopen() {
        return false;
    }
}
