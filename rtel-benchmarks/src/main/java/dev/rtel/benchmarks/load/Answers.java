package dev.rtel.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What the load server answers, and when: completions after a latency, billing records after a lag. For one thread. */
final class Answers {
    private static final String ID = "gen-load-";
    private static final String MODEL = "load/model";
    private static final String HOLE = "%s";
    private static final String COMPLETION = """
            {"id":"%s","object":"chat.completion","created":1788000000,"model":"load/model","provider":"Load",\
            "system_fingerprint":null,"service_tier":"default","choices":[{"index":0,"logprobs":null,\
            "finish_reason":"stop","native_finish_reason":"stop","message":{"role":"assistant",\
            "content":"The two numbers add up as follows: thirty and twelve make forty-two.\\n\\nFinal answer: 42",\
            "refusal":null,"reasoning":"I add the tens first, then the ones, and check the sum by subtracting again.",\
            "reasoning_details":[{"type":"reasoning.text","text":"I add the tens first, then the ones, and check the\
             sum by subtracting again.","format":"unknown","index":0}]}}],"usage":{"prompt_tokens":41,\
            "completion_tokens":160,"total_tokens":201,"cost":0.00034125,"is_byok":false,"prompt_tokens_details":\
            {"cached_tokens":0,"cache_write_tokens":0,"audio_tokens":0,"video_tokens":0},"cost_details":\
            {"upstream_inference_cost":0.00034125,"upstream_inference_prompt_cost":0.00002125,\
            "upstream_inference_completions_cost":0.00032},"completion_tokens_details":{"reasoning_tokens":128,\
            "image_tokens":0,"audio_tokens":0}}}""";
    private static final String RECORD = """
            {"data":{"id":"%s","upstream_id":"chatcmpl-load","api_type":"completions",\
            "created_at":"2026-08-29T09:20:00.433273+00:00","model":"load/model","provider_name":"Load","router":null,\
            "streamed":false,"cancelled":false,"finish_reason":"stop","native_finish_reason":"stop","latency":200,\
            "generation_time":200,"moderation_latency":null,"tokens_prompt":41,"tokens_completion":170,\
            "native_tokens_prompt":41,"native_tokens_completion":160,"native_tokens_reasoning":128,\
            "native_tokens_cached":0,"usage":0.00034125,"total_cost":0.00034125,"cache_discount":null,\
            "upstream_inference_cost":0,"is_byok":false,"origin":"","data_region":"global"}}""";
    private static final String MODELS = """
            {"data":[{"id":"load/model","canonical_slug":"load/model","name":"Load","context_length":200000,\
            "pricing":{"prompt":"0.0000005","completion":"0.000002"},"top_provider":{"max_completion_tokens":64000},\
            "supported_parameters":["reasoning","max_tokens"],"reasoning":{"mandatory":false}}]}""";
    private static final String KEY = "{\"data\":{\"label\":\"load\",\"limit\":null,\"limit_remaining\":null}}";
    private static final String NOT_FOUND = "{\"error\":{\"code\":404,\"message\":\"Resource not found\"}}";

    private long latencyNanos;
    private long lagNanos;
    private long[] madeAt = new long[1024];
    private int made;
    private int recordsFound;
    private int recordsTooEarly;
    private int underWay;
    private int peak;
    private long firstAt;
    private long lastAt;

    Answers(long latencyMillis, long lagMillis) {
        reset(latencyMillis, lagMillis);
    }

    /** Bytes to send, and when. */
    record Answer(byte[] bytes, long delayNanos) {}

    private void reset(long latencyMillis, long lagMillis) {
        latencyNanos = latencyMillis * 1_000_000;
        lagNanos = lagMillis * 1_000_000;
        made = 0;
        recordsFound = 0;
        recordsTooEarly = 0;
        underWay = 0;
        peak = 0;
        firstAt = 0;
        lastAt = 0;
    }

    Answer to(Connection.Request request) {
        String target = request.target();
        if (target.endsWith("/chat/completions")) {
            return completion();
        }
        if (target.contains("/generation?id=")) {
            return record(target.substring(target.indexOf('=') + 1));
        }
        if (target.endsWith("/figures")) {
            return now(200, figures());
        }
        if (target.contains("/reset")) {
            Map<String, Long> values = query(target);
            reset(values.getOrDefault("latency", 0L), values.getOrDefault("lag", 0L));
            return now(200, "{}");
        }
        if (target.endsWith("/models")) {
            return now(200, MODELS);
        }
        return target.endsWith("/key") ? now(200, KEY) : now(404, NOT_FOUND);
    }

    private Answer completion() {
        long now = System.nanoTime();
        if (made == 0) {
            firstAt = now;
        }
        if (made == madeAt.length) {
            madeAt = java.util.Arrays.copyOf(madeAt, made * 2);
        }
        madeAt[made] = now + latencyNanos;
        String id = ID + made++;
        peak = Math.max(peak, ++underWay);
        return new Answer(http(200, COMPLETION.replace(HOLE, id), "X-Generation-Id: " + id + "\r\n"), latencyNanos);
    }

    private Answer record(String id) {
        int number = Integer.parseInt(id.substring(ID.length()));
        if (System.nanoTime() < madeAt[number] + lagNanos) {
            recordsTooEarly++;
            return now(404, NOT_FOUND);
        }
        recordsFound++;
        return now(200, RECORD.replace(HOLE, id));
    }

    /** A reply to a completion or a record request has gone out. */
    void sent() {
        lastAt = System.nanoTime();
        underWay = Math.max(0, underWay - 1);
    }

    private String figures() {
        return "{\"completions\":" + made + ",\"records\":" + recordsFound + ",\"too_early\":" + recordsTooEarly
                + ",\"peak\":" + peak + ",\"model\":\"" + MODEL + "\",\"first_to_last_ms\":"
                + (lastAt - firstAt) / 1e6 + "}";
    }

    private static Map<String, Long> query(String target) {
        Map<String, Long> values = new HashMap<>();
        for (String pair : target.substring(target.indexOf('?') + 1).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(pair.substring(0, equals), Long.parseLong(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static Answer now(int status, String json) {
        return new Answer(http(status, json, ""), 0);
    }

    private static byte[] http(int status, String json, String headers) {
        return ("HTTP/1.1 " + status + (status == 200 ? " OK" : " Not Found")
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + json.length() + "\r\n" + headers
                        + "\r\n" + json)
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
