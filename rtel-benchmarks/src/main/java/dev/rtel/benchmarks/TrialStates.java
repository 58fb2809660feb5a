package dev.rtel.benchmarks;

import dev.rtel.eval.Attempt;
import dev.rtel.eval.BillingRecord;
import dev.rtel.eval.Completion;
import dev.rtel.eval.Cost;
import dev.rtel.eval.Count;
import dev.rtel.eval.GradingDetail;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RoleUsage;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.Score;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialRecord;
import dev.rtel.eval.Waste;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The states one trial goes through in a run against OpenRouter, of realistic size: a reply of about 1.5 kB, a billing
 * record of about 1.2 kB. Replies differ from trial to trial, as real ones do.
 */
final class TrialStates {
    private static final String SENTENCE =
            "Divide both sides by the common factor, carry the remainder over and compare"
                    + " the two residues before the next step. ";

    private final RunPlan plan;
    private final Trial trial;
    private final int number;
    private final String generationId;
    private final Attempt attempt;

    TrialStates(RunPlan plan, int number) {
        this.plan = plan;
        this.trial = plan.trials().get(number);
        this.number = number;
        this.generationId = "gen-1788000000-" + Integer.toString(1_000_000_000 + number, 36) + "KlMnOpQrStUvWx";
        this.attempt = new Attempt(
                UUID.randomUUID().toString(),
                plan.runId(),
                trial.key(),
                Attempt.CONTESTANT,
                1,
                at(0),
                Optional.empty(),
                Optional.empty());
    }

    Attempt attempt() {
        return attempt;
    }

    Attempt.End end() {
        return Attempt.End.succeeded(at(840), Optional.of(new BigDecimal("0.000265")), Optional.of(generationId));
    }

    /** Paid and kept, verbatim reply included. */
    TrialRecord completed() {
        return record(new Outcome.Completed(completion().raw(reply()).build()));
    }

    /** Accounted and graded; the verbatim reply is in the store already. */
    TrialRecord scored() {
        return record(scored(completion().build(), Count.Source.USAGE));
    }

    /** With its billing record, which came last. */
    TrialRecord settled() {
        return record(scored(completion().billing(billing()).build(), Count.Source.GENERATION));
    }

    private Outcome.Scored scored(Completion completion, Count.Source source) {
        return new Outcome.Scored(
                completion,
                new TokenUsage(
                        Count.of(214, Count.Source.USAGE),
                        Count.of(0, Count.Source.USAGE),
                        Count.of(88, Count.Source.DERIVED),
                        Count.of(512, source),
                        OptionalLong.empty(),
                        Count.of(600, Count.Source.USAGE),
                        Cost.of(new BigDecimal("0.000265"), Cost.Source.BILLED),
                        Set.of()),
                new Score.Graded(
                        1,
                        Optional.of(String.valueOf(number)),
                        "the value equals the target",
                        new GradingDetail.Extraction(
                                "extracted", OptionalInt.of(1), OptionalInt.of(430), OptionalInt.of(434))),
                RoleUsage.none());
    }

    private Completion.Builder completion() {
        Map<String, @Nullable Object> usage = new LinkedHashMap<>();
        usage.put("prompt_tokens", 214L);
        usage.put("completion_tokens", 600L);
        usage.put("total_tokens", 814L);
        usage.put("cost", new BigDecimal("0.000265"));
        usage.put("is_byok", false);
        usage.put("prompt_tokens_details", Map.of("cached_tokens", 0L, "audio_tokens", 0L));
        usage.put("completion_tokens_details", Map.of("reasoning_tokens", 512L, "image_tokens", 0L));
        return Completion.builder()
                .text(answer())
                .reasoning(thinking())
                .finishReason("stop")
                .usage(usage)
                .latency(Duration.ofNanos(840_123_456L + number))
                .provider("DeepInfra")
                .servedModel(trial.model().id())
                .generationId(generationId);
    }

