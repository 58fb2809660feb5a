package dev.rtel.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rtel.config.ConfigException;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.Roster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RosterFileTest {
    @Test
    void everyFieldOfAnEntryIsRead() {
        Roster roster = RosterFile.parse("r.yaml", """
                roster: mine
                defaults: {max_tokens: 16000, timeout: 10m, seed: 7, provider: {data_collection: deny}, max_concurrency: 4}
                roles: {judge: {id: mistralai/mistral-medium-3-5, params: {reasoning: {effort: high}}}}
                models:
                  - name: pinned
                    id: openai/gpt-5.2
                    client: openai-compatible
                    settings: {base_url: "http://localhost:1"}
                    extractor: {name: usage, relation: inside}
                    params: {reasoning: {effort: high}, max_tokens: 900}
                    provider: {only: [openai], allow_fallbacks: false}
                    max_concurrency: 8
                    timeout: 90s
                  - id: acme/unknown
                    extractor: usage
                """);

        ModelEntry pinned = roster.models().get(0);
        assertThat(roster.name()).isEqualTo("mine");
        assertThat(pinned.name()).isEqualTo("pinned");
        assertThat(pinned.id()).isEqualTo("openai/gpt-5.2");
        assertThat(pinned.client().provider()).isEqualTo("openai-compatible");
        assertThat(pinned.client().config().values()).isEqualTo(Map.of("base_url", "http://localhost:1"));
        assertThat(pinned.client().config().at("base_url")).isEqualTo("models[0].settings.base_url (r.yaml:8)");
        assertThat(pinned.extractor().orElseThrow().config().values()).isEqualTo(Map.of("relation", "inside"));
        assertThat(pinned.params())
                .isEqualTo(Map.of("max_tokens", 900L, "seed", 7L, "reasoning", Map.of("effort", "high")));
        assertThat(pinned.routing())
                .isEqualTo(Map.of("data_collection", "deny", "only", List.of("openai"), "allow_fallbacks", false));
        assertThat(pinned.maxConcurrency()).hasValue(8);
        assertThat(pinned.timeout()).contains(Duration.ofSeconds(90));

        ModelEntry other = roster.models().get(1);
        assertThat(other.name()).isEqualTo("acme/unknown");
        assertThat(other.client().provider()).isEqualTo("openrouter");
        assertThat(other.extractor().orElseThrow().provider()).isEqualTo("usage");
        assertThat(other.params()).isEqualTo(Map.of("max_tokens", 16000L, "seed", 7L));
        assertThat(other.maxConcurrency()).hasValue(4);
        assertThat(other.timeout()).contains(Duration.ofMinutes(10));
        assertThat(other.locked()).isFalse();
        assertThat(other.baseline()).isFalse();

        ModelEntry judge = roster.roles().get("judge");
        assertThat(judge.name()).isEqualTo("mistralai/mistral-medium-3-5@high");
        assertThat(judge.params()).containsEntry("max_tokens", 16000L);
    }

    @Test
    void parametersAreMergedDeeplyOverTheDefaults() {
        Roster roster = models(
                "defaults: {reasoning: {exclude: true, effort: low}, stop: [a]}",
                "  - {id: a/b, params: {reasoning: {effort: high}, stop: [b]}}\n  - {id: a/c}\n"
                        + "  - {id: a/d, params: {reasoning: {max_tokens: 2000}}}\n");

        assertThat(roster.models().get(0).params())
                .isEqualTo(Map.of("reasoning", Map.of("exclude", true, "effort", "high"), "stop", List.of("b")));
        assertThat(roster.models()).extracting(ModelEntry::name).containsExactly("a/b@high", "a/c@low", "a/d");
        assertThat(roster.models().get(2).params().get("reasoning"))
                .as("a budget replaces an effort")
                .isEqualTo(Map.of("exclude", true, "max_tokens", 2000L));
    }

    @Test
    void aSweepGivesAnEntryForEachValue() {
        Roster roster = models(
                "defaults: {max_tokens: 16000}",
                "  - {id: x-ai/grok-4.3, sweep: {reasoning.effort: [none, low, medium, high]}}\n"
                        + "  - {name: budget, id: x-ai/grok-4.3, params: {reasoning: {effort: low}}, sweep: {max_tokens: [1000, 4000, 16000]}}\n");

        assertThat(roster.models())
                .extracting(ModelEntry::name)
                .containsExactly(
                        "x-ai/grok-4.3@none",
                        "x-ai/grok-4.3@low",
                        "x-ai/grok-4.3@medium",
                        "x-ai/grok-4.3@high",
                        "budget@1000",
                        "budget@4000",
                        "budget@16000");
        assertThat(roster.models().get(3).params())
                .isEqualTo(Map.of("max_tokens", 16000L, "reasoning", Map.of("effort", "high")));
        assertThat(roster.models().get(5).params())
                .isEqualTo(Map.of("max_tokens", 4000L, "reasoning", Map.of("effort", "low")));
    }

    @ParameterizedTest
    @MethodSource
    void minimalEffortIsTheWeakestTheModelHas(String id, Map<String, Object> params, boolean locked, String name) {
        ModelEntry entry = models("", "  - {id: " + id + ", effort: minimal-where-supported}\n")
                .models()
                .get(0);
        assertThat(entry.params()).isEqualTo(params);
        assertThat(entry.locked()).isEqualTo(locked);
        assertThat(entry.name()).isEqualTo(name);
    }

    static Stream<Arguments> minimalEffortIsTheWeakestTheModelHas() {
        return Stream.of(
                Arguments.of("z-ai/glm-5.2", effort("high"), false, "z-ai/glm-5.2@high"),
                Arguments.of("openai/gpt-5.2", effort("none"), false, "openai/gpt-5.2@none"),
                Arguments.of("openai/gpt-5-mini", effort("minimal"), true, "openai/gpt-5-mini@minimal"),
                Arguments.of("deepseek/deepseek-r1", Map.of(), true, "deepseek/deepseek-r1"),
                Arguments.of("z-ai/glm-4.6", Map.of("reasoning", Map.of("enabled", false)), false, "z-ai/glm-4.6"),
                Arguments.of("openai/gpt-4.1", Map.of(), false, "openai/gpt-4.1"));
    }

    @Test
    void aPlainEffortIsShortForTheParameter() {
        assertThat(models("", "  - {id: a/b, effort: xhigh}\n").models().get(0).params())
                .isEqualTo(effort("xhigh"));
    }

    @Test
    void whatIsKnownOfAModelCanBeOverruled() {
        Roster roster = models("", "  - {id: deepseek/deepseek-r1, locked: false}\n  - {id: a/b, baseline: true}\n");
        assertThat(roster.models().get(0).locked()).isFalse();
        assertThat(roster.models().get(1).baseline()).isTrue();
    }

    @Test
    void theBundledDefaultRosterStatesEveryThinkingModeThereIs() {
        Roster roster = RosterFile.bundled("default");
        assertThat(roster.name()).isEqualTo("default");
        assertThat(roster.models())
                .extracting(
                        ModelEntry::name, e -> e.params().get("reasoning"), ModelEntry::locked, ModelEntry::baseline)
                .containsExactly(
                        tuple("google/gemini-2.5-pro", Map.of("enabled", true), true, false),
                        tuple("openai/gpt-4.1", null, false, true),
                        tuple("anthropic/claude-opus-4.8@high", Map.of("effort", "high"), false, false),
                        tuple("x-ai/grok-4.3@low", Map.of("effort", "low"), false, false),
                        tuple("deepseek/deepseek-r1", null, true, false),
                        tuple("moonshotai/kimi-k2", null, false, true));
    }

    @Test
    void theBundledCurrentRosterHoldsSixThatReason() {
        Roster roster = RosterFile.bundled("current");
        assertThat(roster.name()).isEqualTo("current");
        assertThat(roster.models())
                .extracting(
                        ModelEntry::name, e -> e.params().get("reasoning"), ModelEntry::locked, ModelEntry::baseline)
                .containsExactly(
                        tuple("openai/gpt-5.2@high", Map.of("effort", "high"), false, false),
                        tuple("anthropic/claude-opus-4.8@high", Map.of("effort", "high"), false, false),
                        tuple("google/gemini-2.5-pro", Map.of("max_tokens", 8192L), true, false),
                        tuple("x-ai/grok-4.3@high", Map.of("effort", "high"), false, false),
                        tuple("deepseek/deepseek-r1-0528", null, true, false),
                        tuple("moonshotai/kimi-k2-thinking", null, true, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "current"})
    void bundledRostersAreCappedTimedAndJudgedByAnOutsider(String name) {
        Roster roster = RosterFile.bundled(name);
        assertThat(roster.models()).allSatisfy(entry -> {
            assertThat(entry.params()).containsEntry("max_tokens", 16000L);
            assertThat(entry.timeout()).contains(Duration.ofMinutes(10));
            assertThat(entry.client().provider()).isEqualTo("openrouter");
            assertThat(ModelSnapshot.bundled().find(entry.id())).as(entry.id()).isPresent();
            assertThat(PriceBooks.bundled().price(entry.id())).as(entry.id()).isPresent();
            assertThat(entry.id()).doesNotStartWith("mistralai/");
        });
        ModelEntry judge = roster.roles().get("judge");
        assertThat(judge.name()).isEqualTo("mistralai/mistral-medium-3-5@high");
        assertThat(PriceBooks.bundled().price(judge.id())).isPresent();
        assertThat(RosterFile.names()).contains(name);
    }

    @Test
    void unknownBundledNamesAreAnsweredWithWhatThereIs() {
        assertThatThrownBy(() -> RosterFile.bundled("curent"))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "there is no bundled roster 'curent' (did you mean 'current'?); there are: [current, default];"
                                + " or give a path");
    }

    @Test
    void rostersAreReadFromFiles(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("r.json"), "{\"roster\": \"j\", \"models\": [{\"id\": \"a/b\"}]}");
        assertThat(RosterFile.read(file).models()).extracting(ModelEntry::id).containsExactly("a/b");
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void faultsAreNamedWithFileLineAndKey(String text, String message) {
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> RosterFile.parse("r.yaml", text));
        assertThat(e).isNotNull();
        assertThat(e.getMessage()).isEqualTo("r.yaml:" + message);
    }

    static Stream<Arguments> faultsAreNamedWithFileLineAndKey() {
        return Stream.of(
                Arguments.of("models: [{id: a}]\n", "1: roster: is missing, expected text"),
                Arguments.of(
                        "roster: A B\nmodels: [{id: a}]\n",
                        "1: roster: is 'A B', expected lower-case letters, digits and hyphens"),
                Arguments.of(
                        "roster: r\nmodel: []\nmodels: [{id: a}]\n",
                        "2: model: unknown key 'model' (did you mean 'models'?); known: [defaults, models, roles, roster]"),
                Arguments.of(
                        "roster: r\n",
                        "1: models: is missing, expected a list of entries such as {id: openai/gpt-5.2}"),
                Arguments.of("roster: r\nmodels: []\n", "2: models: holds no entry, expected at least one"),
                Arguments.of(
                        "roster: r\nmodels: [a/b]\n",
                        "2: models[0]: is the text 'a/b', expected an entry such as {id: openai/gpt-5.2}"),
                entry("name: x", "models[0].id: is missing, expected text"),
                entry(
                        "id: a, clinet: b",
                        "models[0].clinet: unknown key 'clinet' (did you mean 'client'?); known: [baseline, client, effort, extractor, id, locked, max_concurrency, name, params, provider, settings, sweep, timeout]"),
                entry(
                        "id: a, max_concurrency: 0",
                        "models[0].max_concurrency: is the number 0, expected a whole number from 1"),
                entry(
                        "id: a, max_concurrency: 2.5",
                        "models[0].max_concurrency: is the number 2.5, expected a whole number from 1"),
                entry(
                        "id: a, timeout: 10 minutes",
                        "models[0].timeout: is the text '10 minutes', expected a duration such as 90s, 10m or PT10M"),
                entry(
                        "id: a, timeout: 600",
                        "models[0].timeout: is the number 600, expected a duration such as 90s, 10m or PT10M"),
                entry(
                        "id: a, params: {max_tokens: many}",
                        "models[0].params.max_tokens: is the text 'many', expected a whole number from 1"),
                entry(
                        "id: a, params: {reasoning: high}",
                        "models[0].params.reasoning: is the text 'high', expected a group of keys"),
                entry(
                        "id: a, params: {reasoning: {effort: high, max_tokens: 5}}",
                        "models[0].params.reasoning.max_tokens: is given beside 'effort'; providers accept one of them"),
                entry(
                        "id: a, params: {provider: {only: [x]}}",
                        "models[0].params.provider: is routing, not a parameter; write 'provider' beside 'params'"),
                entry(
                        "id: a, params: {model: x}",
                        "models[0].params.model: is set by RTEL from the entry and the sample; leave it out"),
                entry(
                        "id: a, settings: {api_key: sk-123}",
                        "models[0].settings.api_key: looks like a credential; keys come from the environment, .env or --api-key-file only"),
                entry(
                        "id: a, effort: hihg",
                        "models[0].effort: is 'hihg' (did you mean 'high'?); expected one of [none, minimal, low, medium, high, xhigh, max, minimal-where-supported]"),
                entry(
                        "id: openai/gpt-5.22, effort: minimal-where-supported",
                        "models[0].effort: the model list of 2026-08-29 does not know 'openai/gpt-5.22' (the nearest is 'openai/gpt-5.2'); say what to send instead, e.g. params: {reasoning: {effort: low}}"),
                entry(
                        "id: a, sweep: {reasoning.effort: high}",
                        "models[0].sweep.reasoning.effort: is the text 'high', expected a list of values"),
                entry(
                        "id: a, sweep: {reasoning.effort: []}",
                        "models[0].sweep.reasoning.effort: holds no value, expected at least one"),
                entry(
                        "id: a, sweep: {max_tokens: [1], seed: [2]}",
                        "models[0].sweep: has 2 keys, expected one, e.g. {reasoning.effort: [low, high]}"),
                entry(
                        "id: a, sweep: {reasoning.: [1]}",
                        "models[0].sweep: sweeps 'reasoning.', expected a dotted path such as reasoning.effort"),
                entry(
                        "id: a, sweep: {max_tokens: [[1]]}",
                        "models[0].sweep.max_tokens[0]: is a list, expected a single value such as low or 4000"),
                entry(
                        "id: a, sweep: {max_tokens: [10, 10]}",
                        "models[0]: the name 'a@10' is that of another entry too, on line 3; give one of them a 'name' of its own"),
                entry(
                        "id: a, effort: low, sweep: {reasoning.effort: [high]}",
                        "models[0].effort: is given beside a sweep of reasoning.effort; keep one of them"),
                Arguments.of(
                        "roster: r\nmodels:\n  - id: a\n  - id: a\n",
                        "4: models[1]: the name 'a' is that of another entry too, on line 3; give one of them a 'name' of its own"),
                Arguments.of(
                        "roster: r\ndefaults: {client: x}\nmodels: [{id: a}]\n",
                        "2: defaults.client: belongs to an entry of 'models', not to defaults"),
                Arguments.of(
                        "roster: r\ndefaults: {params: {seed: 1}}\nmodels: [{id: a}]\n",
                        "2: defaults.params: is not needed here: request parameters stand directly under defaults"),
                Arguments.of(
                        "roster: r\ndefaults: {timeout: soon}\nmodels: [{id: a}]\n",
                        "2: defaults.timeout: is the text 'soon', expected a duration such as 90s, 10m or PT10M"),
                Arguments.of(
                        "roster: r\nroles: {judge: a}\nmodels: [{id: a}]\n",
                        "2: roles.judge: is the text 'a', expected an entry such as {id: mistralai/mistral-medium-3-5}"),
                Arguments.of(
                        "roster: r\nroles: {judge: {id: a, sweep: {max_tokens: [1]}}}\nmodels: [{id: a}]\n",
                        "2: roles.judge.sweep: unknown key 'sweep'; known: [baseline, client, effort, extractor, id, locked, max_concurrency, name, params, provider, settings, timeout]"));
    }

    @Test
    void credentialsAreNeverShownInMessages() {
        assertThatThrownBy(() -> models("", "  - {id: a, settings: {API-Key: sk-or-v1-secret}}\n"))
                .hasMessageNotContaining("sk-or-v1-secret");
    }

    private static Arguments entry(String yaml, String message) {
        return Arguments.of("roster: r\nmodels:\n  - {" + yaml + "}\n", "3: " + message);
    }

    private static Roster models(String head, String models) {
        return RosterFile.parse("r.yaml", "roster: r\n" + head + "\nmodels:\n" + models);
    }

    private static Map<String, Object> effort(String effort) {
        return Map.of("reasoning", Map.of("effort", effort));
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }
}
