package dev.rtel.graders.code;

import dev.rtel.eval.CodeJob;
import dev.rtel.eval.CodeVerdict;
import dev.rtel.spi.CodeExecutor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs code in a scrubbed Python subprocess with resource limits. The verdict is sound; the machine is not protected:
 * the code can read the user's files and use the network.
 */
final class UnsafeCodeExecutor implements CodeExecutor {
    static final String ID = "unsafe";
    private static final int PERMITS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    // shared by all executors of the process: oversubscription turns right answers into timeouts
    private static final Semaphore SLOTS = new Semaphore(PERMITS, true);
    private static final long START_UP_SECONDS = 5;
    private final String command;
    private @Nullable PythonProbe found;

    UnsafeCodeExecutor(String command) {
        this.command = command;
    }

    @Override
    public String id() {
        return ID;
    }

    private synchronized PythonProbe python() throws InterruptedException {
        if (found == null) {
            found = PythonProbe.of(command);
        }
        return found;
    }

    @Override
    public Probe probe() throws InterruptedException {
        PythonProbe python = python();
        return new Probe(python.available() ? Containment.NONE : Containment.UNAVAILABLE, python.details());
    }

    @Override
    public CodeVerdict run(CodeJob job) throws InterruptedException {
        PythonProbe python = python();
        if (!python.available()) {
            return new CodeVerdict("INFRA", python.details(), 0, ID, Optional.empty(), "");
        }
        List<CaseJudge> cases = new ArrayList<>();
        for (CodeJob.Case each : job.cases()) {
            cases.add(new CaseJudge(each));
        }
        CodeVerdict verdict = limited(job, cases, python, 1);
        if (verdict.status().equals("INFRA")) {
            return limited(job, cases, python, 1);
        }
        // a timeout may be the fault of what ran beside it
        return verdict.status().equals("TIMEOUT") ? limited(job, cases, python, PERMITS) : verdict;
    }

    private static CodeVerdict limited(CodeJob job, List<CaseJudge> cases, PythonProbe python, int permits)
            throws InterruptedException {
        SLOTS.acquire(permits);
        try {
            CodeRun run =
                    OpenRuns.OF_THIS_JVM.begin(python.executable(), job.limits().outputBytes());
            try {
                return new Interrogation(job, cases, python.version(), run.host()).verdict();
            } finally {
                OpenRuns.OF_THIS_JVM.end(run);
            }
        } catch (IOException e) {
            return new CodeVerdict(
                    "INFRA", "the Python process cannot be started: " + e.getMessage(), 0, ID, Optional.empty(), "");
        } finally {
            SLOTS.release(permits);
        }
    }

    /** What is asked of one run, from start-up to verdict. */
    private record Interrogation(CodeJob job, List<CaseJudge> cases, String python, SolutionHost host) {
        CodeVerdict verdict() throws InterruptedException {
            Map<String, Object> settings = new LinkedHashMap<>();
            long seconds = Math.max(1, job.limits().wall().toSeconds());
            settings.put("cpu", seconds + 1);
            settings.put("memory", job.limits().memoryBytes());
            settings.put("file", 16L << 20);
            settings.put("descriptors", 256);
            settings.put("tasks", 64);
            settings.put("alarm", seconds + 15);
            try {
                Map<String, @Nullable Object> ready =
                        host.ask(settings, System.nanoTime() + TimeUnit.SECONDS.toNanos(START_UP_SECONDS));
                if (!Boolean.TRUE.equals(ready.get("ready"))) {
                    return end("INFRA", "the Python process did not report ready", 0);
                }
            } catch (SolutionHost.EndedException e) {
                // nothing of the model was handed over yet
                return end("INFRA", "the Python process broke before the code was handed over: " + e.getMessage(), 0);
            }
            return judged(System.nanoTime() + job.limits().wall().toNanos());
        }

        private CodeVerdict judged(long deadline) throws InterruptedException {
            int passed = 0;
            try {
                Map<String, @Nullable Object> loaded = answer(load(), deadline, 0);
                if (loaded.get("raised") instanceof Map<?, ?> raised) {
                    return end("LOAD_ERROR", "loading the code ended with " + name(raised), 0);
                }
                if (!Boolean.TRUE.equals(loaded.get("loaded"))) {
                    return end("PROTOCOL_ERROR", "the reply to loading is none", 0);
                }
                for (CaseJudge each : cases) {
                    int number = passed + 1;
                    Map<String, @Nullable Object> reply = answer(each.request(number, job.entry()), deadline, number);
                    String status = each.judge(reply);
                    if (!status.equals("PASS")) {
                        String what = reply.get("raised") instanceof Map<?, ?> raised
                                ? " raised " + name(raised)
                                : " is wrong";
                        return end(status, "case " + number + " of " + cases.size() + what, passed);
                    }
                    passed++;
                }
            } catch (SolutionHost.EndedException e) {
                return end(e.status(), String.valueOf(e.getMessage()), passed);
            } catch (PyValue.MalformedException e) {
                return end("PROTOCOL_ERROR", "the reply is malformed", passed);
            }
            return end("PASS", "all " + cases.size() + " cases are right", passed);
        }

        private Map<String, Object> load() {
            Map<String, Object> request = new LinkedHashMap<>();
            request.put("id", 0L);
            request.put("op", "load");
            request.put("entry", job.entry());
            byte[] source = job.source().getBytes(StandardCharsets.UTF_8);
            request.put("source", Base64.getEncoder().encodeToString(source));
            return request;
        }

        private Map<String, @Nullable Object> answer(Map<String, Object> request, long deadline, long id)
                throws SolutionHost.EndedException, InterruptedException {
            Map<String, @Nullable Object> reply = host.ask(request, deadline);
            if (!Objects.equals(reply.get("id"), id)) {
                throw new SolutionHost.EndedException("PROTOCOL_ERROR", "a reply does not carry the id of the request");
            }
            return reply;
        }

        private static String name(Map<?, ?> raised) {
            Object types = raised.get("types");
            String name =
                    types instanceof List<?> list && !list.isEmpty() ? String.valueOf(list.get(0)) : "an exception";
            return name.length() > 100 ? name.substring(0, 100) : name;
        }

        private CodeVerdict end(String status, String explanation, int passed) {
            return new CodeVerdict(status, explanation, passed, ID, Optional.of(python), host.output());
        }
    }
}
