package dev.rtel.benchmarks;

import java.nio.charset.StandardCharsets;

/** Replies as OpenRouter sends them, with made-up words and sums that fit each other. */
final class Replies {
    private static final int EVENTS = 400;
    private static final String WORDS = "I add the tens first, then the ones, and check the sum by subtracting again. ";
    private static final String USAGE = """
            "usage":{"prompt_tokens":41,"completion_tokens":160,"total_tokens":201,"cost":0.00034125,"is_byok":false,\
            "prompt_tokens_details":{"cached_tokens":0,"cache_write_tokens":0},"cost_details":\
            {"upstream_inference_cost":0.00034125},"completion_tokens_details":{"reasoning_tokens":128}}""";
    private static final String HEAD = """
            {"id":"gen-load-1","object":"%s","created":1788000000,"model":"load/model","provider":"Load",""";

    private Replies() {}

    /** A reply in one piece, of about 4 KB. */
    static String whole() {
        return HEAD.formatted("chat.completion") + """
                "choices":[{"index":0,"logprobs":null,"finish_reason":"stop","native_finish_reason":"stop","message":\
                {"role":"assistant","content":"Final answer: 42","refusal":null,"reasoning":"%s"}}],%s}""".formatted(WORDS.repeat(45), USAGE);
    }

    /** The same kind of reply as an event stream of about 80 KB: reasoning, answer, usage, a comment now and then. */
    static byte[] stream() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < EVENTS; i++) {
            if (i % 50 == 0) {
                text.append(": OPENROUTER PROCESSING\n\n");
            }
            event(text, """
                    "choices":[{"index":0,"delta":{"role":"assistant","content":"","reasoning":"step %d "},\
                    "finish_reason":null}]""".formatted(i));
        }
        event(text, """
                "choices":[{"index":0,"delta":{"role":"assistant","content":"Final answer: 42"},"finish_reason":"stop"}]""");
        event(text, "\"choices\":[]," + USAGE);
        return text.append("data: [DONE]\n\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void event(StringBuilder text, String members) {
        text.append("data: ")
                .append(HEAD.formatted("chat.completion.chunk"))
                .append(members)
                .append("}\n\n");
    }
}
