package dev.rtel.tasks;

import dev.rtel.spi.Task;
import dev.rtel.testkit.SimpleContext;
import dev.rtel.testkit.TaskCompatibilityKit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class TaskKitTest {
    @Nested
    class AimeMath extends TaskCompatibilityKit {
        @Override
        protected Task task() {
            return bundled("aime-math");
        }
    }

    @Nested
    class Logic extends TaskCompatibilityKit {
        @Override
        protected Task task() {
            return bundled("logic");
        }
    }

    @Nested
    class CodeDebugging extends TaskCompatibilityKit {
        @Override
        protected Task task() {
            return bundled("code-debugging");
        }
    }

    @Nested
    class FormalProofs extends TaskCompatibilityKit {
        @Override
        protected Task task() {
            return bundled("formal-proofs");
        }
    }

    @Nested
    class OfAFile extends TaskCompatibilityKit {
        @TempDir
        Path folder;

        @Override
        protected Task task() {
            try {
                Files.writeString(
                        folder.resolve("s.jsonl"),
                        "{\"id\": \"a\", \"input\": \"q\", \"target\": \"1\", \"twin_of\": \"b\", \"workload\": 3}\n"
                                + "{\"id\": \"b\", \"input\": [{\"role\": \"user\", \"content\": \"r\"}], \"target\": \"2\"}\n");
                Path file = Files.writeString(
                        folder.resolve("t.yaml"), "task: t\nversion: '1'\ngrader: exact-numeric\nsamples: s.jsonl\n");
                return new FileTaskProvider().create(SimpleContext.of(Map.of(TaskSources.ARGUMENTS, file.toString())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Task bundled(String name) {
        return new BundledTaskProvider().create(SimpleContext.of(Map.of(TaskSources.ARGUMENTS, name)));
    }
}
