package dev.rtel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.common.PlainJson;
import dev.rtel.config.ConfigException;
import dev.rtel.eval.Completion;
import dev.rtel.eval.Count;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.UsageFlag;
import dev.rtel.testkit.SimpleContext;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The usage objects of the interfaces there are, each read under its profile. */
class InterfaceProfileTest {
    private static TokenUsage read(Map<String, Object> settings, String usage) {
        Completion reply = Completion.builder()
                .text("42")
                .usage(PlainJson.readObject(usage.replace('\'', '"')))
                .build();
        return new UsageTokenExtractorProvider()
                .create(SimpleContext.of(settings))
                .extract(reply);
    }

    private static OptionalLong count(Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** profile, usage object: prompt, cached, reasoning, response, completion, flags. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // OpenRouter: chat completions, responses, messages
                "openrouter|{'prompt_tokens':21,'completion_tokens':412,'total_tokens':433,'cost':0.00082925,"
                        + "'prompt_tokens_details':{'cached_tokens':3},'completion_tokens_details':{'reasoning_tokens':384}}"
                        + "|21|3|384|28|412|",
                "openrouter|{'prompt_tokens':21,'completion_tokens':412,'completion_tokens_details':null}|21|||"
                        + "|412|reasoning-missing",
                "openrouter|{'input_tokens':78,'input_tokens_details':{'cached_tokens':0},'output_tokens':37,"
                        + "'output_tokens_details':{'reasoning_tokens':22},'total_tokens':115}|78|0|22|15|37|",
                "openrouter|{'input_tokens':10,'output_tokens':52,'output_tokens_details':null}|10||||52|reasoning-missing",
                // OpenAI: chat completions, responses
                "openai|{'prompt_tokens':9,'completion_tokens':1984,'total_tokens':1993,'completion_tokens_details':"
                        + "{'reasoning_tokens':1984,'accepted_prediction_tokens':0}}|9||1984|0|1984|",
                "openai|{'prompt_tokens':30,'completion_tokens':200,'total_tokens':230}|30||||200|reasoning-missing",
                "openai|{'prompt_tokens':30,'completion_tokens':200,'total_tokens':260}|30||||200"
                        + "|reasoning-missing total-mismatch",
                "openai|{'input_tokens':10,'output_tokens':52,'output_tokens_details':{'reasoning_tokens':30},"
                        + "'total_tokens':62}|10||30|22|52|",
                // Anthropic: messages, older versions, compatible endpoint
                "anthropic|{'input_tokens':10,'cache_read_input_tokens':5,'cache_creation_input_tokens':2,"
                        + "'output_tokens':52,'output_tokens_details':{'thinking_tokens':30}}"
                        + "|17|5|30|22|52|relation-assumed",
                "anthropic|{'input_tokens':10,'output_tokens':52}|10||||52|reasoning-missing",
                "anthropic|{'prompt_tokens':10,'completion_tokens':52,'total_tokens':62}|10||||52|reasoning-missing",
                // Gemini: native, tools, all spent on thinking, compatible endpoint
                "gemini|{'promptTokenCount':177,'candidatesTokenCount':19,'thoughtsTokenCount':64,"
                        + "'cachedContentTokenCount':7,'totalTokenCount':260}|177|7|64|19|83|additive",
                "gemini|{'promptTokenCount':170,'toolUsePromptTokenCount':7,'candidatesTokenCount':19,"
                        + "'thoughtsTokenCount':64,'totalTokenCount':260}|177||64|19|83|additive",
                "gemini|{'promptTokenCount':177,'thoughtsTokenCount':64,'totalTokenCount':241}|177||64|0|64|additive",
                "gemini|{'promptTokenCount':177,'candidatesTokenCount':19,'totalTokenCount':196}|177||||19"
                        + "|reasoning-missing",
                "gemini|{'prompt_tokens':177,'completion_tokens':19,'total_tokens':260}|177||64|19|83|",
                "gemini|{'prompt_tokens':177,'completion_tokens':19,'completion_tokens_details':{'reasoning_tokens':64}}"
                        + "|177||64|19|83|additive relation-assumed",
                // xAI: chat completions, responses
                "xai|{'prompt_tokens':10120,'completion_tokens':1499,'total_tokens':14428,'completion_tokens_details':"
                        + "{'reasoning_tokens':2809}}|10120||2809|1499|4308|additive",
                "xai|{'prompt_tokens':10120,'completion_tokens':1499,'completion_tokens_details':"
                        + "{'reasoning_tokens':2809}}|10120||2809|1499|4308|additive relation-assumed",
                "xai|{'prompt_tokens':10120,'completion_tokens':1499,'total_tokens':14428}|10120||2809|1499|4308|",
                "xai|{'input_tokens':166,'output_tokens':255,'total_tokens':421,'output_tokens_details':"
                        + "{'reasoning_tokens':200},'cost_in_usd_ticks':158500}|166||200|55|255|",
                "xai|{'input_tokens':166,'output_tokens':255,'output_tokens_details':{'reasoning_tokens':200}}"
                        + "|166||200|55|255|relation-assumed",
                // DeepSeek
                "deepseek|{'prompt_tokens':12,'completion_tokens':40,'total_tokens':52,'prompt_cache_hit_tokens':8,"
                        + "'prompt_cache_miss_tokens':4,'completion_tokens_details':{'reasoning_tokens':34}}"
                        + "|12|8|34|6|40|",
                "deepseek|{'prompt_tokens':12,'completion_tokens':40,'total_tokens':52}|12||||40|reasoning-missing",
                // Mistral
                "mistral|{'prompt_tokens':12,'completion_tokens':40,'total_tokens':52}|12||||40|reasoning-missing",
                // Cohere v2
                "generic|{'billed_units':{'input_tokens':9,'output_tokens':340},'tokens':{'input_tokens':12,"
                        + "'output_tokens':346,'reasoning_tokens':304},'cached_tokens':4}"
                        + "|12|4|304|42|346|relation-assumed",
                // GitHub Copilot, SGLang
                "generic|{'prompt_tokens':10,'completion_tokens':52,'reasoning_tokens':30,'total_tokens':62}"
                        + "|10||30|22|52|",
                "generic|{'prompt_tokens':10,'completion_tokens':22,'reasoning_tokens':30,'total_tokens':62}"
                        + "|10||30|22|52|additive",
                "sglang|{'prompt_tokens':10,'completion_tokens':52,'reasoning_tokens':30,'total_tokens':62}|10||30|22|52|",
                "sglang|{'prompt_tokens':10,'completion_tokens':52,'reasoning_tokens':0,'total_tokens':62}|10||0|52|52|",
                // vLLM
                "vllm|{'prompt_tokens':10,'completion_tokens':52,'total_tokens':62,'prompt_tokens_details':null}"
                        + "|10||||52|reasoning-missing",
                "vllm|{'prompt_tokens':10,'completion_tokens':52,'total_tokens':62,'completion_tokens_details':"
                        + "{'reasoning_tokens':30}}|10||30|22|52|",
                // llama.cpp: compatible, native
                "llama-cpp|{'prompt_tokens':10,'completion_tokens':52,'total_tokens':62}|10||||52|reasoning-missing",
                "llama-cpp|{'tokens_evaluated':10,'tokens_predicted':52}|10||||52|reasoning-missing",
                // Ollama: native, compatible
                "ollama|{'prompt_eval_count':10,'eval_count':52,'eval_duration':1}|10||||52|reasoning-missing",
                "ollama|{'prompt_tokens':10,'completion_tokens':52,'total_tokens':62}|10||||52|reasoning-missing",
                // numbers as text, as floats, with exponents
                "generic|{'prompt_tokens':'10','completion_tokens':52.0,'completion_tokens_details':"
                        + "{'reasoning_tokens':3e1}}|10||30|22|52|relation-assumed",
            })
    void reportsOfEveryInterfaceAreReadIntoCounts(
            String profile,
            String usage,
            Long prompt,
            Long cached,
            Long reasoning,
            Long response,
            Long completion,
            String flags) {
        TokenUsage read = read(Map.of("profile", profile), usage);
        assertThat(read.prompt().value()).isEqualTo(count(prompt));
        assertThat(read.cached().value()).isEqualTo(count(cached));
        assertThat(read.reasoning().value()).isEqualTo(count(reasoning));
        assertThat(read.response().value()).isEqualTo(count(response));
        assertThat(read.completion().value()).isEqualTo(count(completion));
        assertThat(read.flags().stream().map(UsageFlag::word).toList())
                .containsExactlyInAnyOrder(flags == null ? new String[0] : flags.split(" "));
    }

    @Test
    void aCountThatOthersTellIsMarkedDerived() {
        TokenUsage spent = read(
                Map.of("profile", "gemini"), "{'promptTokenCount':177,'thoughtsTokenCount':64,'totalTokenCount':241}");
        assertThat(spent.reasoning()).isEqualTo(Count.of(64, Count.Source.USAGE));
        assertThat(spent.completion()).isEqualTo(Count.of(64, Count.Source.DERIVED));
        assertThat(spent.response()).isEqualTo(Count.of(0, Count.Source.DERIVED));
    }

    @ParameterizedTest
    @CsvSource({
        "xai,auto,40,10",
        "xai,inclusive,40,10",
        "xai,additive,70,40",
        "openai,additive,70,40",
        "openai,,40,10",
        "xai,,70,40",
        ",,40,10",
        ",additive,70,40"
    })
    void theRelationSettingGoesBeforeTheProfiles(String profile, String relation, long completion, long response) {
        Map<String, Object> settings = new java.util.HashMap<>();
        Optional.ofNullable(profile).ifPresent(word -> settings.put("profile", word));
        Optional.ofNullable(relation).ifPresent(word -> settings.put("relation", word));
        TokenUsage usage =
                read(settings, "{'completion_tokens':40,'completion_tokens_details':{'reasoning_tokens':30}}");
        assertThat(usage.completion().value()).hasValue(completion);
        assertThat(usage.response().value()).hasValue(response);
        assertThat(usage.flags()).contains(UsageFlag.RELATION_ASSUMED);
    }

    @Test
    void anUnknownProfileIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> new UsageTokenExtractorProvider().create(SimpleContext.of(Map.of("profile", "opnai"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("profile")
                .hasMessageContaining("'opnai' (did you mean 'openai'?)")
                .hasMessageContaining("llama-cpp");
    }

    @ParameterizedTest
    @EnumSource(InterfaceProfile.class)
    void profilesAreFoundByName(InterfaceProfile profile) {
        assertThat(InterfaceProfile.named(profile.word())).contains(profile);
        assertThat(profile.splits()).isEqualTo(profile.reasoningField().isPresent());
        assertThat(InterfaceProfile.named(profile.name() + "!")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://openrouter.ai/api/v1,openrouter",
        "https://eu.openrouter.ai/api/v1,openrouter",
        "https://API.OpenAI.com/v1,openai",
        "https://api.anthropic.com/v1,anthropic",
        "https://generativelanguage.googleapis.com/v1beta/openai,gemini",
        "https://api.x.ai/v1,xai",
        "https://us-east-1.api.x.ai/v1,xai",
        "https://api.deepseek.com,deepseek",
        "https://api.mistral.ai/v1,mistral",
        "http://localhost:11434/v1,ollama",
        "http://127.0.0.1:8000/v1,generic",
        "https://api.openai.com.example.org/v1,generic",
        "https://notopenrouter.ai/v1,generic",
        "https://example.org/api.openai.com,generic",
        "mailto:a@b.c,generic",
    })
    void theAddressTellsTheProfile(URI base, String word) {
        assertThat(InterfaceProfile.ofBaseUrl(base).word()).isEqualTo(word);
    }

    @Test
    void whatTheInterfacesDoIsSaid() {
        assertThat(InterfaceProfile.XAI.countsBeside()).isTrue();
        assertThat(InterfaceProfile.GEMINI.derives()).isTrue();
        assertThat(InterfaceProfile.OPENAI.derives()).isFalse();
        assertThat(InterfaceProfile.OLLAMA.inlineThinking()).isTrue();
        assertThat(InterfaceProfile.OPENROUTER.inlineThinking()).isFalse();
    }
}
