package dev.rtel.graders.code;

import dev.rtel.spi.CodeExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process that has locked itself in and has tried in vain what it must not be able to do.
 *
 * @param process takes requests
 * @param python its version
 * @param facts what it reported about its locks, plain data
 */
record LockedHost(HostProcess process, String python, Map<String, @Nullable Object> facts) {
    private static final long START_UP_SECONDS = 5;
    static final int DESCRIPTORS = 256;
    static final int TASKS = 64;
    static final long FILE_BYTES = 16L << 20;

    /**
     * Has the process lock itself in and checks what it says.
     *
     * @throws HostProcess.EndedException if anything is missing: this says nothing about a submission
     */
    static LockedHost of(
            Backend backend,
            HostProcess process,
            Map<String, Object> places,
            boolean objects,
            Duration wall,
            long memory)
            throws HostProcess.EndedException, InterruptedException {
        Map<String, Object> settings = new LinkedHashMap<>(places);
        long seconds = Math.max(1, wall.toSeconds());
        settings.put("backend", backend.id());
        settings.put("script", objects);
        settings.put("cpu", seconds + 1);
        settings.put("memory", memory);
        settings.put("file", FILE_BYTES);
        settings.put("descriptors", DESCRIPTORS);
        settings.put("tasks", TASKS);
        settings.put("alarm", seconds + 15);
        Map<String, @Nullable Object> ready;
        try {
            ready = process.ask(settings, System.nanoTime() + TimeUnit.SECONDS.toNanos(START_UP_SECONDS));
        } catch (HostProcess.EndedException e) {
            String said = process.output().strip();
            throw new HostProcess.EndedException(
                    "INFRA",
                    "the Python process broke before any code was handed over: "
                            + (said.isEmpty() ? e.getMessage() : said.substring(said.lastIndexOf('\n') + 1)));
        }
        check(backend, ready);
        Map<String, @Nullable Object> facts = new TreeMap<>();
        if (ready.get("facts") instanceof Map<?, ?> reported) {
            reported.forEach((name, value) -> facts.put(String.valueOf(name), value));
        }
        return new LockedHost(process, String.valueOf(ready.get("python")), facts);
    }

    private static void check(Backend backend, Map<String, @Nullable Object> ready) throws HostProcess.EndedException {
        if (!Boolean.TRUE.equals(ready.get("ready"))) {
            throw new HostProcess.EndedException("INFRA", "the Python process did not report ready");
        }
        if (backend.promise() != CodeExecutor.Containment.CONTAINED) {
            return;
        }
        List<String> open = new ArrayList<>();
        for (String lock : new TreeSet<>(backend.required())) {
            if (!(ready.get("locked") instanceof List<?> locked) || !locked.contains(lock)) {
                open.add(lock + " is not set");
            }
        }
        for (String attempt : new TreeSet<>(Backend.TRIED)) {
            if (!(ready.get("tested") instanceof Map<?, ?> tested) || !Boolean.TRUE.equals(tested.get(attempt))) {
                open.add(attempt + " was not refused");
            }
        }
        if (!open.isEmpty()) {
            throw new HostProcess.EndedException("INFRA", "the sandbox leaks: " + String.join(", ", open));
        }
    }
}
