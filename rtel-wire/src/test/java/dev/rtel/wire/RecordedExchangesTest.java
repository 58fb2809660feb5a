package dev.rtel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.common.PlainJson;
import dev.rtel.eval.Completion;
import dev.rtel.eval.Cost;
import dev.rtel.eval.Count;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.UsageFlag;
import dev.rtel.spi.ModelException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Recorded OpenRouter traffic, read as the client would. */
class RecordedExchangesTest {
    record Exchange(String path, int status, Map<String, String> headers, String body) {
        boolean streamed() {
            return body.strip().startsWith("data:") || body.strip().startsWith(":");
        }
    }

    static List<Exchange> exchanges() {
        List<Exchange> all = new ArrayList<>();
        for (String line :
                SharedData.read("recorded/openrouter-exchanges.jsonl").lines().toList()) {
            Map<String, Object> exchange = PlainJson.readObject(line);
            Map<String, String> headers = new TreeMap<>();
            Fields.object(exchange, "headers").forEach((name, value) -> headers.put(name.toLowerCase(), value + ""));
            String body = (String) exchange.get("body");
            if (!body.strip().matches("(?s)(\\{|data:|:).*")) {
                body = new String(Base64.getMimeDecoder().decode(body), StandardCharsets.UTF_8);
            }
            all.add(new Exchange(
                    (String) exchange.get("uri"), ((Long) exchange.get("status")).intValue(), headers, body));
        }
        assertThat(all).hasSizeGreaterThan(20);
        return all;
    }

    private static Map<String, Object> json(String text) {
        return PlainJson.readObject(text.strip());
    }

    private static long number(Map<String, Object> usage, String key) {
        return (Long) usage.get(key);
    }

    @Test
    void everyPlainReplyGivesItsTextCountsCostAndFinishReason() {
        int read = 0;
        for (Exchange exchange : exchanges()) {
            if (exchange.streamed()
                    || exchange.status() != 200
                    || !exchange.path().endsWith("/chat/completions")) {
                continue;
            }
            Map<String, Object> root = json(exchange.body());
            Map<String, Object> choice = Fields.object(((List<?>) root.get("choices")).get(0));
            Map<String, Object> message = Fields.object(choice, "message");
            Completion completion =
                    ChatReply.read(exchange.status(), exchange.headers(), exchange.body(), Instant.EPOCH);
            assertThat(completion.text())
                    .isEqualTo(
                            Optional.ofNullable((String) message.get("content")).filter(t -> !t.isBlank()));
            assertThat(completion.reasoning()).isEqualTo(Optional.ofNullable((String) message.get("reasoning")));
            assertThat(completion.finishReason()).contains((String) choice.get("finish_reason"));
            assertThat(completion.generationId()).contains((String) root.get("id"));
            assertThat(completion.servedModel()).contains((String) root.get("model"));
            assertThat(completion.provider()).contains((String) root.get("provider"));
            assertThat(completion.raw()).contains(exchange.body().strip());
            assertThat(ChatReply.fromRaw(completion.raw().orElseThrow())).isEqualTo(completion);
            assertUsage(Fields.object(root, "usage"), UsageAccounting.of(completion, ReasoningRelation.AUTO));
            read++;
        }
        assertThat(read).isGreaterThan(20);
    }

    private static void assertUsage(Map<String, Object> reported, TokenUsage usage) {
        long prompt = number(reported, "prompt_tokens");
        long completion = number(reported, "completion_tokens");
        assertThat(usage.prompt()).isEqualTo(Count.of(prompt, Count.Source.USAGE));
        assertThat(usage.completion()).isEqualTo(Count.of(completion, Count.Source.USAGE));
        Object reasoning = Fields.object(reported, "completion_tokens_details").get("reasoning_tokens");
        assertThat(usage.reasoning().value())
                .isEqualTo(reasoning == null ? OptionalLong.empty() : OptionalLong.of((Long) reasoning));
        assertThat(usage.response().value())
                .isEqualTo(
                        reasoning == null || usage.flags().contains(UsageFlag.ZERO_WITH_TEXT)
                                ? OptionalLong.empty()
                                : OptionalLong.of(completion - (Long) reasoning));
        Object cost = reported.get("cost");
        if (Boolean.TRUE.equals(reported.get("is_byok"))) {
            Object upstream = Fields.object(reported, "cost_details").get("upstream_inference_cost");
            cost = cost == null || upstream == null
                    ? null
                    : new BigDecimal(cost.toString()).add(new BigDecimal(upstream.toString()));
        }
        assertThat(usage.cost())
                .isEqualTo(
                        cost == null ? Cost.missing() : Cost.of(new BigDecimal(cost.toString()), Cost.Source.BILLED));
        assertThat(usage.flags()).doesNotContain(UsageFlag.TOTAL_MISMATCH, UsageFlag.ADDITIVE);
        assertThat(usage.flags().contains(UsageFlag.REASONING_MISSING)).isEqualTo(reasoning == null);
    }

