package dev.rtel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rtel.common.RtelException;
import dev.rtel.config.ConfigException;
import dev.rtel.spi.CodeExecutorProvider;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.ComponentProvider;
import dev.rtel.spi.GraderProvider;
import dev.rtel.spi.ModelProvider;
import dev.rtel.spi.ReporterProvider;
import dev.rtel.spi.ResultStoreProvider;
import dev.rtel.spi.RunnerProvider;
import dev.rtel.spi.TaskProvider;
import dev.rtel.spi.TokenExtractorProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link ComponentProvider} must do, of whatever kind. Extend it in a test class. */
public abstract class ProviderCompatibilityKit {
    private static final String UNKNOWN = "no-such-setting-9";
    private static final List<Class<? extends ComponentProvider<?>>> KINDS = List.of(
            ModelProvider.class,
            TaskProvider.class,
            GraderProvider.class,
            TokenExtractorProvider.class,
            RunnerProvider.class,
            ResultStoreProvider.class,
            ReporterProvider.class,
            CodeExecutorProvider.class);

    /** An empty folder for settings that need one; nothing may be written into it. */
    @TempDir
    Path folder = Path.of("");

    /** For extending. */
    protected ProviderCompatibilityKit() {}

    /** Makes the provider under test. */
    protected abstract ComponentProvider<?> provider();

    /**
     * Returns settings with which the component can be made; none by default.
     *
     * @param folder an existing, empty folder, for components with files
     * @param server an http address on which nobody answers, for components with a network
     */
    protected Map<String, @Nullable Object> settings(Path folder, URI server) {
        return Map.of();
    }

    /** Returns a context with these settings; override to add secrets or options. */
    protected ComponentContext context(Map<String, @Nullable Object> settings) {
        return SimpleContext.of(settings);
    }

    /** Whether the provider is found by service files; by default it is. */
    protected boolean listed() {
        return true;
    }

    private static void close(Object component) throws Exception {
        if (component instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    private Map<String, @Nullable Object> withUnknown(URI server) {
        Map<String, @Nullable Object> settings = new HashMap<>(settings(folder, server));
        settings.put(UNKNOWN, "x");
        return settings;
    }

    @Test
    void isOfExactlyOneKind() {
        ComponentProvider<?> provider = provider();
        assertThat(KINDS.stream().filter(kind -> kind.isInstance(provider))).hasSize(1);
    }

    @Test
    void isListedInItsServiceFile() {
        Assumptions.assumeTrue(listed(), "this provider is registered in code");
        ComponentProvider<?> provider = provider();
        for (Class<? extends ComponentProvider<?>> kind : KINDS) {
            if (kind.isInstance(provider)) {
                assertThat(ServiceLoader.load(kind, provider.getClass().getClassLoader()).stream()
                                .map(entry -> entry.type().getName()))
                        .as("META-INF/services/" + kind.getName())
                        .containsOnlyOnce(provider.getClass().getName());
            }
        }
    }

    @Test
    void nameIsLowerCaseLettersDigitsAndHyphensAndAlwaysTheSame() {
        assertThat(provider().name())
                .matches("[a-z0-9][a-z0-9-]{0,62}")
                .isEqualTo(provider().name());
    }

    @Test
    void descriptionIsOneShortLine() {
        assertThat(provider().description()).doesNotContain("\n", "\r").hasSizeLessThan(200);
    }

    @Test
    void unknownSettingsAreRefusedByName() throws IOException {
        try (Server server = new Server()) {
            assertThatThrownBy(() -> close(provider().create(context(withUnknown(server.address())))))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(UNKNOWN);
        }
    }

    @Test
    void withoutSettingsItWorksOrSaysWhatIsMissing() throws Exception {
        Throwable thrown = catchThrowable(() -> close(provider().create(context(Map.of()))));
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(RtelException.class);
            assertThat(thrown.getMessage()).isNotBlank();
        }
    }

    @Test
    void makingAComponentOpensNoConnectionAndWritesNoFile() throws Exception {
        List<String> before = names(Path.of(""));
        try (Server server = new Server()) {
            close(provider().create(context(settings(folder, server.address()))));
            assertThat(server.called()).as("a connection was opened").isFalse();
        }
        assertThat(names(folder)).as("files in the folder given").isEmpty();
        assertThat(names(Path.of(""))).as("files in the working directory").isEqualTo(before);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory.toAbsolutePath())) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    /** Listens and never answers. */
    private static final class Server implements AutoCloseable {
        private static final int PATIENCE_MILLIS = 200;
        private final ServerSocket socket;

        Server() throws IOException {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/api/v1");
        }

        boolean called() throws IOException {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                socket.accept().close();
                return true;
            } catch (SocketTimeoutException e) {
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
