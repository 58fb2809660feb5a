package dev.rtel.tasks.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rtel.config.ConfigException;
import dev.rtel.eval.Attempt;
import dev.rtel.eval.Completion;
import dev.rtel.eval.CompletionRequest;
import dev.rtel.eval.Origin;
import dev.rtel.eval.TrialKey;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.Roster;
import dev.rtel.spi.AttemptContext;
import dev.rtel.spi.ComponentRegistry;
import dev.rtel.spi.Model;
import dev.rtel.spi.ModelException;
import dev.rtel.spi.ModelProvider;
import dev.rtel.testkit.SimpleContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReplayTest {
    private static final String KEY = "\"model\": \"m\", \"task\": \"t\", \"sample\": \"s\"";
    private static final String RAW =
            "{\"id\": \"gen-1\",  \"provider\": \"Acme\", \"model\": \"a/m-2026\", \"choices\": [{\"finish_reason\": \"stop\","
                    + " \"message\": {\"role\": \"assistant\", \"content\": \"Final answer: 5\", \"reasoning\": \"hm\"}}],"
                    + " \"usage\": {\"prompt_tokens\": 10, \"completion_tokens\": 7, \"cost\": 0.0000120}}";

    private final List<String> generationIds = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void textAndUsageAreGivenAsRecorded() throws Exception {
        Completion completion = complete("{" + KEY + ", \"text\": \"Final answer: 5\", \"finish_reason\": \"stop\","
                + " \"reasoning\": \"hm\", \"usage\": {\"completion_tokens\": 7, \"reasoning_tokens\": 3, \"cost\": 0.10},"
                + " \"latency_ms\": 1234.5, \"ttft_ms\": 20, \"provider\": \"Acme\", \"served_model\": \"a/m\","
                + " \"generation_id\": \"gen-9\", \"anything\": [1]}");

        assertThat(completion.text()).contains("Final answer: 5");
        assertThat(completion.reasoning()).contains("hm");
        assertThat(completion.finishReason()).contains("stop");
        assertThat(completion.usage().toString()).isEqualTo("{completion_tokens=7, reasoning_tokens=3, cost=0.10}");
        assertThat(completion.latency()).contains(Duration.ofNanos(1_234_500_000));
        assertThat(completion.ttft()).contains(Duration.ofMillis(20));
        assertThat(completion.provider()).contains("Acme");
        assertThat(completion.servedModel()).contains("a/m");
        assertThat(completion.generationId()).contains("gen-9");
        assertThat(completion.raw()).isEmpty();
        assertThat(generationIds).containsExactly("gen-9");
    }

    @Test
    void whatWasNotRecordedStaysUnknown() throws Exception {
        Completion completion = complete("{" + KEY + ", \"text\": \"5\"}");
        assertThat(completion).isEqualTo(Completion.builder().text("5").build());
        assertThat(completion.latency()).isEmpty();
        assertThat(completion.usage()).isEmpty();
    }

    @Test
    void aNullTextIsAnEmptyAnswerAndNullsMeanUnknown() throws Exception {
        Completion completion =
                complete("{" + KEY + ", \"epoch\": null, \"text\": null, \"usage\": null, \"latency_ms\": null,"
                        + " \"finish_reason\": \"length\", \"judge\": null, \"raw\": null}");
        assertThat(completion)
                .isEqualTo(Completion.builder().finishReason("length").build());
    }

    @Test
    void aVerbatimReplyIsReadAsTheRealClientWould() throws Exception {
        Completion completion =
                complete("{" + KEY + ", \"text\": \"other\", \"usage\": {\"completion_tokens\": 99}, \"raw\": " + RAW
                        + ", \"latency_ms\": 7}");

        assertThat(completion.text()).contains("Final answer: 5");
        assertThat(completion.reasoning()).contains("hm");
        assertThat(completion.usage().get("completion_tokens")).isEqualTo(7L);
        assertThat(completion.latency()).contains(Duration.ofMillis(7));
        assertThat(completion.provider()).contains("Acme");
        assertThat(completion.servedModel()).contains("a/m-2026");
        assertThat(completion.generationId()).contains("gen-1");
        assertThat(completion.raw()).as("spaces and trailing zeros included").contains(RAW);
    }

    @Test
    void recordedFactsOverrideThoseOfTheVerbatimReply() throws Exception {
        Completion completion = complete("{" + KEY + ", \"raw\": " + RAW
                + ", \"provider\": \"Other\", \"served_model\": \"x\", \"generation_id\": \"gen-2\"}");
        assertThat(completion.provider()).contains("Other");
        assertThat(completion.servedModel()).contains("x");
        assertThat(completion.generationId()).contains("gen-2");
        assertThat(completion.latency()).as("a reply does not tell its latency").isEmpty();
    }

    @Test
    void aStreamedReplyIsReadAsTheRealClientWould() throws Exception {
        String stream = ": PROCESSING\n\ndata: {\"id\":\"gen-1\",\"provider\":\"Acme\",\"choices\":[{\"index\":0,"
                + "\"delta\":{\"content\":\"\",\"reasoning\":\"hm\"}}]}\n\n"
                + "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Final answer: 5\"},"
                + "\"finish_reason\":\"stop\"}],\"usage\":{\"completion_tokens\":7}}\n\ndata: [DONE]\n\n";
        Completion completion = complete("{" + KEY + ", \"raw\": " + dev.rtel.common.PlainJson.write(stream)
                + ", \"ttft_ms\": 5, \"ttft_content_ms\": 6, \"latency_ms\": 7}");
        assertThat(completion.text()).contains("Final answer: 5");
        assertThat(completion.reasoning()).contains("hm");
        assertThat(completion.usage().get("completion_tokens")).isEqualTo(7L);
        assertThat(completion.generationId()).contains("gen-1");
        assertThat(completion.ttft()).contains(Duration.ofMillis(5));
        assertThat(completion.ttftContent()).contains(Duration.ofMillis(6));
        assertThat(completion.raw()).contains(stream);
    }

    @Test
    void aVerbatimReplyMayBeText() throws Exception {
        String quoted = dev.rtel.common.PlainJson.write("\n " + RAW);
        assertThat(complete("{" + KEY + ", \"raw\": " + quoted + "}").text()).contains("Final answer: 5");
    }

    @Test
    void aRecordedErrorKeepsItsTypeAndIsNeverTriedAgain() {
        assertThatThrownBy(() -> complete("{" + KEY
                        + ", \"raw\": {\"error\": {\"code\": 400, \"message\": \"Reasoning is mandatory\"}}}"))
                .isInstanceOf(ModelException.Permanent.class)
                .hasMessageContaining("Reasoning is mandatory");
        assertThatThrownBy(() ->
                        complete("{" + KEY + ", \"raw\": {\"error\": {\"code\": 503, \"message\": \"overloaded\"}}}"))
                .isInstanceOfSatisfying(
                        ModelException.Permanent.class,
                        e -> assertThat(e.failure().type()).isEqualTo("provider_overloaded"));
        assertThatThrownBy(() ->
                        complete("{" + KEY + ", \"raw\": {\"error\": {\"code\": 402, \"message\": \"no credit\"}}}"))
                .isInstanceOfSatisfying(
                        ModelException.Permanent.class,
                        e -> assertThat(e.failure().type()).isEqualTo("payment_required"));
    }

    @Test
    void epochsAreAnsweredOneByOne() throws Exception {
        Path file =
                write("{" + KEY + ", \"text\": \"one\"}\n\n{" + KEY + ", \"epoch\": 2, \"text\": \"zwei ä😀\"}\r\n");
        Model model = model(file, "m");
        assertThat(complete(model, contestant(1)).text()).contains("one");
        assertThat(complete(model, contestant(2)).text()).contains("zwei ä😀");
        ModelException.Permanent missing =
                catchThrowableOfType(ModelException.Permanent.class, () -> complete(model, contestant(3)));
        assertThat(missing).hasMessage("no recorded completion for m t/s #3");
        assertThat(missing.details().type()).isEqualTo("not_found");
        assertThat(missing.failure().retryable()).isFalse();
    }

    @Test
    void roleCallsAreAnsweredInTheirOrder() throws Exception {
        Path file = write("{" + KEY + ", \"text\": \"proof\", \"judge\": ["
                + "{\"role\": \"judge\", \"model\": \"j/one\", \"text\": \"first\", \"usage\": {\"completion_tokens\": 4}, \"latency_ms\": 5},"
                + "{\"role\": \"judge-2\", \"text\": \"other role\"},"
                + "{\"raw\": " + RAW + "}]}\n");
        Model model = model(file, "j/one");

        assertThat(complete(model, call("judge", 0)))
                .isEqualTo(Completion.builder()
                        .text("first")
                        .usage(Map.of("completion_tokens", 4L))
                        .latency(Duration.ofMillis(5))
                        .build());
        assertThat(complete(model, call("judge", 1)).text()).contains("Final answer: 5");
        assertThat(complete(model, call("judge", 1)).raw()).contains(RAW);
        assertThat(complete(model, call("judge-2", 0)).text()).contains("other role");
        ModelException.Permanent missing =
                catchThrowableOfType(ModelException.Permanent.class, () -> complete(model, call("judge", 2)));
        assertThat(missing.details().type()).isEqualTo("not_found");
        assertThat(missing)
                .hasMessage("no recorded completion for call 3 of the role 'judge' in grading m t/s #1; recorded: 2");
    }

    @Test
    void theOriginIsWhatWasRecorded() throws Exception {
        Path file = write("{" + KEY + ", \"text\": \"a\", \"client\": \"openrouter\", \"simulated\": true}\n"
                + "{\"model\": \"n\", \"task\": \"t\", \"sample\": \"s\", \"text\": \"b\"}\n");
        assertThat(model(file, "m").origin()).contains(new Origin("openrouter", true));
        assertThat(model(file, "n").origin()).contains(new Origin("replay", false));
    }

    @Test
    void aRosterIsMadeOfTheFile() throws Exception {
        Path file = write(
                "{\"model\": \"r1\", \"model_id\": \"deepseek/deepseek-r1\", \"task\": \"t\", \"sample\": \"s\", \"text\": null,"
                        + " \"params\": {\"max_tokens\": 9, \"seed\": 1}, \"routing\": {\"only\": [\"x\"]}, \"judge\": [{\"model\": \"j/j\", \"text\": \"ok\"}]}\n"
                        + "{\"model\": \"openai/gpt-4.1\", \"task\": \"t\", \"sample\": \"s\", \"text\": \"x\"}\n"
                        + "{\"model\": \"r1\", \"task\": \"t\", \"sample\": \"s2\", \"text\": null, \"params\": {\"seed\": 1, \"max_tokens\": 9}}\n");
        CompletionsFile completions = CompletionsFile.read(file);
        Roster roster = completions.roster("again");

        assertThat(roster.name()).isEqualTo("again");
        assertThat(roster.models())
                .extracting(ModelEntry::name, ModelEntry::id, ModelEntry::locked, ModelEntry::baseline)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("r1", "deepseek/deepseek-r1", true, false),
                        org.assertj.core.groups.Tuple.tuple("openai/gpt-4.1", "openai/gpt-4.1", false, true));
        ModelEntry first = roster.models().get(0);
        assertThat(first.params()).isEqualTo(Map.of("max_tokens", 9L, "seed", 1L));
        assertThat(first.routing()).isEqualTo(Map.of("only", List.of("x")));
        assertThat(first.client().provider()).isEqualTo("replay");
        assertThat(first.client().config().values()).isEqualTo(Map.of("file", file.toString()));
        assertThat(roster.roles()).containsOnlyKeys("judge");
        assertThat(roster.roles().get("judge").id()).isEqualTo("j/j");
        assertThat(completions.trials()).hasSize(3).startsWith(new TrialKey("r1", "t", "s", 1));
    }

    @Test
    void aJudgeWithoutAModelIsNamedAfterItsRole() throws Exception {
        Path file = write("{" + KEY + ", \"text\": null, \"judge\": [{\"text\": \"ok\"}]}");
        assertThat(CompletionsFile.read(file).roster("r").roles().get("judge").id())
                .isEqualTo("replay/judge");
        assertThat(CompletionsFile.read(write("{" + KEY + ", \"text\": null}"))
                        .roster("r")
                        .roles())
                .isEmpty();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{`model`: `m`, `task`: `t`}                             | 1: sample: is missing, expected text",
                "{KEY, `text`: null}\\n{KEY, `epoch`: 1, `text`: null}   | 2: the completion of m t/s #1 is recorded twice, first on line 1; keep one of them",
                "{KEY, `epoch`: 0}                                       | 1: epoch: is the number 0, expected a whole number from 1",
                "{KEY, `text`: 5}                                        | 1: text: is the number 5 without quotes, expected text in quotes: \"5\"",
                "{KEY, `usage`: 5}                                       | 1: usage: is the number 5, expected a group of keys",
                "{KEY, `raw`: 5}                                         | 1: raw: is the number 5, expected the provider's JSON as an object or as text",
                "{KEY, `latency_ms`: -1}                                 | 1: latency_ms: is -1, expected milliseconds from 0",
                "{KEY, `judge`: {}}                                      | 1: judge: is a group of keys, expected a list of role calls",
                "{KEY, `judge`: [1]}                                     | 1: judge[0]: is the number 1, expected a role call: {role, model, text, …}",
                "\\n[1]                                                  | 2: expected one JSON object on each line",
                "\\n\\n{KEY                                              | 3: not JSON: ",
                "{KEY, `text`: `a`, `text`: `b`}                         | 1: text: the key is given twice, first on line 1; keep one of them",
                "{KEY, `text`: null, `params`: {`a`: 1}}\\n{KEY, `text`: null, `epoch`: 2, `params`: {`a`: 2}} | 2: params: of model 'm' is {\"a\":2}, but {\"a\":1} on line 1",
                "{KEY, `text`: null, `model_id`: `a`}\\n{KEY, `text`: null, `epoch`: 2, `model_id`: `b`} | 2: model_id: of model 'm' is \"b\", but \"a\" on line 1",
            })
    void faultsAreNamedWithFileAndLine(String text, String message) throws IOException {
        Path file = write(text.replace("KEY", KEY).replace('`', '"').replace("\\n", "\n"));
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> CompletionsFile.read(file));
        assertThat(e).isNotNull();
        assertThat(e.getMessage()).startsWith(file + ":" + message);
    }

    @Test
    void emptyMissingAndMisencodedFilesAreRefused() throws IOException {
        assertThatThrownBy(() -> CompletionsFile.read(write("\n\n")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("holds no completion");
        assertThatThrownBy(() -> CompletionsFile.read(folder.resolve("none.jsonl")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there is no such file");
        Path latin = Files.write(
                folder.resolve("latin.jsonl"),
                ("{" + KEY + ", \"text\": null}\n{\"x\": \"ü\"}").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> CompletionsFile.read(latin))
                .isInstanceOf(ConfigException.class)
                .hasMessage(latin + ":2: the file is not UTF-8; save it with that encoding");
    }

    @Test
    void aLineWithNeitherTextNorReplyIsRefusedNotGradedAsWrong() throws IOException {
        Path file = write("{" + KEY + ", \"text\": \"a\"}\n{" + KEY.replace("\"s\"", "\"s2\"") + ", \"txt\": \"b\"}");
        assertThatThrownBy(() -> CompletionsFile.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(file + ":2: neither 'text' nor 'raw' is there");
    }

    @Test
    void mistakesInTheSettingsShowBeforeTheRun() throws Exception {
        Path file = write("{" + KEY + ", \"text\": \"a\"}");
        ReplayModelProvider provider = new ReplayModelProvider();
        assertThatThrownBy(() -> provider.create(SimpleContext.of(Map.of("fiel", file.toString()))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("did you mean 'file'?");
        assertThatThrownBy(() -> provider.create(SimpleContext.of(Map.of())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("settings.file is required");
        assertThatThrownBy(() -> provider.create(SimpleContext.of(Map.of("file", folder + "/gone.jsonl"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there is no file");
        assertThatThrownBy(() -> model(file, "n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("there is no recorded model 'n' (did you mean 'm'?); there are: [m]");
    }

    @Test
    void theProviderIsFoundByName() {
        ComponentRegistry<Model, ModelProvider> registry =
                ComponentRegistry.of(ModelProvider.class, Optional.of(ReplayTest.class.getClassLoader()), List.of());
        assertThat(registry.provider("replay")).isInstanceOf(ReplayModelProvider.class);
        assertThat(registry.broken()).isEmpty();
        assertThat(registry.provider("replay")
                        .defaultExtractor(dev.rtel.config.Config.empty())
                        .provider())
                .isEqualTo("usage");
        assertThat(registry.provider("replay").description()).isNotBlank();
    }

    @Test
    void aFileThatChangedIsReadAgain() throws Exception {
        ReplayModelProvider provider = new ReplayModelProvider();
        Path file = write("{" + KEY + ", \"text\": \"a\"}");
        Map<String, Object> settings = Map.of("file", file.toString(), "model_id", "m", "model_name", "m");
        Model before = provider.create(SimpleContext.of(settings));
        write("{\"model\": \"m\", \"task\": \"other\", \"sample\": \"s\", \"text\": \"b\"}");
        assertThatThrownBy(() -> complete(before, contestant(1))).isInstanceOf(ModelException.Permanent.class);
        Model after = provider.create(SimpleContext.of(settings));
        assertThat(after.complete(
                                CompletionRequest.of("q"),
                                context(new TrialKey("m", "other", "s", 1), Attempt.CONTESTANT, 0))
                        .text())
                .contains("b");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyRecordedLineIsFoundAgain(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder lines = new StringBuilder();
        int count = 1 + random.nextInt(40);
        for (int i = 0; i < count; i++) {
            lines.append(random.nextInt(4) == 0 ? "\n" : "");
            lines.append("{\"pad\": \"")
                    .append("ä😀x".repeat(random.nextInt(50)))
                    .append("\", \"sample\": \"s")
                    .append(i)
                    .append("\", \"task\": \"t\", \"model\": \"m\", \"text\": \"answer ")
                    .append(i)
                    .append("\"}");
            lines.append(random.nextBoolean() ? "\r\n" : "\n");
        }
        Model model = model(write(lines.toString()), "m");
        for (int i = count - 1; i >= 0; i--) {
            AttemptContext context = context(new TrialKey("m", "t", "s" + i, 1), Attempt.CONTESTANT, 0);
            assertThat(model.complete(CompletionRequest.of("q"), context).text())
                    .contains("answer " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyBytesAreCompletionsOrAConfigException(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] whole = ("{" + KEY + ", \"raw\": " + RAW + ", \"judge\": [{\"text\": \"x\"}]}\n")
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = whole.clone();
            for (int k = 0; k < random.nextInt(6); k++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Path file = Files.write(folder.resolve("random.jsonl"), bytes);
            try {
                assertThat(CompletionsFile.read(file).trials()).isNotEmpty();
            } catch (ConfigException e) {
                assertThat(e).hasMessageStartingWith(file.toString());
            }
        }
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 8);
    }

    private Completion complete(String line) throws Exception {
        return complete(model(write(line), "m"), contestant(1));
    }

    private static Completion complete(Model model, AttemptContext context) throws InterruptedException {
        return model.complete(CompletionRequest.of("q"), context);
    }

    private static Model model(Path file, String name) {
        return new ReplayModelProvider()
                .create(SimpleContext.of(
                        Map.of("file", file.toString(), "model_id", "id/" + name, "model_name", name)));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("completions.jsonl"), text);
    }

    private AttemptContext contestant(int epoch) {
        return context(new TrialKey("m", "t", "s", epoch), Attempt.CONTESTANT, 0);
    }

    private AttemptContext call(String role, int number) {
        return context(new TrialKey("m", "t", "s", 1), role, number);
    }

    private AttemptContext context(TrialKey trial, String role, int call) {
        return new AttemptContext() {
            @Override
            public String attemptId() {
                return "a";
            }

            @Override
            public TrialKey trial() {
                return trial;
            }

            @Override
            public String role() {
                return role;
            }

            @Override
            public int attempt() {
                return 1;
            }

            @Override
            public int call() {
                return call;
            }

            @Override
            public Instant deadline() {
                return Instant.MAX;
            }

            @Override
            public void onGenerationId(String id) {
                generationIds.add(id);
            }
        };
    }
}
