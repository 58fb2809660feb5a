package dev.rtel.simulator;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs a simulator for JUnit tests: one for a class if registered in a static field, one for each test if registered in an
 * instance field. Test methods may have a {@link Simulator} parameter.
 *
 * <pre>{@code
 * @RegisterExtension
 * final SimulatorExtension simulator = SimulatorExtension.of(SimulatorConfig.of(script));
 * }</pre>
 */
public final class SimulatorExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private final SimulatorConfig config;
    private @Nullable Simulator simulator;
    private boolean perClass;

    private SimulatorExtension(SimulatorConfig config) {
        this.config = config;
    }

    /** Makes an extension that starts simulators with the given configuration. */
    public static SimulatorExtension of(SimulatorConfig config) {
        return new SimulatorExtension(config);
    }

    /** Makes an extension with the default configuration for a script. */
    public static SimulatorExtension of(SimulatorScript script) {
        return of(SimulatorConfig.of(script));
    }

    /**
     * Returns the running simulator.
     *
     * @throws IllegalStateException outside of a test
     */
    public Simulator simulator() {
        if (simulator == null) {
            throw new IllegalStateException("the simulator runs only during a test");
        }
        return simulator;
    }

    /** Returns the base of all routes of the running simulator. */
    public URI baseUri() {
        return simulator().baseUri();
    }

    /** Returns what was paid at the running simulator. */
    public Bill bill() {
        return simulator().bill();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        perClass = true;
        simulator = Simulator.start(config);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!perClass) {
            simulator = Simulator.start(config);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!perClass) {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Simulator.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return simulator();
    }

    private void stop() {
        if (simulator != null) {
            simulator.close();
            simulator = null;
        }
    }
}
