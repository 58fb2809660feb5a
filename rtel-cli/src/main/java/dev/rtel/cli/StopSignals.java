package dev.rtel.cli;

import dev.rtel.PreparedRun;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * First Ctrl-C (or TERM): running calls end, no more start. Second: they are interrupted. The JVM's signal class is
 * reached by reflection, because the compiler warns of it whatever one does; without it Ctrl-C just ends the process,
 * which leaves a resumable run as well.
 */
final class StopSignals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);
    private final AtomicReference<@Nullable ExitCode> received = new AtomicReference<>();
    private final List<Runnable> restore = new ArrayList<>();

    private StopSignals() {}

    static StopSignals install(PreparedRun run, Session session) {
        var signals = new StopSignals();
        Thread runner = Thread.currentThread();
        try {
            signals.handle("INT", ExitCode.INTERRUPTED, run, session, runner);
            signals.handle("TERM", ExitCode.TERMINATED, run, session, runner);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.info("signals cannot be handled here; Ctrl-C ends the process at once", e);
        }
        return signals;
    }

    private void handle(String name, ExitCode code, PreparedRun run, Session session, Thread runner)
            throws ReflectiveOperationException {
        Class<?> signalType = Class.forName("sun.misc.Signal");
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        Object signal = signalType.getConstructor(String.class).newInstance(name);
        InvocationHandler onSignal = (proxy, method, args) -> {
            if (method.getName().equals("handle")) {
                receive(code, run, session, runner);
                return null;
            }
            return switch (method.getName()) {
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == args[0];
                default -> "rtel signal handler";
            };
        };
        Object handler = Proxy.newProxyInstance(handlerType.getClassLoader(), new Class<?>[] {handlerType}, onSignal);
        var install = signalType.getMethod("handle", signalType, handlerType);
        Object before = install.invoke(null, signal, handler);
        restore.add(() -> {
            try {
                install.invoke(null, signal, before);
            } catch (ReflectiveOperationException e) {
                LOG.warn("the handler of signal {} could not be restored", name, e);
            }
        });
    }

    private void receive(ExitCode code, PreparedRun run, Session session, Thread runner) {
        if (received.compareAndSet(null, code)) {
            session.remark("Stopping after the running calls; once more stops now.");
            run.stop();
        } else {
            runner.interrupt();
        }
    }

    Optional<ExitCode> received() {
        return Optional.ofNullable(received.get());
    }

    @Override
    public void close() {
        restore.forEach(Runnable::run);
    }
}
