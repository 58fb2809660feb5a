package dev.rtel.graders.code;

import dev.rtel.spi.CodeExecutor;
import dev.rtel.spi.CodeExecutor.Containment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Chooses the executor: the one asked for, or the first that really works. Thread-safe. */
final class Sandbox {
    private static final String WAY_OUT =
            "install bubblewrap, or use Linux 5.13 or later with Landlock; on a machine that"
                    + " may be lost, --code-sandbox unsafe with RTEL_ALLOW_UNSAFE_CODE=yes runs it all the same";
    private final List<String> names;
    private final boolean auto;
    private final boolean uncontained;
    private final Function<String, CodeExecutor> executors;
    private Optional<CodeExecutor> contained = Optional.empty();
    private Optional<CodeExecutor> other = Optional.empty();
    private String refusals = "";
    private boolean looked;

    /**
     * @param names executors in the order they are tried
     * @param auto whether simulated answers may fall back to {@code unsafe}
     * @param uncontained whether an executor that promises nothing may be used
     */
    Sandbox(List<String> names, boolean auto, boolean uncontained, Function<String, CodeExecutor> executors) {
        this.names = List.copyOf(names);
        this.auto = auto;
        this.uncontained = uncontained;
        this.executors = executors;
    }

    /** What may run a submission; empty with a reason when nothing may. */
    record Choice(Optional<CodeExecutor> executor, String reason, String why) {}

    synchronized Choice choose(boolean trusted) throws InterruptedException {
        look();
        if (contained.isPresent()) {
            return new Choice(contained, "", "");
        }
        if (other.isPresent()) {
            return uncontained
                    ? new Choice(other, "", "")
                    : new Choice(
                            Optional.empty(),
                            "no-containment",
                            "code-sandbox " + other.get().id() + " contains nothing; it needs"
                                    + " RTEL_ALLOW_UNSAFE_CODE=yes in the environment as well");
        }
        if (auto && trusted) {
            CodeExecutor unsafe = executors.apply(UnsafeBackend.ID);
            CodeExecutor.Probe probe = unsafe.probe();
            return probe.containment() == Containment.UNAVAILABLE
                    ? new Choice(Optional.empty(), "no-python", probe.details())
                    : new Choice(Optional.of(unsafe), "", "");
        }
        return new Choice(
                Optional.empty(),
                "no-containment",
                "model-written code is not run without containment, and none works here (" + refusals + "); "
                        + WAY_OUT);
    }

    private void look() throws InterruptedException {
        if (looked) {
            return;
        }
        List<String> why = new ArrayList<>();
        for (String name : names) {
            CodeExecutor executor = executors.apply(name);
            CodeExecutor.Probe probe = executor.probe();
            if (probe.containment() == Containment.CONTAINED) {
                contained = Optional.of(executor);
                looked = true;
                return;
            }
            if (probe.containment() == Containment.NONE) {
                other = Optional.of(executor);
            } else {
                why.add(name + ": " + probe.details());
            }
        }
        refusals = String.join("; ", why);
        looked = true;
    }
}
