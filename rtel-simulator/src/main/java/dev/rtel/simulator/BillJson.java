package dev.rtel.simulator;

import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the bill for tests in another process. */
final class BillJson {
    private BillJson() {}

    static Reply of(Bill bill, Map<String, Long> requests) {
        ObjectNode body = Json.object();
        body.put("total_cost", Json.plain(bill.totalCost()));
        ObjectNode counts = body.putObject("requests");
        requests.forEach(counts::put);
        ArrayNode lines = body.putArray("lines");
        bill.lines().forEach(line -> putLine(lines.addObject(), line));
        return Reply.json(200, body);
    }

    private static void putLine(ObjectNode node, BillLine line) {
        node.put("generation_id", line.generationId());
        node.put("model", line.model());
        node.put("provider", line.provider());
        node.put("streamed", line.streamed()).put("cancelled", line.cancelled());
        node.put("attempt", line.attempt());
        line.trial().ifPresentOrElse(trial -> node.put("trial", trial), () -> node.putNull("trial"));
        line.attemptId().ifPresentOrElse(id -> node.put("attempt_id", id), () -> node.putNull("attempt_id"));
        ObjectNode metadata = node.putObject("metadata");
        line.metadata().forEach(metadata::put);
        node.put("prompt_tokens", line.promptTokens());
        node.put("completion_tokens", line.completionTokens());
        node.put("reasoning_tokens", line.reasoningTokens());
        node.put("cost", Json.plain(line.cost()));
        node.put("time", line.time().toString());
    }
}
