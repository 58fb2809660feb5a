package dev.rtel.tasks.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.common.PlainJson;
import dev.rtel.plan.Fingerprints;
import dev.rtel.tasks.suite.Suite.Item;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was published under a version stays what it was: {@code suite.lock} holds the digest of every sample of every
 * version. A changed sample needs a new version of its task and new lines; the old lines stay.
 */
class ContentLockTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static List<String> locked() {
        try (InputStream in = Objects.requireNonNull(ContentLockTest.class.getResourceAsStream("suite.lock"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every key of a sample counts but its metadata, of which the programs and proofs do. */
    private static String line(Item item) {
        Map<String, Object> content = new TreeMap<>(PlainJson.readObject(JSON.writeValueAsString(item.node())));
        Object metadata = content.remove("metadata");
        for (String key : List.of("reference", "mutants", "bad_proofs")) {
            content.put("metadata." + key, ((Map<?, ?>) Objects.requireNonNull(metadata)).get(key));
        }
        JsonNode file = Suite.file(item.task());
        content.put("grader", PlainJson.readObject(JSON.writeValueAsString(file.get("grader"))));
        content.put("answer_format", file.get("answer_format").asString());
        return item.task() + " " + file.get("version").asString() + " " + item.id() + " "
                + Fingerprints.sha256(PlainJson.canonical(content));
    }

    @Test
    void aChangedSampleHasANewVersionOfItsTask() {
        List<String> lines = Suite.all().stream().map(ContentLockTest::line).toList();
        assertThat(locked())
                .as(
                        "where a digest differs: raise the task's version and add these lines to suite.lock\n%s",
                        String.join("\n", lines))
                .containsAll(lines);
    }

    @Test
    void noSampleOfThePresentVersionWasRemoved() {
        for (String task : Suite.TASKS) {
            String start = task + " " + Suite.file(task).get("version").asString() + " ";
            List<String> ids = new ArrayList<>();
            locked().stream().filter(line -> line.startsWith(start)).forEach(line -> ids.add(line.split(" ")[2]));
            assertThat(ids)
                    .as(task)
                    .containsExactlyElementsOf(
                            Suite.of(task).stream().map(Item::id).toList());
        }
    }

    @Test
    void aVersionHasEverySampleOnce() {
        List<String> names = locked().stream()
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .toList();
        assertThat(names).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(names)).hasSizeGreaterThanOrEqualTo(20);
    }

    @Test
    void theDigestSeesEveryChange() {
        Item item = Suite.item("math-crt-01");
        var changed = (tools.jackson.databind.node.ObjectNode) item.node().deepCopy();
        changed.put("target", "202");
        assertThat(line(new Item(item.task(), changed))).isNotEqualTo(line(item));
        changed.put("target", "201");
        assertThat(line(new Item(item.task(), changed))).isEqualTo(line(item));
        changed.put("input", item.input() + " ");
        assertThat(line(new Item(item.task(), changed))).isNotEqualTo(line(item));
    }
}
