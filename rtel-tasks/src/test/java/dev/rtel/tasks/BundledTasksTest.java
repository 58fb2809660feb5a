package dev.rtel.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.spi.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BundledTasksTest {
    @Test
    void theDefaultSuiteHasFourTasksInThisOrder() {
        assertThat(BundledTasks.names()).containsExactly("aime-math", "logic", "code-debugging", "formal-proofs");
    }

    @ParameterizedTest
    @MethodSource("dev.rtel.tasks.BundledTasks#names")
    void everyBundledTaskLoadsUnderItsName(String name) {
        Task task = BundledTasks.task(name);
        assertThat(task.name()).isEqualTo(name);
        assertThat(task.samples()).hasSize(5);
        assertThat(task.category()).isIn("math", "logic", "code", "proof");
    }
}
