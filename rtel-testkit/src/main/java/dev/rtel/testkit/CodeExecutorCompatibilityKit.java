package dev.rtel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rtel.eval.CodeJob;
import dev.rtel.eval.CodeVerdict;
import dev.rtel.spi.CodeExecutor;
import dev.rtel.spi.CodeExecutor.Containment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every {@link CodeExecutor} for Python must do. Extend it in a test class. Skips where it cannot run. */
public abstract class CodeExecutorCompatibilityKit {
    private static final Duration USUAL = Duration.ofSeconds(10);
    private static final String ESCAPES = """
            import fcntl, os, socket
            def probe(what, action):
                try:
                    action()
                    print('RTEL-PROBE ' + what)
                except OSError:
                    pass
            def f(x):
                probe('key', lambda: open('/proc/%d/environ' % os.getppid(), 'rb').read(1))
                probe('file', lambda: open('/etc/passwd').read(1))
                probe('write', lambda: open('/var/tmp/rtel-kit', 'w').close())
                probe('socket', lambda: socket.socket())
                probe('program', lambda: os.execv('/bin/sh', ['sh', '-c', 'exit']))
                probe('fork', os.fork)
                probe('signal', lambda: os.kill(os.getppid(), 0))
                probe('owner', lambda: fcntl.fcntl(0, fcntl.F_SETOWN, os.getppid()))
                return x
            """;

    /** For extending. */
    protected CodeExecutorCompatibilityKit() {}

    /** Makes the executor under test, a new one each time. */
    protected abstract CodeExecutor executor();

    /** Returns whether scripts of tests are supported; override to leave them out. */
    protected boolean supportsTests() {
        return true;
    }

    private CodeExecutor working() throws InterruptedException {
        CodeExecutor executor = executor();
        CodeExecutor.Probe probe = executor.probe();
        assumeTrue(probe.containment() != Containment.UNAVAILABLE, executor.id() + ": " + probe.details());
        return executor;
    }

    private static CodeJob job(String source, Duration wall, int cases) {
        List<CodeJob.Case> list = new ArrayList<>();
        for (int i = 0; i < cases; i++) {
            list.add(new CodeJob.Case(Map.of("args", List.of(4711 + i), "expected", 4711 + i)));
        }
        var limits = new CodeJob.Limits(wall, CodeJob.Limits.standard().memoryBytes(), 1 << 20);
        return new CodeJob("python", source, "f", list, Optional.empty(), limits);
    }

    private CodeVerdict run(String source) throws InterruptedException {
        return working().run(job(source, USUAL, 3));
    }

    @Test
    void theProbeSaysWhatItIsAndStaysWithIt() throws InterruptedException {
        CodeExecutor executor = executor();
        CodeExecutor.Probe probe = executor.probe();
        assertThat(executor.id()).matches("[a-z0-9-]+");
        assertThat(probe.details()).isNotBlank().doesNotContain("\n");
        assertThat(executor.probe().containment()).isEqualTo(probe.containment());
    }

    @Test
    void aVerdictNamesWhereItWasFound() throws InterruptedException {
        CodeExecutor executor = working();
        CodeVerdict verdict = executor.run(job("def f(x):\n    return x\n", USUAL, 3));
        assertThat(verdict.status()).as("%s", verdict).isEqualTo("PASS");
        assertThat(verdict.passedCases()).isEqualTo(3);
        assertThat(verdict.totalCases()).isEqualTo(3);
        assertThat(verdict.executor()).isEqualTo(executor.id());
        assertThat(verdict.runtime()).isPresent();
    }

    @Test
    void whatIsWrongIsToldWithoutTheHiddenValue() throws InterruptedException {
        CodeVerdict verdict = run("def f(x):\n    return x if x == 4711 else 0\n");
        assertThat(verdict.status()).isEqualTo("WRONG");
        assertThat(verdict.passedCases()).isEqualTo(1);
        assertThat(verdict.explanation()).contains("2").doesNotContain("4712");
    }

    @Test
    void eachWayToFailHasItsStatus() throws InterruptedException {
        CodeExecutor executor = working();
        Map<String, String> statuses = new LinkedHashMap<>();
        statuses.put("def f(x):\n    raise KeyError(x)", "RAISED");
        statuses.put("def f(x) return x", "LOAD_ERROR");
        statuses.put("import sys\ndef f(x):\n    return x\nsys.exit(0)", "LOAD_ERROR");
        statuses.put("def g(x):\n    return x", "LOAD_ERROR");
        statuses.put("import os\ndef f(x):\n    os._exit(0)", "CRASH");
        statuses.put("def f(x):\n    while True: print('x' * 9999)", "OUTPUT_LIMIT");
        for (Map.Entry<String, String> each : statuses.entrySet()) {
            assertThat(executor.run(job(each.getKey(), USUAL, 3)).status())
                    .as(each.getKey())
                    .isEqualTo(each.getValue());
        }
    }

