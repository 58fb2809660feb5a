package dev.rtel.graders.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenRunsTest {
    private static final long PRINTS = 1 << 20;
    private final List<Thread> hooks = new ArrayList<>();
    private final OpenRuns runs = new OpenRuns(hooks::add, hooks::remove);
    private PythonProbe python = new PythonProbe(false, "", "", "", List.of());

    @TempDir
    Path temp;

    @BeforeEach
    void findPython() throws InterruptedException {
        PythonProbe probe = PythonProbe.of("python3");
        Assumptions.assumeTrue(probe.available(), "no python3");
        python = probe;
    }

    @Test
    void oneHookWatchesAllRunsAndNoneIsLeftWhenIdle() throws Exception {
        CodeRun first = begin();
        CodeRun second = begin();
        assertThat(hooks).hasSize(1);
        runs.end(first);
        assertThat(hooks).hasSize(1);
        runs.end(second);
        assertThat(hooks).isEmpty();
        runs.end(begin());
        assertThat(hooks).isEmpty();
    }

    @Test
    void aRunThatIsOverStartsNoProcess() throws Exception {
        CodeRun run = begin();
        run.close();
        assertThatThrownBy(() -> open(run)).isInstanceOf(InterruptedException.class);
        runs.end(run);
        assertThat(hooks).isEmpty();
    }

    private CodeRun begin() throws InterruptedException {
        return runs.begin(new UnsafeBackend(), python, PRINTS);
    }

    private static LockedHost open(CodeRun run) throws Exception {
        return run.open(Scripts.HOST, false, java.time.Duration.ofSeconds(10), 1 << 30);
    }

    @Test
    void whenTheJvmEndsNoRunStartsAndNoVerdictCounts() throws Exception {
        CodeRun run = begin();
        hooks.get(0).run();
        assertThatThrownBy(() -> runs.end(run)).isInstanceOf(InterruptedException.class);
        assertThatThrownBy(() -> begin())
                .isInstanceOf(InterruptedException.class)
                .hasMessageContaining("the JVM is ending");
    }

    @Test
    void aRunThatComesAfterTheHooksIsRefused() {
        var late = new OpenRuns(
                hook -> {
                    throw new IllegalStateException("Shutdown in progress");
                },
                hooks::remove);
        assertThatThrownBy(() -> late.begin(new UnsafeBackend(), python, PRINTS))
                .isInstanceOf(InterruptedException.class);
    }

    @ParameterizedTest
    @CsvSource({"term, 143", "exit, 7"})
    void aJvmThatEndsDuringARunLeavesNoProcessAndNoFolder(String how, int code) throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")), "no /proc to find processes in");
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temp,
                        "-cp",
                        System.getProperty("java.class.path"),
                        LongRun.class.getName(),
                        how)
                .redirectErrorStream(true)
                .start();
        try {
            jvm.getOutputStream().close();
            if (how.equals("term")) {
                await(jvm);
                assertThat(ownProcesses()).hasSizeGreaterThanOrEqualTo(2);
                // not Process.destroy: it closes the pipe this test reads
                jvm.toHandle().destroy();
            }
            assertThat(jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();
            try (InputStream out = jvm.getInputStream()) {
                String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
                assertThat(jvm.exitValue()).as(said).isEqualTo(code);
                assertThat(said).doesNotContain("verdict");
            }
            assertThat(ownProcesses()).isEmpty();
            try (Stream<Path> left = Files.list(temp)) {
                assertThat(left.filter(p -> p.getFileName().toString().startsWith("rtel-code-")))
                        .isEmpty();
            }
        } finally {
            jvm.destroyForcibly();
            ownProcesses().forEach(ProcessHandle::destroyForcibly);
        }
    }

    private void await(Process jvm) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!LongRun.underWay(temp)) {
            assertThat(jvm.isAlive()).isTrue();
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(20));
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** Processes whose home is in our folder. */
    private List<ProcessHandle> ownProcesses() throws IOException {
        String mark = "HOME=" + temp.toRealPath();
        List<ProcessHandle> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (Path entry :
                    all.filter(p -> p.getFileName().toString().matches("\\d+")).toList()) {
                try {
                    byte[] environment = Files.readAllBytes(entry.resolve("environ"));
                    if (new String(environment, StandardCharsets.ISO_8859_1).contains(mark)) {
                        ProcessHandle.of(Long.parseLong(entry.getFileName().toString()))
                                .ifPresent(found::add);
                    }
                } catch (IOException gone) {
                    continue;
                }
            }
        }
        return found;
    }
}
