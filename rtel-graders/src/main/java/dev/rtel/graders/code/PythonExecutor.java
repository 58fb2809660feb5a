package dev.rtel.graders.code;

import dev.rtel.eval.CodeJob;
import dev.rtel.eval.CodeVerdict;
import dev.rtel.spi.CodeExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Runs code in a Python process that one backend starts and locks in. Thread-safe. */
final class PythonExecutor implements CodeExecutor {
    private static final int PERMITS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    // shared by all executors of the process: oversubscription turns right answers into timeouts
    private static final Semaphore SLOTS = new Semaphore(PERMITS, true);
    private final Backend backend;
    private final Interpreters interpreters;
    private @Nullable Probe probed;

    PythonExecutor(Backend backend, Interpreters interpreters) {
        this.backend = backend;
        this.interpreters = interpreters;
    }

    @Override
    public String id() {
        return backend.id();
    }

    @Override
    public synchronized Probe probe() throws InterruptedException {
        if (probed == null) {
            probed = tried();
        }
        return probed;
    }

    private Probe tried() throws InterruptedException {
        String impossible = backend.impossible();
        if (impossible != null) {
            return new Probe(Containment.UNAVAILABLE, impossible, Duration.ZERO);
        }
        PythonProbe python = interpreters.of(backend);
        if (!python.available()) {
            return new Probe(Containment.UNAVAILABLE, python.details(), Duration.ZERO);
        }
        long start = System.nanoTime();
        var limits = CodeJob.Limits.standard();
        CodeRun run = OpenRuns.OF_THIS_JVM.begin(backend, python, limits.outputBytes());
        try {
            LockedHost host = run.open(Scripts.HOST, false, limits.wall(), limits.memoryBytes());
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return new Probe(backend.promise(), python.details() + facts(host.facts()), took);
        } catch (IOException | HostProcess.EndedException e) {
            String why = String.valueOf(e.getMessage());
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return new Probe(Containment.UNAVAILABLE, why + Advice.of(backend, why), took);
        } finally {
            OpenRuns.OF_THIS_JVM.end(run);
        }
    }

    private static String facts(Map<String, @Nullable Object> facts) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(facts)
                .forEach((name, value) -> text.append(", ")
                        .append(name.equals("abi") ? "Landlock ABI" : name)
                        .append(' ')
                        .append(value));
        return text.toString();
    }

    @Override
    public CodeVerdict run(CodeJob job) throws InterruptedException {
        if (!job.language().equals("python")) {
            return infra("this executor runs python, not " + job.language());
        }
        Probe probe = probe();
        if (probe.containment() == Containment.UNAVAILABLE) {
            return infra(probe.details());
        }
        PythonProbe python = interpreters.of(backend);
        Examination examination =
                job.tests().isPresent() ? new ScriptExamination(job, job.tests().get()) : new CaseExamination(job);
        CodeVerdict verdict = limited(job, examination, python, 1);
        if (verdict.status().equals("INFRA")) {
            return limited(job, examination, python, 1);
        }
        // a timeout may be the fault of what ran beside it
        return verdict.status().equals("TIMEOUT") ? limited(job, examination, python, PERMITS) : verdict;
    }

    private CodeVerdict limited(CodeJob job, Examination examination, PythonProbe python, int permits)
            throws InterruptedException {
        SLOTS.acquire(permits);
        try {
            CodeRun run =
                    OpenRuns.OF_THIS_JVM.begin(backend, python, job.limits().outputBytes());
            try {
                return with(job, examination.of(run));
            } catch (IOException e) {
                return infra("the Python process cannot be started: " + e.getMessage());
            } catch (HostProcess.EndedException e) {
                return infra(String.valueOf(e.getMessage()));
            } finally {
                OpenRuns.OF_THIS_JVM.end(run);
            }
        } finally {
            SLOTS.release(permits);
        }
    }

    private CodeVerdict with(CodeJob job, Examination.Result result) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        Map<String, @Nullable Object> limits = new LinkedHashMap<>();
        limits.put("wall_ms", job.limits().wall().toMillis());
        limits.put("memory_bytes", job.limits().memoryBytes());
        limits.put("output_bytes", job.limits().outputBytes());
        limits.put("file_bytes", LockedHost.FILE_BYTES);
        limits.put("tasks", (long) LockedHost.TASKS);
        facts.put("containment", backend.promise() == Containment.CONTAINED ? "contained" : "none");
        facts.put("limits", limits);
        facts.put("hash_seed", 0L);
        facts.put("host", Scripts.DIGEST);
        // no time and no user's number: equal answers get equal grades
        facts.put("landlock_abi", result.host().facts().get("abi"));
        facts.put("user_changed", backend.changesUser());
        return new CodeVerdict(
                result.status(),
                result.explanation(),
                result.passed(),
                result.total(),
                id(),
                Optional.of(result.host().python()),
                result.host().process().output(),
                facts);
    }

    private CodeVerdict infra(String why) {
        return new CodeVerdict("INFRA", why, 0, 0, id(), Optional.empty(), "", Map.of());
    }

    /** Names of the backends in the order in which they are preferred. */
    static List<String> contained() {
        return List.of(BwrapBackend.ID, LandlockBackend.ID);
    }
}
