package dev.rtel.graders.code;

import dev.rtel.eval.CodeVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program whose code run outlives it: forks a daemon, then sleeps. With {@code exit} it leaves while that goes on. */
final class LongRun {
    private static final String SOURCE = """
            import os, time
            def f():
                if os.fork() == 0:
                    os.setsid()
                    open('started', 'w').close()
                    time.sleep(40)
                    os._exit(0)
                time.sleep(40)
            """;

    private LongRun() {}

    public static void main(String[] args) throws InterruptedException {
        if (args[0].equals("exit")) {
            new Thread(LongRun::exit).start();
        }
        CodeVerdict verdict =
                PythonRuns.run(SOURCE, "f", List.of(Map.of("expected", List.of())), Duration.ofSeconds(35));
        System.out.println("verdict " + verdict);
    }

    /** Whether the daemon runs in a folder under this one. */
    static boolean underWay(Path temp) throws IOException {
        try (Stream<Path> folders = Files.list(temp)) {
            return folders.anyMatch(folder -> Files.exists(folder.resolve("started")));
        }
    }

    private static void exit() {
        try {
            while (!underWay(Path.of(System.getProperty("java.io.tmpdir")))) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            System.exit(7);
        } catch (IOException | InterruptedException e) {
            Runtime.getRuntime().halt(1);
        }
    }
}
