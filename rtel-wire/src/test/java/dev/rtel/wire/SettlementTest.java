package dev.rtel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.common.PlainJson;
import dev.rtel.eval.BillingRecord;
import dev.rtel.eval.Cost;
import dev.rtel.eval.Count;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.UsageFlag;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettlementTest {
    private static TokenUsage inline(String usage) {
        return UsageAccounting.of(PlainJson.readObject(usage.replace('\'', '"')), ReasoningRelation.AUTO, false, true);
    }

    private static BillingRecord record(String members) {
        return GenerationReply.read("{\"data\":{\"id\":\"gen-1\"" + members.replace('\'', '"') + "}}")
                .orElseThrow();
    }

    private static final String FULL = ",'tokens_prompt':15,'tokens_completion':131,'native_tokens_prompt':14,"
            + "'native_tokens_completion':120,'native_tokens_reasoning':112,'native_tokens_cached':3,"
            + "'usage':0.000265,'total_cost':2.65e-4,'is_byok':false,'upstream_inference_cost':0";

    @Test
    void nativeCountsFillWhatIsMissing() {
        TokenUsage settled = new Settlement(TokenUsage.unknown(UsageFlag.REASONING_MISSING), record(FULL)).settled();
        assertThat(settled.prompt()).isEqualTo(Count.of(14, Count.Source.GENERATION));
        assertThat(settled.completion()).isEqualTo(Count.of(120, Count.Source.GENERATION));
        assertThat(settled.reasoning()).isEqualTo(Count.of(112, Count.Source.GENERATION));
        assertThat(settled.response()).isEqualTo(Count.of(8, Count.Source.GENERATION));
        assertThat(settled.cached()).isEqualTo(Count.of(3, Count.Source.GENERATION));
        assertThat(settled.cost()).isEqualTo(Cost.of(new BigDecimal("0.000265"), Cost.Source.GENERATION));
        assertThat(settled.flags()).isEmpty();
    }

    @Test
    void whatTheReplyToldStaysAndADifferenceIsFlagged() {
        TokenUsage inline = inline("{'prompt_tokens':14,'completion_tokens':120,'total_tokens':134,'cost':0.0002,"
                + "'completion_tokens_details':{'reasoning_tokens':100}}");
        TokenUsage settled = new Settlement(inline, record(FULL)).settled();
        assertThat(settled.reasoning()).isEqualTo(Count.of(100, Count.Source.USAGE));
        assertThat(settled.response().value()).hasValue(20);
        assertThat(settled.cost().usd()).contains(new BigDecimal("0.0002"));
        assertThat(settled.flags()).containsExactly(UsageFlag.USAGE_GENERATION_DIFFER);
    }

    @Test
    void anAgreeingRecordChangesNothing() {
        TokenUsage inline = inline("{'prompt_tokens':14,'completion_tokens':120,'total_tokens':134,'cost':0.000265,"
                + "'prompt_tokens_details':{'cached_tokens':3},'completion_tokens_details':{'reasoning_tokens':112}}");
        assertThat(new Settlement(inline, record(FULL)).settled()).isEqualTo(inline);
    }

    @Test
    void aNullReasoningCountStaysMissing() {
        TokenUsage settled = new Settlement(
                        inline("{'prompt_tokens':14,'completion_tokens':120,'total_tokens':134}"),
                        record(FULL.replace("112", "null")))
                .settled();
        assertThat(settled.reasoning()).isEqualTo(Count.missing());
        assertThat(settled.response()).isEqualTo(Count.missing());
        assertThat(settled.flags()).containsExactly(UsageFlag.REASONING_MISSING);
    }

    @Test
    void normalisedCountsAreNeverUsed() {
        TokenUsage settled =
                new Settlement(TokenUsage.unknown(), record(",'tokens_prompt':15,'tokens_completion':131")).settled();
        assertThat(settled.prompt().known()).isFalse();
        assertThat(settled.completion().known()).isFalse();
    }

    @Test
    void moreReasoningThanCompletionLeavesTheSplitUnknown() {
        TokenUsage settled = new Settlement(TokenUsage.unknown(), record(FULL.replace("112", "500"))).settled();
        assertThat(settled.reasoning().known()).isFalse();
        assertThat(settled.reasoningRaw()).hasValue(500);
        assertThat(settled.completion().value()).hasValue(120);
        assertThat(settled.flags()).containsExactly(UsageFlag.REASONING_EXCEEDS_COMPLETION);
    }

    @Test
    void aUsableRecordReplacesAnUnusableSplit() {
        TokenUsage inline = inline("{'prompt_tokens':14,'completion_tokens':120,'total_tokens':134,"
                + "'completion_tokens_details':{'reasoning_tokens':130}}");
        TokenUsage settled = new Settlement(inline, record(FULL)).settled();
        assertThat(settled.reasoning()).isEqualTo(Count.of(112, Count.Source.GENERATION));
        assertThat(settled.response().value()).hasValue(8);
        assertThat(settled.reasoningRaw()).hasValue(130);
        assertThat(settled.flags()).containsExactly(UsageFlag.USAGE_GENERATION_DIFFER);
    }

    @Test
    void withTheUsersOwnKeyTheProvidersPriceIsAdded() {
        assertThat(record(",'total_cost':0.001,'is_byok':true,'upstream_inference_cost':0.02")
                        .costUsd())
                .contains(new BigDecimal("0.021"));
    }

    @Test
    void withTheUsersOwnKeyAFeeAloneIsNoCost() {
        assertThat(record(",'total_cost':0.001,'is_byok':true,'upstream_inference_cost':null")
                        .costUsd())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"data\":null}", "{\"data\":[]}", "<html>", "{\"error\":{\"code\":404}}"})
    void whatIsNoRecordIsEmpty(String body) {
        assertThat(GenerationReply.read(body)).isEmpty();
    }
}
