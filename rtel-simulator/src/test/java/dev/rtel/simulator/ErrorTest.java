package dev.rtel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ErrorTest {
    private static final ObjectNode REQUEST = ApiClient.body(Scripts.THINKER, "question number 1.");

    private final MovableClock clock = new MovableClock();

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request",
        "401, authentication",
        "402, payment_required",
        "403, permission_denied",
        "404, not_found",
        "408, timeout",
        "412, precondition_failed",
        "413, payload_too_large",
        "422, unprocessable",
        "429, rate_limit_exceeded",
        "500, server",
        "502, provider_unavailable",
        "503, provider_overloaded",
        "504, timeout",
        "524, timeout",
        "529, provider_overloaded"
    })
    void everyStatusHasItsErrorType(int status, String type) {
        HttpResponse<String> response = post(Fault.status(status));
        assertThat(response.statusCode()).isEqualTo(status);
        JsonNode error = ApiClient.json(response).path("error");
        assertThat(error.path("code").intValue()).isEqualTo(status);
        assertThat(error.path("message").asString()).isNotEmpty();
        assertThat(error.at("/metadata/error_type").asString()).isEqualTo(type);
        assertThat(error.has("availability")).isFalse();
    }

    @Test
    void errorsComeWithoutMetadataWithStringAndWithNullCode() {
        JsonNode bare = error(Fault.status(500).withError(ErrorShape.NO_METADATA));
        assertThat(bare.propertyNames()).containsExactly("code", "message");
        assertThat(error(Fault.status(503).withError(ErrorShape.STRING_CODE))
                        .path("code")
                        .stringValue())
                .isEqualTo("503");
        assertThat(error(Fault.status(503).withError(ErrorShape.NULL_CODE))
                        .path("code")
                        .isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "400, model_not_found, false",
        "403, region_restricted, false",
        "404, no_endpoints, false",
        "429, capacity_exhausted, true",
        "503, temporarily_unavailable, true"
    })
    void availabilityTellsWhetherToTryAgain(int status, String code, boolean retryable) {
        JsonNode error =
                error(Fault.status(status).withError(ErrorShape.AVAILABILITY).withRetryAfterSeconds(7));
        assertThat(error.path("http_status").intValue()).isEqualTo(status);
        assertThat(error.path("error_type").asString()).isEqualTo(ApiError.errorType(status));
        JsonNode availability = error.path("availability");
        assertThat(availability.path("code").asString()).isEqualTo(code);
        assertThat(availability.path("retryable").booleanValue()).isEqualTo(retryable);
        assertThat(availability.path("retry_after").intValue()).isEqualTo(7);
        assertThat(availability.at("/requested_models/0").asString()).isEqualTo(Scripts.THINKER);
        assertThat(availability.at("/affected_providers/0").asString()).isEqualTo("acme-cloud");
        assertThat(availability.path("docs_url").asString()).endsWith("#" + code);
        assertThat(error.at("/metadata/previous_errors/0/status").intValue()).isEqualTo(status);
    }

    @Test
    void availabilityCanContradictItsStatusAndReplaceTheCode() {
        JsonNode error = error(Fault.status(503)
                .withError(ErrorShape.AVAILABILITY_WITHOUT_CODE)
                .withRetryable(false));
        assertThat(error.has("code")).isFalse();
        assertThat(error.path("http_status").intValue()).isEqualTo(503);
        assertThat(error.at("/availability/retryable").booleanValue()).isFalse();
        assertThat(error(Fault.status(502).withRetryable(true))
                        .at("/availability/retryable")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void providersOwnErrorComesAsTextOrObject() {
        JsonNode text = error(Fault.status(502).withError(ErrorShape.RAW_TEXT));
        assertThat(text.path("message").asString()).isEqualTo("Provider returned error");
        assertThat(text.at("/metadata/provider_name").asString()).isEqualTo("Acme Cloud");
        JsonNode raw = ApiClient.MAPPER.readTree(text.at("/metadata/raw").stringValue());
        assertThat(raw.at("/error/message").asString()).isNotEmpty();
        assertThat(error(Fault.status(502).withError(ErrorShape.RAW_OBJECT)).at("/metadata/raw"))
                .isEqualTo(raw);
    }

    @Test
    void moderationGivesItsReasons() {
        JsonNode metadata =
                error(Fault.status(403).withError(ErrorShape.MODERATION)).path("metadata");
        assertThat(metadata.path("reasons").isEmpty()).isFalse();
        assertThat(metadata.path("model_slug").asString()).isEqualTo(Scripts.THINKER);
    }

    @ParameterizedTest
    @EnumSource(WaitHint.class)
    void everyHintTellsTheTimeInItsOwnPlaces(WaitHint hint) {
        HttpResponse<String> response = post(Fault.of(FaultKind.RATE_LIMITED).withRetryAfterSeconds(9, hint));
        JsonNode error = ApiClient.json(response).path("error");
        Optional<String> after = response.headers().firstValue("Retry-After");
        Optional<String> reset = response.headers().firstValue("X-RateLimit-Reset");
        JsonNode body = error.at("/availability/retry_after");
        JsonNode inner = error.at("/metadata/headers/X-RateLimit-Reset");
        long now = clock.millis();
        switch (hint) {
            case RETRY_AFTER -> {
                assertThat(after).hasValue("9");
                assertThat(body.intValue()).isEqualTo(9);
                assertThat(reset).isEmpty();
            }
            case RETRY_AFTER_DATE -> {
                ZonedDateTime date = ZonedDateTime.parse(after.orElseThrow(), DateTimeFormatter.RFC_1123_DATE_TIME);
                assertThat(Duration.between(clock.instant(), date.toInstant()))
                        .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));
                assertThat(date.getOffset()).isEqualTo(ZoneOffset.UTC);
                assertThat(body.isMissingNode()).isTrue();
            }
            case RESET_HEADER -> {
                assertThat(reset).hasValue(Long.toString(now + 9000));
                assertThat(after).isEmpty();
            }
            case RESET_METADATA -> {
                assertThat(inner.stringValue()).isEqualTo(Long.toString(now + 9000));
                assertThat(reset).isEmpty();
            }
            case BODY -> {
                assertThat(body.intValue()).isEqualTo(9);
                assertThat(after).isEmpty();
            }
            case DISAGREEING -> {
                assertThat(after).hasValue("9");
                assertThat(body.intValue()).isEqualTo(18);
                assertThat(reset).hasValue(Long.toString(now + 27_000));
                assertThat(inner.stringValue()).isEqualTo(Long.toString(now + 27_000));
            }
            case NONE -> {
                assertThat(after).isEmpty();
                assertThat(reset).isEmpty();
                assertThat(body.isMissingNode()).isTrue();
                assertThat(inner.isMissingNode()).isTrue();
            }
        }
    }

    @Test
    void hintWithoutATimeSaysNothing() {
        for (WaitHint hint : WaitHint.values()) {
            Fault fault = Fault.status(503).withRetryAfterSeconds(1, hint);
            assertThat(error(fault).path("code").intValue()).isEqualTo(503);
        }
        assertThat(post(Fault.status(503)).headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void errorsInsideStatus200TakeTheFormOfTheFault() {
        JsonNode body = error(Fault.of(FaultKind.ERROR_IN_BODY).withStatus(429).withError(ErrorShape.STRING_CODE));
        assertThat(body.path("code").stringValue()).isEqualTo("429");
        JsonNode choice = ApiClient.json(
                        post(Fault.of(FaultKind.ERROR_IN_CHOICE).withError(ErrorShape.NO_METADATA)))
                .at("/choices/0/error");
        assertThat(choice.path("code").intValue()).isEqualTo(502);
        assertThat(choice.has("metadata")).isFalse();
    }

    @Test
    void choicesCanBeEmptyTheCompletionNestedAndTheBodyBlank() {
        JsonNode empty = ApiClient.json(post(Fault.of(FaultKind.CHOICES_EMPTY)));
        assertThat(empty.path("choices").isArray()).isTrue();
        assertThat(empty.path("choices").isEmpty()).isTrue();
        JsonNode nested = ApiClient.json(post(Fault.of(FaultKind.NESTED_COMPLETION)));
        assertThat(nested.propertyNames()).containsExactly("provider");
        assertThat(nested.at("/provider/choices/0/message/content").asString()).endsWith(" 1");
        assertThat(post(Fault.of(FaultKind.BLANK_BODY).withPaddingBlocks(2)).body())
                .isEqualTo("\n         \n".repeat(2));
    }

    private JsonNode error(Fault fault) {
        return ApiClient.json(post(fault)).path("error");
    }

    private HttpResponse<String> post(Fault fault) {
        SimulatorConfig config = SimulatorConfig.builder(Scripts.script())
                .fault(fault)
                .clock(clock)
                .build();
        try (Simulator simulator = Simulator.start(config)) {
            return new ApiClient(simulator.baseUri()).post(REQUEST);
        }
    }
}
