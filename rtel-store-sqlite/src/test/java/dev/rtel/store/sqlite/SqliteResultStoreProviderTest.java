package dev.rtel.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.config.ConfigException;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.ResultStoreProvider;
import dev.rtel.testkit.PlanFixtures;
import dev.rtel.testkit.SimpleContext;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteResultStoreProviderTest {
    @TempDir
    Path folder;

    private final ResultStoreProvider provider = ServiceLoader.load(ResultStoreProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(p -> p.name().equals("sqlite"))
            .findFirst()
            .orElseThrow();

    @Test
    void isFoundByItsServiceFileAndDescribesItself() {
        assertThat(provider).isInstanceOf(SqliteResultStoreProvider.class);
        assertThat(provider.description()).contains("SQLite");
    }

    @Test
    void creatingWritesNothingAndTheFirstUseMakesFolderAndFile() throws Exception {
        Path path = folder.resolve("deep/er/rtel.db");
        try (ResultStore store = provider.create(SimpleContext.of(Map.of("path", path.toString())))) {
            assertThat(Stores.names(folder)).isEmpty();

            store.begin(PlanFixtures.plan(Stores.RUN, 1, 1, 1));
            assertThat(path).isRegularFile();
        }
    }

    @Test
    void closingAStoreNeverUsedWritesNothing() throws Exception {
        Path path = folder.resolve("rtel.db");
        provider.create(SimpleContext.of(Map.of("path", path.toString()))).close();

        assertThat(Stores.names(folder)).isEmpty();
    }

    @Test
    void refusesUnknownSettingsAndImpossiblePaths() {
        assertThatThrownBy(() -> provider.create(SimpleContext.of(Map.of("pth", "x.db"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("pth")
                .hasMessageContaining("path");
        assertThatThrownBy(() -> provider.create(SimpleContext.of(Map.of("path", "  "))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("blank");
        assertThatThrownBy(() -> provider.create(SimpleContext.of(Map.of("path", "a\0b"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no path");
        assertThatThrownBy(() -> provider.create(SimpleContext.of(Map.of("path", folder.toString()))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("folder");
    }
}
