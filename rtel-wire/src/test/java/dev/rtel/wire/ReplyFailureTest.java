package dev.rtel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rtel.spi.ModelException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyFailureTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    private static ModelException failure(int status, Map<String, String> headers, String body) {
        ModelException failure = catchThrowableOfType(
                ModelException.class, () -> ChatReply.read(status, headers, body.replace('\'', '"'), NOW));
        assertThat(failure).as("HTTP %s %s", status, body).isNotNull();
        return failure;
    }

    private static ModelException failure(int status, String body) {
        return failure(status, Map.of(), body);
    }

    private static String kind(ModelException failure) {
        return failure.getClass().getSimpleName() + " " + failure.details().type();
    }

    @ParameterizedTest
    @CsvSource({
        "400,Permanent invalid_request",
        "401,RunFatal authentication",
        "402,RunFatal payment_required",
        "403,Permanent permission_denied",
        "404,Permanent not_found",
        "408,Transient timeout",
        "412,Permanent precondition_failed",
        "413,Permanent payload_too_large",
        "422,Permanent unprocessable",
        "429,Transient rate_limit_exceeded",
        "500,Transient server",
        "502,Transient provider_unavailable",
        "503,Transient provider_overloaded",
        "504,Transient timeout",
        "524,Transient timeout",
        "529,Transient provider_overloaded",
        "301,Permanent invalid_request",
        "418,Permanent invalid_request",
        "599,Transient server",
    })
    void theStatusDecides(int status, String kind) {
        for (String body : new String[] {
            "{'error':{'code':" + status + ",'message':'no'},'user_id':'u'}",
            "{'error':{'code':'" + status + "','message':'no'}}",
            "{'error':{'code':null,'message':'no'}}",
            "{'error':'no'}",
            "{'message':'no'}",
            "{'object':'error','message':'no','type':'BadRequestError'}",
            "{}",
            "<html><body>Blocked</body></html>",
            "",
            "[1]",
            "null",
        }) {
            ModelException failure = failure(status, body);
            assertThat(kind(failure)).as(body).isEqualTo(kind);
            assertThat(failure.details().status()).hasValue(status);
            assertThat(failure).hasMessageContaining("HTTP " + status);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "502,Transient provider_unavailable",
        "429,Transient rate_limit_exceeded",
        "402,RunFatal payment_required",
        "400,Permanent invalid_request",
        "'\"502\"',Transient provider_unavailable",
        "null,Transient server",
        "'\"upstream\"',Transient server",
        "200,Transient server",
    })
    void anErrorInsideA200IsAFailure(String code, String kind) {
        ModelException failure = failure(
                200,
                "{'id':'gen-1','error':{'code':" + code + ",'message':'Upstream error'},'usage':{'prompt_tokens':3},"
                        + "'provider':'Nvidia'}");
        assertThat(kind(failure)).isEqualTo(kind);
        assertThat(failure.details().generationId()).contains("gen-1");
        assertThat(failure.details().usage()).containsEntry("prompt_tokens", 3L);
        assertThat(failure.details().provider()).contains("Nvidia");
        assertThat(failure.details().raw()).isPresent();
    }

    @Test
    void anErrorOfTheChoiceIsAFailureWithItsUsage() {
        ModelException failure = failure(200, """
                {"id":"gen-1","model":"z-ai/glm-4.6","provider":"BaseTen","choices":[{"finish_reason":"error",
                "message":{"content":"The answer is"},"error":{"code":502,"message":"Provider disconnected mid-stream",
                "metadata":{"error_type":"provider_unavailable"}}}],"usage":{"completion_tokens":31,"cost":0}}""");
        assertThat(kind(failure)).isEqualTo("Transient provider_unavailable");
        assertThat(failure).hasMessageContaining("disconnected");
        assertThat(failure.details().usage()).containsEntry("completion_tokens", 31L);
        assertThat(kind(failure(200, "{'choices':[{'finish_reason':'error','message':{'content':'x'}}]}")))
                .isEqualTo("Transient provider_unavailable");
        assertThat(kind(failure(200, "{'choices':[{'message':{'content':'x'},'error':'gone'}]}")))
                .isEqualTo("Transient provider_unavailable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  \n\n   ",
                "\n     \n{\"id\":\"gen-1\",\"cho",
                "<!DOCTYPE html><html></html>",
                "null",
                "[]",
                "\"ok\"",
                "{}",
                "{\"id\":\"gen-1\",\"choices\":null}",
                "{\"id\":\"gen-1\",\"choices\":[]}",
                "{\"choices\":[null]}",
                "{\"choices\":[{}]}",
                "{\"choices\":[{\"message\":null}]}",
                "{\"choices\":[{\"message\":\"42\"}]}",
                "{\"choices\":{\"message\":{}}}",
                "{\"provider\":{\"choices\":[{\"message\":{\"content\":\"42\"}}]}}",
                "{\"choices\":[{\"message\":{}}]} {}",
            })
    void aReplyThatIsNoCompletionIsMalformed(String body) {
        ModelException failure = failure(200, body);
        assertThat(kind(failure)).isEqualTo("Transient malformed_reply");
        assertThat(failure.details().raw().isPresent()).isEqualTo(!body.isBlank());
    }

    @Test
    void theWordOfTheProviderIsTheType() {
        assertThat(kind(failure(400, "{'error':{'code':400,'metadata':{'error_type':'content_policy_violation'}}}")))
                .isEqualTo("Permanent content_policy_violation");
        assertThat(kind(failure(503, "{'error':{'error_type':'provider_overloaded','http_status':503}}")))
                .isEqualTo("Transient provider_overloaded");
        assertThat(kind(failure(200, "{'error':{'error_type':'rate_limit_exceeded','http_status':429}}")))
                .isEqualTo("Transient rate_limit_exceeded");
        assertThat(kind(failure(200, "{'error':{'error_type':'not_found'}}"))).isEqualTo("Permanent not_found");
        assertThat(kind(failure(400, "{'error':{'error_type':'Odd Word; drop'}}")))
                .isEqualTo("Permanent invalid_request");
    }

    @Test
    void anOverlongPromptIsNamed() {
        assertThat(kind(failure(400, "{'error':{'message':'This endpoint is limited: maximum context length is 9'}}")))
                .isEqualTo("Permanent context_length_exceeded");
        assertThat(kind(failure(400, "{'error':{'code':'context_length_exceeded','message':'too long'}}")))
                .isEqualTo("Permanent context_length_exceeded");
    }

    @Test
    void anEmptyAccountStopsTheRunWhateverTheStatus() {
        assertThat(kind(failure(429, "{'error':{'type':'insufficient_quota','code':'insufficient_quota'}}")))
                .isEqualTo("RunFatal payment_required");
    }

    @ParameterizedTest
    @CsvSource({
        "429,capacity_exhausted,true,Transient",
        "503,temporarily_unavailable,true,Transient",
        "404,no_endpoints,false,Permanent",
        "503,temporarily_unavailable,false,Permanent",
        "404,odd,true,Transient",
        "401,odd,true,RunFatal",
    })
    void availabilityDecidesAboutRetries(int status, String code, boolean retryable, String kind) {
        ModelException failure = failure(
                status,
                "{'error':{'message':'m','availability':{'code':'" + code + "','retryable':" + retryable
                        + ",'retry_after':12}}}");
        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.details().retryAfter()).contains(Duration.ofSeconds(12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openrouter_free_tier_daily", "free-models-per-day", "tokens_per_day"})
    void aDailyLimitIsPermanent(String source) {
        assertThat(failure(429, "{'error':{'metadata':{'limit_source':'" + source + "'}}}"))
                .isInstanceOf(ModelException.Permanent.class);
    }

    @Test
    void aMinuteLimitIsTransient() {
        assertThat(failure(429, "{'error':{'metadata':{'limit_source':'openrouter_free_tier_minute'}}}"))
                .isInstanceOf(ModelException.Transient.class);
    }

    @Test
    void aResetHoursAwayIsPermanent() {
        String millis = Long.toString(NOW.plus(Duration.ofHours(7)).toEpochMilli());
        assertThat(failure(429, "{'error':{'metadata':{'headers':{'X-RateLimit-Reset':'" + millis + "'}}}}"))
                .isInstanceOf(ModelException.Permanent.class);
        assertThat(failure(429, Map.of("x-ratelimit-reset", millis), "{}"))
                .isInstanceOf(ModelException.Permanent.class);
    }

    @Test
    void waitHintsComeInOrder() {
        String reset = Long.toString(NOW.plusSeconds(40).toEpochMilli());
        String body = "{'error':{'availability':{'retryable':true,'retry_after':12},'metadata':{'headers':"
                + "{'X-RateLimit-Reset':'" + reset + "'}}}}";
        assertThat(wait(Map.of("retry-after", "3", "x-ratelimit-reset", reset), body))
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(wait(Map.of("x-ratelimit-reset", reset), body)).isEqualTo(Duration.ofSeconds(12));
        assertThat(wait(Map.of("x-ratelimit-reset", reset), "{'error':{}}")).isEqualTo(Duration.ofSeconds(40));
        assertThat(wait(Map.of(), body.replace("'retry_after':12", "'code':'x'")))
                .isEqualTo(Duration.ofSeconds(40));
        assertThat(wait(Map.of("retry-after", "Sun, 01 Nov 2026 12:00:30 GMT"), "{}"))
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(wait(Map.of("retry-after", "Sun, 01 Nov 2026 11:00:00 GMT"), "{}"))
                .isEqualTo(Duration.ZERO);
        assertThat(wait(
                        Map.of(
                                "x-ratelimit-reset",
                                Long.toString(NOW.plusSeconds(40).getEpochSecond())),
                        "{}"))
                .isEqualTo(Duration.ofSeconds(40));
        assertThat(wait(Map.of("retry-after", "0.5"), "{}")).isEqualTo(Duration.ofMillis(500));
    }

    private static Duration wait(Map<String, String> headers, String body) {
        return failure(429, headers, body).details().retryAfter().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-3", "", "1e99", "99999999999999999999"})
    void anUnreadableHintIsNone(String hint) {
        assertThat(failure(429, Map.of("retry-after", hint, "x-ratelimit-reset", hint), "{}")
                        .details()
                        .retryAfter())
                .isEmpty();
    }

    @Test
    void keysAreNotRepeatedInMessages() {
        assertThat(failure(401, "{'error':{'message':'Incorrect API key provided: sk-or-v1-abcdef0123456789'}}"))
                .hasMessageContaining("[redacted]")
                .hasMessageNotContaining("abcdef0123456789");
    }

    @Test
    void theReasonOfTheUpstreamHostIsShownShortened() {
        ModelException failure = failure(
                429,
                "{'error':{'message':'Provider returned error','metadata':{'provider_name':'Google','raw':'"
                        + "temporarily rate-limited upstream ".repeat(50) + "'}}}");
        assertThat(failure).hasMessageContaining("Provider returned error: temporarily");
        assertThat(failure.getMessage()).hasSizeLessThan(500);
        assertThat(failure.details().provider()).contains("Google");
    }
}
