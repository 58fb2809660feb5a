package dev.rtel.graders.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.graders.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Only programs whose harm is limited: integrity, controls, a loop, a sleep. The others need a sandbox. */
class HostileCorpusTest {
    @Test
    @SuppressWarnings("unchecked")
    void integrityProgramsNeverPassAndControlsDoAsStated() throws InterruptedException, IOException {
        Map<String, Object> manifest = SharedData.object(SharedData.text("hostile/manifest.json"));
        var task = (Map<String, Object>) manifest.get("task");
        var cases = (List<Map<String, Object>>) task.get("cases");
        List<String> wrong = new ArrayList<>();
        int ran = 0;
        for (Map<String, Object> item : (List<Map<String, Object>>) manifest.get("items")) {
            String id = (String) item.get("id");
            if (!id.startsWith("i") && !id.startsWith("c") && !id.equals("r01") && !id.equals("r03")) {
                continue;
            }
            String source = Files.readString(SharedData.path("hostile/" + item.get("file")), StandardCharsets.UTF_8);
            boolean control = id.startsWith("c");
            long start = System.nanoTime();
            var verdict = PythonRuns.run(
                    source,
                    (String) task.get("entry"),
                    cases,
                    control ? Duration.ofSeconds(10) : Duration.ofMillis(1500));
            long millis = (System.nanoTime() - start) / 1_000_000;
            var expect = (Map<String, Object>) item.get("expect");
            Object exact = control ? expect.get("exact") : expect.get("fixed");
            boolean fine = exact == null
                    ? !verdict.status().equals("PASS")
                    : verdict.status().equals(exact);
            boolean known = !verdict.status().equals("INFRA")
                    && verdict.output().lines().noneMatch(line -> line.startsWith("RTEL-PROBE"));
            // two runs of the limit, because a timeout is confirmed, and 2 s for each end
            boolean quick = control || millis < 2 * (1500 + 2000);
            if (!fine || !known || !quick) {
                wrong.add(id + " " + millis + " ms " + verdict);
            }
            ran++;
        }
        assertThat(wrong).isEmpty();
        assertThat(ran).isGreaterThanOrEqualTo(24);
    }
}
