package dev.rtel.graders.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.config.Config;
import dev.rtel.eval.CodeJob;
import dev.rtel.eval.CodeVerdict;
import dev.rtel.spi.CodeExecutor;
import dev.rtel.testkit.SimpleContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UnsafeCodeExecutorTest {
    private static Arguments row(String expression, Object expected, String status, Object... options) {
        return Arguments.of(expression, expected, status, Arrays.asList(options));
    }

    static Stream<Arguments> values() {
        return Stream.of(
                row("2.0", 2, "PASS"),
                row("2.0", 2, "WRONG", "same_type", true),
                row("True", 1, "PASS"),
                row("(1, 2)", List.of(1, 2), "WRONG"),
                row("(1, 2)", Map.of("$tuple", List.of(1, 2)), "PASS"),
                row("{2, 1}", Map.of("$set", List.of(1, 2)), "PASS"),
                row("frozenset([1, 2])", Map.of("$set", List.of(1, 2)), "PASS"),
                row("{'b': 1, 'a': [2]}", Map.of("a", List.of(2), "b", 1), "PASS"),
                row("{1: 2}", Map.of("$dict", List.of(List.of(1, 2))), "PASS"),
                row("[3, 1, 2]", List.of(1, 2, 3), "WRONG"),
                row("[3, 1, 2]", List.of(1, 2, 3), "PASS", "unordered", true),
                row("[1, 1, 2]", List.of(1, 2, 2), "WRONG", "unordered", true),
                row("[1.00001]", List.of(1), "PASS", "approx", 0.001),
                row("[1.1]", List.of(1), "WRONG", "approx", 0.001),
                row("0.1 + 0.2", new java.math.BigDecimal("0.3"), "WRONG"),
                row("0.1 + 0.2", new java.math.BigDecimal("0.3"), "PASS", "approx", true),
                row("float('nan')", Map.of("$float", "nan"), "WRONG"),
                row("float('nan')", Map.of("$float", "nan"), "PASS", "nan_equal", true),
                row("float('inf')", Map.of("$float", "inf"), "PASS"),
                row("10 ** 30", new java.math.BigInteger("1" + "0".repeat(30)), "PASS"),
                row("1 << 9000", 1, "WRONG"),
                row("b'ab'", Map.of("$bytes", "YWI="), "PASS"),
                row("__import__('decimal').Decimal('0.5')", new java.math.BigDecimal("0.5"), "PASS"),
                row("__import__('fractions').Fraction(1, 3)", Map.of("$fraction", "1/3"), "PASS"),
                row("__import__('collections').namedtuple('P', 'x y')(1, 2)", Map.of("$tuple", List.of(1, 2)), "PASS"),
                row("__import__('collections').defaultdict(int, a=1)", Map.of("a", 1), "PASS"),
                row("__import__('collections').Counter('a')", Map.of("a", 1), "PASS"),
                row("type('L', (list,), {'__eq__': lambda a, b: True})()", List.of(1), "WRONG"),
                row("object()", List.of(), "WRONG"),
                row("'\\ud800'", "x", "WRONG"),
                row("'ü€😀'", "ü€😀", "PASS"),
                row("x * 2", 14, "PASS", "args", List.of(7)),
                row("x * 2", 14, "PASS", "kwargs", Map.of("x", 7)),
                row("1 // 0", null, "PASS", "raises", "ZeroDivisionError"),
                row("1 // 0", null, "PASS", "raises", "ArithmeticError"),
                row("1 // 0", null, "RAISED", "raises", "KeyError"),
                row("1", null, "WRONG", "raises", "KeyError"),
                row("1 // 0", 1, "RAISED"),
                row("x.append(3)", null, "PASS", "args", List.of(List.of(1)), "args_after", List.of(List.of(1, 3))),
                row("x.append(4)", null, "WRONG", "args", List.of(List.of(1)), "args_after", List.of(List.of(1, 3))),
                row("'x' * (5 << 20)", "x", "WRONG"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void answersAreComparedAsPythonDoes(String expression, Object expected, String status, List<Object> options)
            throws InterruptedException {
        Map<String, Object> fields = new java.util.LinkedHashMap<>();
        for (int i = 0; i < options.size(); i += 2) {
            fields.put((String) options.get(i), options.get(i + 1));
        }
        if (!fields.containsKey("raises")) {
            fields.put("expected", expected);
        }
        CodeVerdict verdict = PythonRuns.one("def f(x=None):\n    return " + expression + "\n", fields);
        assertThat(verdict.status()).as("%s", verdict).isEqualTo(status);
    }

    @Test
    void loadingMayFailInItsOwnWay() throws InterruptedException {
        Map<String, Object> fields = Map.of("expected", 1);
        assertThat(PythonRuns.one("def g(): pass", fields).status()).isEqualTo("LOAD_ERROR");
        assertThat(PythonRuns.one("def f(:", fields).status()).isEqualTo("LOAD_ERROR");
        assertThat(PythonRuns.one("import os\nos._exit(0)", fields).status()).isEqualTo("CRASH");
        assertThat(PythonRuns.one("class S:\n    def f(self):\n        return 1\n", fields)
                        .status())
                .isEqualTo("PASS");
    }

    @Test
    void theEnvironmentHoldsNothingOfOurs() throws InterruptedException {
        String source = "import os\ndef f():\n    return sorted(os.environ)\n";
        CodeVerdict verdict = PythonRuns.one(
                source,
                Map.of("expected", List.of("HOME", "LANG", "LC_ALL", "PATH", "PYTHONHASHSEED", "RTEL_RUN", "TMPDIR")));
        assertThat(verdict.status()).as("%s", verdict).isEqualTo("PASS");
    }

    @Test
    void endlessPrintingAndWritingAreStopped() throws InterruptedException {
        Map<String, Object> fields = Map.of("expected", 1);
        assertThat(PythonRuns.one("def f():\n    while True:\n        print('x' * 9999)\n", fields)
                        .status())
                .isEqualTo("OUTPUT_LIMIT");
        String many =
                "def f():\n    import time\n    for i in range(6000):\n        open('f%d' % i, 'w').close()\n    time.sleep(9)\n";
        assertThat(PythonRuns.one(many, fields).status()).isEqualTo("DISK_LIMIT");
    }

    @Test
    void memoryIsLimited() throws InterruptedException {
        CodeVerdict verdict =
                PythonRuns.one("def f():\n    return len(bytearray(2 << 30))\n", Map.of("raises", "MemoryError"));
        assertThat(verdict.status()).as("%s", verdict).isEqualTo("PASS");
    }

    @Test
    void aDaemonThatLeftTheSessionIsEndedToo() throws InterruptedException, IOException {
        String source = """
                import os, time
                def f():
                    if os.fork() == 0:
                        os.setsid()
                        if os.fork() > 0:
                            os._exit(0)
                        for _ in range(150):
                            time.sleep(0.2)
                        os._exit(0)
                    for _ in range(3):
                        if os.fork() == 0:
                            time.sleep(30)
                            os._exit(0)
                    time.sleep(0.3)
                    return 1
                """;
        assertThat(PythonRuns.one(source, Map.of("expected", 1)).status()).isEqualTo("PASS");
        assertThat(marked()).isEmpty();
    }

    private static List<String> marked() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (Path entry :
                    all.filter(p -> p.getFileName().toString().matches("\\d+")).toList()) {
                try {
                    boolean ours = new String(Files.readAllBytes(entry.resolve("environ"))).contains("RTEL_RUN=");
                    if (ours && !Files.readString(entry.resolve("stat")).contains(") Z")) {
                        found.add(entry.toString());
                    }
                } catch (IOException gone) {
                    continue;
                }
            }
        }
        return found;
    }

    @Test
    void theFolderIsRemovedEvenWhenMadeAwkward() throws InterruptedException {
        String source = """
                import os
                def f():
                    here = os.getcwd()
                    print('at ' + here, flush=True)
                    for _ in range(60):
                        os.mkdir('d' * 200)
                        os.chdir('d' * 200)
                    os.symlink('/tmp', 'link')
                    os.mkfifo('pipe')
                    os.chdir(here)
                    os.mkdir('shut')
                    open('shut/x', 'w').close()
                    os.chmod('shut', 0)
                    return here
                """;
        CodeVerdict verdict = PythonRuns.one(source, Map.of("expected", "nowhere"));
        assertThat(verdict.status()).isEqualTo("WRONG");
        String folder = verdict.output().strip().substring(3);
        assertThat(folder).contains("rtel-code-");
        assertThat(Path.of(folder)).doesNotExist();
    }

    @Test
    void noDepthOfFoldersHidesWhatWasWrittenOrStopsTheCleaner() throws InterruptedException {
        String source = """
                import os
                def f():
                    print('at ' + os.getcwd(), flush=True)
                    for _ in range(4000):
                        os.mkdir('d')
                        os.chdir('d')
                    import time
                    time.sleep(8)
                """;
        CodeVerdict verdict = PythonRuns.one(source, Map.of("expected", 1));
        assertThat(verdict.status()).isEqualTo("DISK_LIMIT");
        assertThat(Path.of(verdict.output().strip().substring(3))).doesNotExist();
    }

    @Test
    void withoutPythonNothingIsSaidAboutTheCode() throws InterruptedException {
        var context = new SimpleContext(Config.empty(), Map.of("python", "/nonexistent/python3"), Map.of(), name -> {
            throw new IllegalStateException(name);
        });
        CodeExecutor executor = new UnsafeCodeExecutorProvider().create(context);
        assertThat(executor.probe().containment()).isEqualTo(CodeExecutor.Containment.UNAVAILABLE);
        assertThat(executor.probe().details()).contains("/nonexistent/python3", "install Python");
        var job = new CodeJob("python", "def f(): pass", "f", List.of(), Optional.empty(), CodeJob.Limits.standard());
        assertThat(executor.run(job).status()).isEqualTo("INFRA");
    }

    @Test
    void anInterruptedRunLeavesNothing() throws Exception {
        PythonRuns.one("def f(): return 1", Map.of("expected", 1));
        Thread runner = new Thread(() -> {
            try {
                PythonRuns.run(
                        "def f():\n    import time\n    time.sleep(60)\n",
                        "f",
                        List.of(Map.of("expected", 1)),
                        Duration.ofSeconds(50));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        runner.start();
        long start = System.nanoTime();
        while (marked().isEmpty() && System.nanoTime() - start < 5_000_000_000L) {
            Thread.onSpinWait();
        }
        runner.interrupt();
        runner.join(5000);
        assertThat(runner.isAlive()).isFalse();
        assertThat(marked()).isEmpty();
    }
}
