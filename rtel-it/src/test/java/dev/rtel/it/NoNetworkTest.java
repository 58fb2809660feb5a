package dev.rtel.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rtel.common.PlainJson;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dry run needs no key and opens no connection, whether to the server it is given or to any other. */
final class NoNetworkTest {
    @TempDir
    private Path folder;

    private final ContactServer server = new ContactServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private Program watched() {
        return Program.in(folder)
                .withJava(
                        "-Dhttp.proxyHost=127.0.0.1",
                        "-Dhttp.proxyPort=" + server.port(),
                        "-Dhttps.proxyHost=127.0.0.1",
                        "-Dhttps.proxyPort=" + server.port(),
                        "-DsocksProxyHost=127.0.0.1",
                        "-DsocksProxyPort=" + server.port());
    }

    private String baseUrl() {
        return "http://127.0.0.1:" + server.port() + "/api/v1";
    }

    @Test
    void dryRunWithoutKeyContactsNobodyAndWritesNothing() {
        Program program = watched();
        String toProvider = program.run("run", "--dry-run").withExit(0).out();
        String toServer = program.run("run", "--dry-run", "--base-url", baseUrl())
                .withExit(0)
                .out();
        for (String out : List.of(toProvider, toServer)) {
            assertThat(out.lines()).contains("6 models x 20 samples (4 tasks) x 1 epoch = 120 trials");
            assertThat(out).containsPattern("(?m)^Judge calls: 30 \\(.+/.+\\)$");
            assertThat(out)
                    .containsPattern("total incl\\. judge +\\$\\d+\\.\\d\\d +\\$\\d+\\.\\d\\d +\\$\\d+\\.\\d\\d");
        }
        assertThat(server.contacts()).as("connections opened").isZero();
        assertThat(program.directory()).isEmptyDirectory();
    }

    @Test
    void dryRunAsJsonHasARisingCostRange() {
        String out = watched()
                .run("run", "--dry-run", "--json", "--base-url", baseUrl())
                .withExit(0)
                .out();
        Map<String, ?> document = PlainJson.readObject(out);
        assertThat(document.get("summary")).isEqualTo("6 models x 20 samples (4 tasks) x 1 epoch = 120 trials");
        assertThat(document.get("judge_calls")).isEqualTo(30L);
        var range = (Map<?, ?>) document.get("cost_usd");
        var low = new BigDecimal((String) range.get("low"));
        var typical = new BigDecimal((String) range.get("typical"));
        var worst = new BigDecimal((String) range.get("worst"));
        assertThat(low).isPositive().isLessThan(typical);
        assertThat(typical).isLessThan(worst);
        assertThat(server.contacts()).as("connections opened").isZero();
    }

    @Test
    void theGuardSeesARunThatIsNotDry() {
        Program program = watched().with("OPENROUTER_API_KEY", "planted");
        Program.Finished ended =
                program.run("run", "--yes", "--retries", "0", "--model", "openai/gpt-4.1", "--sample", "math-crt-01");
        assertThat(server.contacts())
                .as(
                        "connections to the proxy that guards the dry run; exit %s, standard error:%n%s",
                        ended.exit(), ended.err())
                .isPositive();
    }

    @Test
    void dryRunWorksWithoutANetworkAtAll() {
        List<String> isolation =
                Tools.works("unshare", "-n", "true") ? List.of("unshare", "-n") : List.of("unshare", "-rn");
        assumeTrue(
                Tools.works(isolation.get(0), isolation.get(1), "true"),
                "no network namespaces here (unshare -n): dry run without any network is skipped");
        Program isolated = Program.in(folder).under(isolation.toArray(String[]::new));
        assertThat(isolated.run("run", "--dry-run").withExit(0).out()).contains("120 trials");
    }
}
