package dev.rtel.simulator;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes the bill for tests in another process; line by line, since it may be long. */
final class BillJson {
    private static final int BYTES_PER_LINE = 600;

    private BillJson() {}

    /** @param from number of lines to leave out at the beginning, for readers that have them; null = none */
    static Reply of(Bill bill, Map<String, Long> requests, @Nullable String from) {
        List<BillLine> all = bill.lines();
        List<BillLine> lines = all.subList(Math.min(first(from), all.size()), all.size());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(BYTES_PER_LINE * (lines.size() + 1));
        try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringProperty("total_cost", Json.plain(bill.totalCost()));
            json.writeName("requests");
            json.writeStartObject();
            for (Map.Entry<String, Long> route : requests.entrySet()) {
                json.writeNumberProperty(route.getKey(), route.getValue());
            }
            json.writeEndObject();
            json.writeNumberProperty("line_count", all.size());
            json.writeName("lines");
            json.writeStartArray();
            for (BillLine line : lines) {
                write(json, line);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return Reply.json(200, bytes.toByteArray());
    }

    private static int first(@Nullable String from) {
        if (from == null) {
            return 0;
        }
        if (!from.matches("[0-9]{1,9}")) {
            throw new ApiError(400, "the query parameter \"from\" must be a whole number, was \"" + from + "\"");
        }
        return Integer.parseInt(from);
    }

    private static void write(JsonGenerator json, BillLine line) {
        json.writeStartObject();
        json.writeStringProperty("generation_id", line.generationId());
        json.writeStringProperty("model", line.model());
        json.writeStringProperty("provider", line.provider());
        json.writeStringProperty("endpoint", line.endpoint());
        json.writeBooleanProperty("streamed", line.streamed());
        json.writeBooleanProperty("cancelled", line.cancelled());
        json.writeNumberProperty("attempt", line.attempt());
        json.writeStringProperty("trial", line.trial().orElse(null));
        json.writeStringProperty("attempt_id", line.attemptId().orElse(null));
        json.writeName("metadata");
        json.writeStartObject();
        for (Map.Entry<String, String> entry : line.metadata().entrySet()) {
            json.writeStringProperty(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
        json.writeNumberProperty("prompt_tokens", line.promptTokens());
        json.writeNumberProperty("completion_tokens", line.completionTokens());
        json.writeNumberProperty("reasoning_tokens", line.reasoningTokens());
        json.writeStringProperty("cost", Json.plain(line.cost()));
        json.writeStringProperty("charged", Json.plain(line.charged()));
        json.writeStringProperty("time", line.time().toString());
        json.writeEndObject();
    }
}
