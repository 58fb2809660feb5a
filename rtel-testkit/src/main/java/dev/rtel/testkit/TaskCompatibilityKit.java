package dev.rtel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.eval.Message;
import dev.rtel.eval.Sample;
import dev.rtel.spi.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Task} must do. Extend it in a test class and make the task under test. */
public abstract class TaskCompatibilityKit {
    /** For extending. */
    protected TaskCompatibilityKit() {}

    /** Makes the task; each call makes a new one from the same source. */
    protected abstract Task task();

    @Test
    void nameIsLowerCaseLettersDigitsAndHyphens() {
        assertThat(task().name()).matches("[a-z0-9][a-z0-9-]{0,62}");
    }

    @Test
    void versionAndCategoryAreNotBlank() {
        assertThat(task().version()).isNotBlank();
        assertThat(task().category()).isNotBlank();
    }

    @Test
    void thereIsAtLeastOneSample() {
        assertThat(task().samples()).isNotEmpty();
    }

    @Test
    void sampleIdsAreUniqueAndFitIntoFileNames() {
        assertThat(task().samples())
                .extracting(Sample::id)
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(id).matches("[A-Za-z0-9._-]+"));
    }

    @Test
    void samplesAreTheSameOnEveryCall() {
        Task task = task();
        List<Sample> first = List.copyOf(task.samples());
        assertThat(task.samples()).isEqualTo(first);
    }

    @Test
    void twoTasksOfOneSourceAreEqualInAllThatIsGraded() {
        Task one = task();
        Task two = task();
        assertThat(two.samples()).isEqualTo(one.samples());
        assertThat(two.name()).isEqualTo(one.name());
        assertThat(two.version()).isEqualTo(one.version());
        assertThat(two.category()).isEqualTo(one.category());
        assertThat(two.grader()).isEqualTo(one.grader());
        assertThat(two.passAt()).isEqualTo(one.passAt());
        assertThat(two.answerFormat()).isEqualTo(one.answerFormat());
    }

    @Test
    void samplesCannotBeChangedByTheirReaders() {
        List<Sample> samples = task().samples();
        List<Sample> before = List.copyOf(samples);
        try {
            samples.clear();
        } catch (UnsupportedOperationException expected) {
            // the usual way
        }
        assertThat(task().samples()).isEqualTo(before);
    }

    @Test
    void everySampleHasAUserMessageWithText() {
        for (Sample sample : task().samples()) {
            assertThat(sample.input())
                    .as(sample.id())
                    .anySatisfy(message -> assertThat(message.role()).isEqualTo("user"))
                    .extracting(Message::content)
                    .allSatisfy(content -> assertThat(content).isNotBlank());
        }
    }

    @Test
    void workloadsAreAboveZeroWhereGiven() {
        for (Sample sample : task().samples()) {
            sample.workload().ifPresent(w -> assertThat(w).as(sample.id()).isPositive());
        }
    }

    @Test
    void twinsAreOtherSamplesOfTheTask() {
        List<String> ids = task().samples().stream().map(Sample::id).toList();
        for (Sample sample : task().samples()) {
            sample.twinOf().ifPresent(twin -> assertThat(twin).isIn(ids).isNotEqualTo(sample.id()));
        }
    }

    @Test
    void passMarkLiesAboveZeroAndAtMostOne() {
        assertThat(task().passAt()).isGreaterThan(0).isLessThanOrEqualTo(1);
    }

    @Test
    void graderAndAnswerFormatAreNamed() {
        assertThat(task().grader().provider()).isNotBlank();
        assertThat(task().answerFormat()).isNotBlank();
    }
}
