package dev.rtel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rtel.spi.ModelException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of every status and every shape of failure: one row each. */
class ErrorTaxonomyTest {
    static List<ErrorTable.Row> rows() {
        return new ErrorTable().rows();
    }

    private static ModelException failure(int status, Map<String, String> headers, String body) {
        ModelException failure =
                catchThrowableOfType(ModelException.class, () -> ChatReply.read(status, headers, body, ErrorTable.NOW));
        assertThat(failure).as("HTTP %s %s", status, body).isNotNull();
        return failure;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void everyFailureSaysWhatToDo(ErrorTable.Row row) {
        ModelException failure = failure(row.status, row.headers, row.body);
        ModelException.Details details = failure.details();
        assertThat(failure).isInstanceOf(row.kind.type).hasMessageContaining(row.message);
        assertThat(failure.failure().retryable()).isEqualTo(row.kind != ErrorTable.Kind.NEVER);
        assertThat(details.type()).isEqualTo(row.type);
        assertThat(details.status()).hasValue(row.toldStatus);
        assertThat(details.retryAfter()).isEqualTo(row.wait);
        assertThat(details.accountWide()).as("account-wide").isEqualTo(row.accountWide);
        assertThat(details.charge()).isEqualTo(row.charge);
        assertThat(details.provider()).isEqualTo(Optional.of(row.provider).filter(name -> !name.isEmpty()));
        assertThat(details.raw()).isEqualTo(Optional.of(row.body.strip()).filter(body -> !body.isEmpty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"length", "content_filter", "tool_calls", "refusal"})
    void cutOffFilteredAndEmptyRepliesAreCompletions(String finish) {
        String body = "{\"choices\":[{\"finish_reason\":\"" + finish + "\",\"message\":{\"content\":null}}]}";
        assertThat(ChatReply.fromRaw(body).finishReason()).contains(finish);
    }

    @Test
    void whatTheFailedReplyToldIsKept() {
        ModelException failure = failure(
                200,
                Map.of("x-generation-id", "gen-header"),
                "{\"id\":\"gen-1\",\"error\":{\"code\":502,\"message\":\"m\"},\"usage\":{\"prompt_tokens\":3},"
                        + "\"provider\":\"Nvidia\"}");
        assertThat(failure.details().generationId()).contains("gen-1");
        assertThat(failure.details().usage()).containsEntry("prompt_tokens", 3L);
        assertThat(failure.details().provider()).contains("Nvidia");
        assertThat(failure(502, Map.of("x-generation-id", "gen-header"), "<html>")
                        .details()
                        .generationId())
                .contains("gen-header");
    }

    @Test
    void longTextsAreShortened() {
        String raw = "temporarily rate-limited upstream ".repeat(50);
        ModelException failure = failure(
                429,
                Map.of(),
                "{\"error\":{\"message\":\"Provider returned error\",\"metadata\":{\"raw\":\"" + raw + "\"}}}");
        assertThat(failure.getMessage()).hasSizeLessThan(500);
        assertThat(failure(200, Map.of(), "x".repeat(1_000_000)).getMessage()).hasSizeLessThan(500);
    }

    @Test
    void keysAreNotRepeatedInMessages() {
        assertThat(failure(401, Map.of(), "{\"error\":{\"message\":\"bad key: sk-or-v1-abcdef0123456789\"}}"))
                .hasMessageNotContaining("abcdef0123456789");
    }
}
