package dev.rtel.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunIdsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T14:02:11.999Z");

    @ParameterizedTest
    @CsvSource({"current, current", "My Roster!, my-roster", "../../etc, etc", "'', run", "***, run", "--a--, a"})
    void anIdIsLaunchTimeRosterAndSuffixAndFitsIntoFileNames(String roster, String part) {
        assertThat(RunIds.next(NOW, roster)).matches("20261120T140211Z-" + part + "-[0-9a-f]{4}");
    }

    @Test
    void longRosterNamesAreCut() {
        assertThat(RunIds.next(NOW, "r".repeat(500))).hasSizeLessThan(80).matches("[0-9A-Za-z-]+");
    }
}
