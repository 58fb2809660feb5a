package dev.rtel.graders.code;

import dev.rtel.eval.CodeJob;
import dev.rtel.eval.CodeVerdict;
import dev.rtel.spi.CodeExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Four small gradings with a known outcome, before an executor is relied on: right, wrong, endless, and a program that
 * looks for the key, files, the network and ways to outlive its run.
 *
 * @param findings what went otherwise than it must, one line each; empty = fine
 */
public record SandboxTrial(List<String> findings) {
    private static final Duration SHORT = Duration.ofMillis(250);
    private static final String ESCAPES = """
            import os, socket
            def probe(what, action):
                try:
                    action()
                    print('RTEL-PROBE ' + what)
                except OSError:
                    pass
            def daemon():
                if os.fork() == 0:
                    os._exit(0)
            probe('key', lambda: open('/proc/%d/environ' % os.getppid(), 'rb').read(1))
            probe('file', lambda: open('/etc/passwd').read(1))
            probe('network', lambda: socket.create_connection(('127.0.0.1', 9), 0.2))
            probe('socket', lambda: socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
            probe('program', lambda: os.execv('/bin/sh', ['sh', '-c', 'exit']))
            probe('fork', daemon)
            def f(x):
                return x
            """;

    /** Copies the list. */
    public SandboxTrial {
        findings = List.copyOf(findings);
    }

    /**
     * Runs the four; blocks about a second.
     *
     * @throws InterruptedException if interrupted; nothing is left running
     */
    public static SandboxTrial of(CodeExecutor executor) throws InterruptedException {
        List<String> findings = new ArrayList<>();
        Duration usual = CodeJob.Limits.standard().wall();
        expect(executor, "a right answer", "def f(x):\n    return x\n", usual, "PASS", findings);
        expect(executor, "a wrong answer", "def f(x):\n    return [x]\n", usual, "WRONG", findings);
        expect(executor, "an endless loop", "def f(x):\n    while True:\n        pass\n", SHORT, "TIMEOUT", findings);
        if (executor.probe().containment() == CodeExecutor.Containment.CONTAINED) {
            String seen = expect(executor, "an attempt to escape", ESCAPES, usual, "PASS", findings);
            seen.lines()
                    .filter(line -> line.startsWith("RTEL-PROBE"))
                    .forEach(line -> findings.add("code reached what it must not: " + line.substring(11)));
        }
        return new SandboxTrial(findings);
    }

    private static String expect(
            CodeExecutor executor, String what, String source, Duration wall, String status, List<String> findings)
            throws InterruptedException {
        var limits = new CodeJob.Limits(
                wall,
                CodeJob.Limits.standard().memoryBytes(),
                CodeJob.Limits.standard().outputBytes());
        var cases = List.of(new CodeJob.Case(Map.of("args", List.of(7), "expected", 7)));
        CodeVerdict verdict = executor.run(new CodeJob("python", source, "f", cases, Optional.empty(), limits));
        if (!verdict.status().equals(status)) {
            findings.add(what + " was graded " + verdict.status() + " instead of " + status + " ("
                    + verdict.explanation() + ")");
        }
        return verdict.output();
    }

    /** Returns why the executor cannot be relied on; empty = it can. */
    public Optional<String> problem() {
        return findings.isEmpty()
                ? Optional.empty()
                : Optional.of("the code sandbox does not work as it must: " + String.join("; ", findings));
    }
}
