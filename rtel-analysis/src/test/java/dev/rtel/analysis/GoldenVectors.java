package dev.rtel.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.common.PlainJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/** Reference figures computed by an independent implementation. */
final class GoldenVectors {
    private GoldenVectors() {}

    interface Check {
        void run(Map<String, @Nullable Object> input, @Nullable Object expect);
    }

    static Stream<DynamicTest> of(String family, Check check) throws IOException {
        Path file = Path.of(System.getProperty("rtel.shared", "../../shared"), "data", "golden", family + ".json");
        Assumptions.assumeTrue(Files.exists(file), "no golden vectors at " + file);
        Map<String, @Nullable Object> document = PlainJson.readObject(Files.readString(file));
        List<DynamicTest> tests = new ArrayList<>();
        for (Object golden : list(document.get("cases"))) {
            Map<String, @Nullable Object> fields = map(golden);
            tests.add(DynamicTest.dynamicTest(
                    family + " " + fields.get("id"), () -> check.run(map(fields.get("input")), fields.get("expect"))));
        }
        assertThat(tests).hasSizeGreaterThanOrEqualTo(8);
        return tests.stream();
    }

    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> map(@Nullable Object value) {
        return (Map<String, @Nullable Object>) value;
    }

    static List<?> list(@Nullable Object value) {
        return (List<?>) value;
    }

    static OptionalDouble number(@Nullable Object value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(((Number) value).doubleValue());
    }

    static OptionalLong whole(@Nullable Object value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(((Number) value).longValue());
    }

    static void close(String what, OptionalDouble got, @Nullable Object want) {
        OptionalDouble expected = number(want);
        assertThat(got.isPresent()).as(what + " known").isEqualTo(expected.isPresent());
        if (expected.isPresent()) {
            double wanted = expected.getAsDouble();
            assertThat(Math.abs(got.getAsDouble() - wanted))
                    .as("%s: got %s, want %s", what, got, wanted)
                    .isLessThanOrEqualTo(Math.max(1e-12, 1e-9 * Math.abs(wanted)));
        }
    }
}