    @Test
    void everyErrorGivesItsKind() {
        for (Exchange exchange : exchanges()) {
            if (exchange.status() != 200) {
                assertThatThrownBy(() ->
                                ChatReply.read(exchange.status(), exchange.headers(), exchange.body(), Instant.EPOCH))
                        .isInstanceOfSatisfying(ModelException.class, e -> {
                            String message = Fields.text(Fields.object(json(exchange.body()), "error"), "message")
                                    .orElseThrow();
                            assertThat(e).hasMessageContaining("HTTP " + exchange.status());
                            assertThat(e.getMessage()).contains(message.substring(0, Math.min(60, message.length())));
                            assertThat(e.details().charge()).isEqualTo(ModelException.Charge.FREE);
                            assertThat(e.getClass()).isEqualTo(kindOf(exchange.status()));
                        });
            }
        }
    }

    private static Class<? extends ModelException> kindOf(int status) {
        return switch (status) {
            case 401, 402 -> ModelException.RunFatal.class;
            case 408, 429 -> ModelException.Transient.class;
            default -> status < 500 ? ModelException.Permanent.class : ModelException.Transient.class;
        };
    }

    /** A recorded stream taken apart by plain means. */
    private static final class Told {
        private String content = "";
        private String reasoning = "";
        private Object finish;
        private Map<String, Object> usage = Map.of();
        private Map<String, Object> last = Map.of();

        Told(String body) {
            for (String line : body.lines().toList()) {
                if (line.startsWith("data: {")) {
                    last = json(line.substring(6));
                    usage = Fields.object(last, "usage").isEmpty() ? usage : Fields.object(last, "usage");
                    for (Object choice : Fields.list(last, "choices")) {
                        Map<String, Object> delta = Fields.object(Fields.object(choice), "delta");
                        content += delta.get("content") instanceof String text ? text : "";
                        reasoning += delta.get("reasoning") instanceof String text ? text : "";
                        Object reason = Fields.object(choice).get("finish_reason");
                        finish = reason == null ? finish : reason;
                    }
                }
            }
        }
    }

    private static Optional<String> visible(String text) {
        return Optional.of(text).filter(t -> !t.isBlank());
    }

    @Test
    void everyStreamGivesItsTextCountsCostAndFinishReason() {
        int read = 0;
        for (Exchange exchange : exchanges()) {
            if (!exchange.streamed() || !exchange.path().endsWith("/chat/completions")) {
                continue;
            }
            Completion completion =
                    ChatReply.read(exchange.status(), exchange.headers(), exchange.body(), Instant.EPOCH);
            Told told = new Told(exchange.body());
            assertThat(completion.text()).isEqualTo(visible(told.content));
            assertThat(completion.reasoning()).isEqualTo(visible(told.reasoning));
            assertThat(completion.finishReason()).isEqualTo(Optional.ofNullable((String) told.finish));
            assertThat(completion.usage()).isEqualTo(told.usage);
            assertThat(completion.generationId()).contains((String) told.last.get("id"));
            assertThat(completion.servedModel()).contains((String) told.last.get("model"));
            assertThat(completion.provider()).contains((String) told.last.get("provider"));
            assertThat(completion.raw()).contains(exchange.body());
            assertThat(ChatReply.fromRaw(exchange.body())).isEqualTo(completion);
            if (!told.usage.isEmpty()) {
                assertUsage(told.usage, UsageAccounting.of(completion, ReasoningRelation.AUTO));
            }
            read++;
        }
        assertThat(read).isGreaterThan(2);
    }

    @Test
    void repliesOfTheResponsesInterfaceAreRead() {
        int read = 0;
        for (Exchange exchange : exchanges()) {
            if (!exchange.path().endsWith("/responses") || exchange.status() != 200) {
                continue;
            }
            Completion completion =
                    ChatReply.read(exchange.status(), exchange.headers(), exchange.body(), Instant.EPOCH);
            assertThat(completion.text()).isPresent();
            assertThat(completion.finishReason()).contains("stop");
            assertThat(completion.generationId().orElseThrow()).startsWith("gen-");
            TokenUsage usage = UsageAccounting.of(completion, ReasoningRelation.AUTO);
            assertThat(usage.prompt().value()).isPresent();
            assertThat(usage.completion().value()).isPresent();
            assertThat(usage.reasoning().value()).isPresent();
            assertThat(usage.cost().usd()).isPresent();
            assertThat(usage.flags()).isEmpty();
            read++;
        }
        assertThat(read).isPositive();
    }
}