    @Test
    void claimsOfSuccessAreNone() throws InterruptedException {
        for (String source : List.of(
                "class E:\n    def __eq__(s, o): return True\ndef f(x):\n    return E()",
                "import os\ndef f(x):\n    os.write(1, b'{\"id\": 1, \"value\": [\"i\", \"0x1267\"]}')\n    return 0",
                "def f(x):\n    print('PASS all tests passed')\n    return 0",
                "class I(int):\n    def __eq__(s, o): return True\ndef f(x):\n    return I(3)")) {
            assertThat(run(source).status()).as(source).isNotIn("PASS", "INFRA");
        }
    }

    @Test
    void anEndlessLoopEndsInTime() throws InterruptedException {
        CodeExecutor executor = working();
        long start = System.nanoTime();
        CodeVerdict verdict = executor.run(job("def f(x):\n    while True: pass\n", Duration.ofMillis(500), 1));
        assertThat(verdict.status()).isEqualTo("TIMEOUT");
        // a timeout may be confirmed by a second run; two seconds are for the end of each
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(12));
    }

    @Test
    void anInterruptEndsARun() throws Exception {
        CodeExecutor executor = working();
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            var started = new CountDownLatch(1);
            Future<String> ended = pool.submit(() -> {
                started.countDown();
                try {
                    return executor.run(job("import time\ndef f(x):\n    time.sleep(60)\n", Duration.ofSeconds(60), 1))
                            .status();
                } catch (InterruptedException e) {
                    return "interrupted";
                }
            });
            started.await();
            Thread.sleep(300);
            pool.shutdownNow();
            assertThat(ended.get(20, TimeUnit.SECONDS)).isEqualTo("interrupted");
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void manyAtOnceGetTheirOwnVerdictsAndNoFalseTimeout() throws Exception {
        CodeExecutor executor = working();
        ExecutorService pool = Executors.newFixedThreadPool(64);
        try {
            List<Future<CodeVerdict>> running = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                String right = "def f(x):\n    return x\n";
                String wrong = "def f(x):\n    return sum(range(200000)) * 0\n";
                CodeJob job = job(i % 2 == 0 ? right : wrong, Duration.ofSeconds(5), 2);
                running.add(pool.submit(() -> executor.run(job)));
            }
            for (int i = 0; i < 64; i++) {
                assertThat(running.get(i).get().status()).isEqualTo(i % 2 == 0 ? "PASS" : "WRONG");
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void whatSaysThatItContainsDoes() throws InterruptedException {
        CodeExecutor executor = working();
        assumeTrue(executor.probe().containment() == Containment.CONTAINED, "promises nothing");
        CodeVerdict verdict = executor.run(job(ESCAPES, USUAL, 1));
        assertThat(verdict.output()).doesNotContain("RTEL-PROBE");
        assertThat(verdict.status()).as("%s", verdict).isEqualTo("PASS");
    }

    @Test
    void aTestScriptIsRunOutOfReach() throws InterruptedException {
        assumeTrue(supportsTests(), "no scripts of tests");
        CodeExecutor executor = working();
        String tests = "from solution import f\nassert f(4711) == 4711\n";
        for (Map.Entry<String, String> each : Map.of(
                        "PASS", "def f(x):\n    return x\n",
                        "WRONG", "def f(x):\n    return 0\n",
                        "CRASH", "import os\ndef f(x):\n    os._exit(0)\n")
                .entrySet()) {
            var job = new CodeJob(
                    "python", each.getValue(), "f", List.of(), Optional.of(tests), CodeJob.Limits.standard());
            assertThat(executor.run(job).status()).isEqualTo(each.getKey());
        }
    }

    @Test
    void anotherLanguageIsRefused() throws InterruptedException {
        CodeExecutor executor = working();
        var job = new CodeJob("cobol", "STOP RUN.", "f", List.of(), Optional.empty(), CodeJob.Limits.standard());
        CodeVerdict verdict = executor.run(job);
        assertThat(verdict.status()).isEqualTo("INFRA");
        assertThat(verdict.explanation()).contains("cobol");
    }
}
