package dev.rtel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.common.PlainData;
import dev.rtel.common.PlainJson;
import dev.rtel.config.ConfigException;
import dev.rtel.eval.Completion;
import dev.rtel.eval.Cost;
import dev.rtel.eval.Count;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.UsageFlag;
import dev.rtel.spi.TokenExtractor;
import dev.rtel.spi.TokenExtractorProvider;
import dev.rtel.testkit.SimpleContext;
import dev.rtel.testkit.TokenExtractorCompatibilityKit;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageAccountingTest extends TokenExtractorCompatibilityKit {
    @Override
    protected TokenExtractor extractor() {
        return new UsageTokenExtractorProvider().create(SimpleContext.of(Map.of()));
    }

    private static TokenUsage read(String usage) {
        return UsageAccounting.of(PlainJson.readObject(usage), ReasoningRelation.AUTO, false, true);
    }

    private static OptionalLong count(Object value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of((Long) value);
    }

    @Test
    void allWorkedCasesHold() {
        Map<String, Object> file = PlainJson.readObject(SharedData.read("golden/token-accounting.json"));
        List<?> cases = (List<?>) file.get("cases");
        assertThat(cases).hasSizeGreaterThan(10);
        for (Object entry : cases) {
            Map<String, Object> golden = Fields.object(entry);
            Map<String, Object> in = Fields.object(golden, "input");
            Map<String, Object> expect = Fields.object(golden, "expect");
            TokenSplit split = TokenSplit.of(
                    count(in.get("prompt")),
                    count(in.get("completion")),
                    count(in.get("reasoning")),
                    count(in.get("total")),
                    InterfaceProfile.GENERIC.rule());
            String name = String.valueOf(golden.get("id"));
            assertThat(split.prompt()).as(name).isEqualTo(count(expect.get("prompt")));
            assertThat(split.response()).as(name).isEqualTo(count(expect.get("response")));
            assertThat(split.reasoning()).as(name).isEqualTo(count(expect.get("reasoning")));
            assertThat(split.completion()).as(name).isEqualTo(count(expect.get("completion")));
            TreeSet<String> flags = new TreeSet<>();
            split.flags().forEach(f -> flags.add(f == UsageFlag.ADDITIVE ? "ADDITIVE_REPORTING" : f.name()));
            if (split.prompt().isEmpty() && !flags.contains("NEGATIVE")) {
                flags.add("PROMPT_MISSING"); // an absent count says so itself
            }
            if (split.completion().isEmpty() && !flags.contains("NEGATIVE")) {
                flags.add("COMPLETION_MISSING");
            }
            assertThat(flags).as(name).isEqualTo(new TreeSet<>((List<?>) expect.get("flags")));
        }
    }

    /** prompt, output, reasoning, total, thinking visible: reasoning, response, completion, flags. */
    @ParameterizedTest
    @CsvSource({
        "21,412,384,433,true,     384,28,412,",
        "10120,1499,2809,14428,false, 2809,1499,4308,additive",
        "14,10,11,24,true,        ,,10,reasoning-exceeds-completion",
        "30,2801,0,2831,true,     0,,2801,zero-with-text",
        "30,200,,230,false,       ,,200,reasoning-missing",
        "177,19,,260,false,       64,19,83,",
        "177,19,64,260,false,     64,19,83,additive",
        "9,1984,1984,1993,false,  1984,0,1984,",
        "12,40,0,52,false,        0,40,40,",
        "12,40,30,,false,         30,10,40,relation-assumed",
        "12,40,30,99,false,       30,10,40,total-mismatch relation-assumed",
        "12,40,,40,false,         ,,40,reasoning-missing total-mismatch",
        ",40,30,52,false,         30,10,40,relation-assumed",
        "12,-1,30,52,false,       ,,,negative",
    })
    void numbersAreReadAsTheyProveThemselves(
            Long prompt,
            Long output,
            Long reasoning,
            Long total,
            boolean thinking,
            Long expectedReasoning,
            Long response,
            Long completion,
            String flags) {
        Map<String, Object> usage = new HashMap<>();
        usage.put("prompt_tokens", prompt);
        usage.put("completion_tokens", output);
        usage.put("total_tokens", total);
        Map<String, Object> details = new HashMap<>();
        details.put("reasoning_tokens", reasoning);
        usage.put("completion_tokens_details", details);
        TokenUsage read = UsageAccounting.of(PlainData.copyOf(usage), ReasoningRelation.AUTO, thinking, true);
        assertThat(read.reasoning().value()).isEqualTo(count(expectedReasoning));
        assertThat(read.response().value()).isEqualTo(count(response));
        assertThat(read.completion().value()).isEqualTo(count(completion));
        assertThat(read.flags().stream().map(UsageFlag::word).toList())
                .containsExactlyInAnyOrder(flags == null ? new String[0] : flags.split(" "));
        boolean derived = reasoning == null && expectedReasoning != null;
        assertThat(read.reasoning().source())
                .isEqualTo(
                        derived
                                ? Count.Source.DERIVED
                                : expectedReasoning == null ? Count.Source.MISSING : Count.Source.USAGE);
    }

    @Test
    void aNumberThatCannotBeUsedIsKeptAsRaw() {
        TokenUsage usage = read("{\"prompt_tokens\":14,\"completion_tokens\":10,\"total_tokens\":24,"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":11}}");
        assertThat(usage.reasoningRaw()).hasValue(11);
        assertThat(usage.reasoning()).isEqualTo(Count.missing());
    }

    @Test
    void aZeroBesideThinkingIsNotValidForRanking() {
        Completion encrypted = ChatReply.fromRaw("""
                {"choices":[{"message":{"content":"42","reasoning_details":[{"type":"reasoning.encrypted","data":"gAAA"}]}}],
                 "usage":{"prompt_tokens":1,"completion_tokens":9,"total_tokens":10,
                 "completion_tokens_details":{"reasoning_tokens":0}}}""");
        TokenUsage usage = extractor().extract(encrypted);
        assertThat(usage.flags()).containsExactly(UsageFlag.ZERO_WITH_TEXT);
        assertThat(usage.reasoningValid()).isFalse();
    }

    @Test
    void allZeroBesideAnAnswerIsUnknown() {
        String zeros = "{\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0,\"cost\":0}";
        TokenUsage usage = read(zeros);
        assertThat(usage.completion().known()).isFalse();
        assertThat(usage.prompt().known()).isFalse();
        TokenUsage silent = UsageAccounting.of(PlainJson.readObject(zeros), ReasoningRelation.AUTO, false, false);
        assertThat(silent.completion().value()).hasValue(0);
    }

    @Test
    void aCacheHitIsFlagged() {
        assertThat(extractor()
                        .extract(Completion.builder().text("42").cacheHit(true).build())
                        .flags())
                .contains(UsageFlag.CACHE_HIT);
    }

    @ParameterizedTest
    @CsvSource({"additive,70,40", "inclusive,40,10", "auto,40,10"})
    void theRelationSettingDecidesWhereTheNumbersDoNot(String relation, long completion, long response) {
        TokenExtractor extractor =
                new UsageTokenExtractorProvider().create(SimpleContext.of(Map.of("relation", relation)));
        TokenUsage usage = extractor.extract(reply(Map.of("completion_tokens", 40, "reasoning_tokens", 30)));
        assertThat(usage.completion().value()).hasValue(completion);
        assertThat(usage.response().value()).hasValue(response);
        assertThat(usage.flags()).contains(UsageFlag.RELATION_ASSUMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"relation\":\"both\"}", "{\"relatoin\":\"auto\"}"})
    void wrongSettingsAreRefused(String settings) {
        assertThatThrownBy(() ->
                        new UsageTokenExtractorProvider().create(SimpleContext.of(PlainJson.readObject(settings))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("relat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9007199254740993", "384.5", "\"384.5\"", "\"NaN\"", "\"\"", "true", "[]", "1e400", "null"})
    void countsThatAreNotExactAreUnknown(String number) {
        assertThat(read("{\"prompt_tokens\":" + number + ",\"completion_tokens\":5}")
                        .prompt()
                        .known())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'cost':8.4e-05|0.000084",
                "'cost':'0.00019325'|0.00019325",
                "'cost':0|0",
                "'cost':0.0004970133333333333|0.0004970133333333333",
                "'cost':0.001,'is_byok':true,'cost_details':{'upstream_inference_cost':0.02}|0.021",
                "'cost':0.001,'is_byok':false,'cost_details':{'upstream_inference_cost':0.02}|0.001",
                "'cost_in_usd_ticks':158500|0.00001585",
            })
    void costIsExact(String members, BigDecimal expected) {
        Cost cost = read(("{" + members + "}").replace('\'', '"')).cost();
        assertThat(cost.usd().orElseThrow()).isEqualByComparingTo(expected);
        assertThat(cost.source()).isEqualTo(Cost.Source.BILLED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",'cost_details':null", ",'cost_details':{'upstream_inference_cost':null}"})
    void withTheUsersOwnKeyAFeeAloneIsNoCost(String more) {
        assertThat(read(("{'cost':0.001,'is_byok':true" + more + "}").replace('\'', '"'))
                        .cost())
                .isEqualTo(Cost.missing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "\"free\"", "null", "1e999999999", "{}"})
    void anImpossibleCostIsUnknown(String cost) {
        assertThat(read("{\"cost\":" + cost + "}").cost()).isEqualTo(Cost.missing());
    }

    @Test
    void cachedTokensArePartOfThePrompt() {
        assertThat(read("{\"prompt_tokens\":687,\"prompt_tokens_details\":{\"cached_tokens\":679}}")
                        .cached()
                        .value())
                .hasValue(679);
        assertThat(read("{\"prompt_tokens\":687,\"prompt_tokens_details\":{\"cached_tokens\":688}}")
                        .cached()
                        .known())
                .isFalse();
    }

    @Test
    void theProviderIsListed() {
        assertThat(ServiceLoader.load(TokenExtractorProvider.class))
                .extracting(TokenExtractorProvider::name)
                .contains("usage");
    }
}
