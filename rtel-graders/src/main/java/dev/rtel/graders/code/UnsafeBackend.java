package dev.rtel.graders.code;

import dev.rtel.spi.CodeExecutor.Containment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A scrubbed subprocess with resource limits. The verdict is sound; the machine is not protected. */
final class UnsafeBackend implements Backend {
    static final String ID = "unsafe";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Containment promise() {
        return Containment.NONE;
    }

    @Override
    public @Nullable String impossible() {
        return null;
    }

    @Override
    public boolean needsFolder() {
        return true;
    }

    @Override
    public List<String> command(PythonProbe python, String script, Map<String, String> variables) {
        return Backend.interpreter(python.executable(), script);
    }

    @Override
    public Map<String, Object> settings(PythonProbe python, @Nullable WorkFolder folder) {
        return Map.of();
    }

    @Override
    public Set<String> required() {
        return Set.of();
    }
}
