package dev.rtel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a setting comes from: flag, environment, .env, rtel.yaml, user configuration, default. */
class ConfigTest {
    @TempDir
    Path directory;

    @TempDir
    Path home;

    private Cli cli;

    @BeforeEach
    void start() {
        cli = Cli.in(directory).withKey();
    }

    private static Map<String, Object> setting(Cli cli, String name, String... more) {
        Map<String, Object> document = cli.run(Cli.args(new String[] {"config", "--json"}, more))
                .exits(0)
                .json();
        return Cli.objects(document.get("settings")).stream()
                .filter(row -> row.get("setting").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void assertEpochs(Cli cli, int epochs, String origin) {
        assertThat(cli.run("run", "--dry-run", "--json").exits(0).json()).containsEntry("epochs", (long) epochs);
        Map<String, Object> row = setting(cli, "epochs");
        assertThat(row).containsEntry("value", String.valueOf(epochs));
        assertThat((String) row.get("origin")).contains(origin);
    }

    @Test
    void thePlaceNearestToTheUserWins() {
        assertEpochs(cli, 1, "default");
        Cli user = cli.with("XDG_CONFIG_HOME", home.toString());
        Cli.in(home).write("rtel/config.yaml", "epochs: 2\n");
        assertEpochs(user, 2, "config.yaml");
        user.write("rtel.yaml", "concurrency: 3\nepochs: 3\n");
        assertEpochs(user, 3, "rtel.yaml:2");
        user.write(".env", "RTEL_EPOCHS=4\n");
        assertEpochs(user, 4, ".env RTEL_EPOCHS");
        Cli environment = user.with("RTEL_EPOCHS", "5");
        assertEpochs(environment, 5, "environment RTEL_EPOCHS");
        assertThat(environment
                        .run("run", "--dry-run", "--json", "--epochs", "6")
                        .exits(0)
                        .json())
                .containsEntry("epochs", 6L);
    }

    @Test
    void theUserConfigurationIsFoundByHomeToo() {
        Cli.in(home).write(".config/rtel/config.yaml", "epochs: 7\n");
        assertEpochs(cli.with("HOME", home.toString()), 7, ".config/rtel/config.yaml");
        Cli.in(home).write("own/config.yaml", "epochs: 8\n");
        assertEpochs(
                cli.with("HOME", home.toString())
                        .with("RTEL_HOME", home.resolve("own").toString()),
                8,
                "own/config.yaml");
    }

    @Test
    void anotherFileCanBeNamed() {
        cli.write("rtel.yaml", "epochs: 3\n");
        cli.write("other.yaml", "epochs: 9\n");
        assertThat(setting(cli, "epochs", "--config", "other.yaml")).containsEntry("value", "9");
        assertThat(setting(cli, "epochs", "--config=other.yaml")).containsEntry("value", "9");
        assertThat(cli.run("run", "--dry-run", "--json", "--config", "other.yaml")
                        .exits(0)
                        .json())
                .containsEntry("epochs", 9L);
    }

    @Test
    void listsOfTheConfigurationFileAreRepeatedOptions() {
        cli.write("rtel.yaml", """
                roster: default
                model: [openai/gpt-4.1, anthropic/claude-opus-4.8]
                task: [logic, aime-math]
                sample: [logic-hats-01, math-crt-01]
                """);
        assertThat(cli.run("run", "--dry-run", "--json").exits(0).json())
                .containsEntry("models", 2L)
                .containsEntry("tasks", 2L)
                .containsEntry("samples", 2L)
                .containsEntry("trials", 4L);
        assertThat(setting(cli, "task")).containsEntry("value", "logic,aime-math");
    }

    @Test
    void aFlagReplacesAListAsAWhole() {
        cli.write("rtel.yaml", "task: [logic, aime-math]\n");
        assertThat(cli.run("run", "--dry-run", "--json", "--task", "formal-proofs")
                        .exits(0)
                        .json())
                .containsEntry("tasks", 1L)
                .containsEntry("samples", 5L);
    }

    @Test
    void settingsReachTheRun() {
        cli.write("rtel.yaml", "max-cost: 2.50\ntimeout: 90s\nretries: 1\nmax-errors: 0.2\n");
        assertThat(cli.run("run", "--dry-run").exits(0).out()).contains("max cost $2.50", "timeout 90 s", "1 retries");
        assertThat(cli.with("RTEL_MAX_COST", "none")
                        .run("run", "--dry-run")
                        .exits(0)
                        .out())
                .contains("max cost none");
    }

    @Test
    void badValuesAreErrorsWhereverTheyComeFrom() {
        cli.write("rtel.yaml", "epochs: many\n");
        cli.run("run", "--dry-run").exits(2).hasNoStackTrace().says("epochs", "many");
        cli.write("rtel.yaml", "epochs: 2\n");
        cli.with("RTEL_MAX_COST", "free")
                .run("run", "--dry-run")
                .exits(2)
                .hasNoStackTrace()
                .says("free");
    }

    @Test
    void unknownKeysAreNamedWithPlaceAndNearest() {
        cli.write("rtel.yaml", "epochs: 2\nmax_cost: 3\n");
        cli.run("config").exits(2).hasNoStackTrace().says("rtel.yaml:2", "'max_cost'", "did you mean 'max-cost'?");
        cli.write("rtel.yaml", "epochs: 2\n");
        Cli.in(home).write("rtel/config.yaml", "\n\nepoch: 2\n");
        cli.with("XDG_CONFIG_HOME", home.toString())
                .run("config")
                .exits(2)
                .says("config.yaml:3", "'epoch'", "did you mean 'epochs'?");
    }

    @Test
    void everySettingIsShownWithoutSecrets() {
        cli.write(".env", "OPENROUTER_API_KEY=sk-or-v1-from-the-file\n");
        for (Cli one : new Cli[] {cli, Cli.in(directory)}) {
            Cli.Result text = one.run("config").exits(0);
            assertThat(text.out())
                    .contains("roster", "max-cost", "concurrency", "timeout", "store", "out", "OPENROUTER_API_KEY")
                    .doesNotContain(Cli.KEY, "sk-or-v1");
            assertThat(one.run("config", "--json").exits(0).out()).doesNotContain("sk-or-v1");
        }
        assertThat(setting(cli, "OPENROUTER_API_KEY")).containsEntry("origin", "environment OPENROUTER_API_KEY");
        assertThat(setting(Cli.in(directory), "OPENROUTER_API_KEY")).containsEntry("origin", ".env OPENROUTER_API_KEY");
    }

    @Test
    void anEmptyVariableCountsAsUnset() {
        assertEpochs(cli.with("RTEL_EPOCHS", ""), 1, "default");
    }

    @Test
    void quotesAndExportInDotEnvAreUnderstood() {
        cli.write(".env", "# settings\n\nexport RTEL_EPOCHS=\"2\"\nRTEL_ROSTER='current'\n");
        assertEpochs(cli, 2, ".env RTEL_EPOCHS");
        assertThat(cli.run("run", "--dry-run", "--json").exits(0).json()).containsEntry("roster", "current");
    }
}