    private BillingRecord billing() {
        return new BillingRecord(
                Optional.of(generationId),
                OptionalLong.of(214),
                OptionalLong.of(0),
                OptionalLong.of(600),
                OptionalLong.of(512),
                Optional.of(new BigDecimal("0.000265")),
                Optional.of("DeepInfra"),
                Optional.of(trial.model().id()),
                false,
                Optional.of(generation()));
    }

    private String answer() {
        return SENTENCE.repeat(3) + "Check " + number + " once more.\nFinal answer: " + number;
    }

    private String thinking() {
        return "We need the value for " + number + ". " + SENTENCE.repeat(2);
    }

    private String reply() {
        return "\n         \n{\"id\":\"" + generationId + "\",\"object\":\"chat.completion\",\"created\":1788000000,"
                + "\"model\":\"" + trial.model().id() + "\",\"provider\":\"DeepInfra\",\"system_fingerprint\":null,"
                + "\"service_tier\":null,\"choices\":[{\"index\":0,\"logprobs\":null,\"finish_reason\":\"stop\","
                + "\"native_finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\""
                + answer().replace("\n", "\\n") + "\",\"refusal\":null,\"reasoning\":\"" + thinking()
                + "\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"" + thinking()
                + "\",\"format\":\"unknown\",\"index\":0}]}}],\"usage\":{\"prompt_tokens\":214,"
                + "\"completion_tokens\":600,\"total_tokens\":814,\"cost\":0.000265,\"is_byok\":false,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},"
                + "\"cost_details\":{\"upstream_inference_cost\":0.000265},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":512,\"image_tokens\":0}}}";
    }

    private String generation() {
        return "{\"data\":{\"id\":\"" + generationId + "\",\"request_id\":\"req-" + generationId
                + "\",\"upstream_id\":\"chatcmpl-" + number + "\",\"api_type\":\"completions\","
                + "\"created_at\":\"2026-08-29T09:20:00.433273+00:00\",\"model\":\""
                + trial.model().id()
                + "\",\"provider_name\":\"DeepInfra\",\"router\":null,\"preset_id\":null,\"service_tier\":null,"
                + "\"streamed\":false,\"cancelled\":false,\"finish_reason\":\"stop\",\"native_finish_reason\":\"stop\","
                + "\"latency\":840,\"generation_time\":5230,\"moderation_latency\":null,\"tokens_prompt\":215,"
                + "\"tokens_completion\":631,\"native_tokens_prompt\":214,\"native_tokens_completion\":600,"
                + "\"native_tokens_reasoning\":512,\"native_tokens_cached\":0,"
                + "\"native_tokens_completion_images\":null,\"num_media_prompt\":null,"
                + "\"num_input_audio_prompt\":null,\"num_media_completion\":0,\"num_search_results\":null,"
                + "\"num_fetches\":null,\"web_search_engine\":null,\"usage\":0.000265,\"total_cost\":0.000265,"
                + "\"cache_discount\":null,\"upstream_inference_cost\":0,\"is_byok\":false,"
                + "\"provider_responses\":[{\"endpoint_id\":\"ep_1\",\"id\":\"chatcmpl-" + number
                + "\",\"is_byok\":false,\"latency\":840,\"model_permaslug\":\""
                + trial.model().id()
                + "\",\"provider_name\":\"DeepInfra\",\"status\":200}],\"origin\":\"https://example.org\","
                + "\"http_referer\":\"https://example.org\",\"user_agent\":\"rtel/1.0\",\"app_id\":null,"
                + "\"external_user\":null,\"session_id\":null,\"response_cache_source_id\":null,"
                + "\"data_region\":\"global\",\"workspace_id\":null}}";
    }

    private TrialRecord record(Outcome outcome) {
        return new TrialRecord(plan.runId(), trial, outcome, 1, Waste.none(), at(0), at(840), Optional.empty());
    }

    private Instant at(long millis) {
        return plan.createdAt().plusNanos(number * 1_000L).plusMillis(millis);
    }
}
