package dev.rtel.simulator;

import java.util.Optional;

/**
 * What a model answers and what that costs, before it is put into JSON.
 *
 * @param content the visible text; empty if thinking used up the limit, or the model refuses
 * @param refusal the text of a refusal
 * @param reasoningText the visible thinking
 * @param reasoningForm what the reply shows of the thinking; {@code NONE} if the model did not think
 * @param promptTokens tokens of the prompt
 * @param completionTokens tokens of the completion, reasoning included
 * @param reasoningTokens tokens of the reasoning
 * @param finishReason {@code stop}, {@code length} or {@code content_filter}
 */
record Answer(
        Optional<String> content,
        Optional<String> refusal,
        Optional<String> reasoningText,
        ReasoningText reasoningForm,
        long promptTokens,
        long completionTokens,
        long reasoningTokens,
        String finishReason) {
    private static final String REFUSAL_TEXT = "I cannot help with that request.";

    static Answer refusal(long promptTokens) {
        return new Answer(
                Optional.empty(),
                Optional.of(REFUSAL_TEXT),
                Optional.empty(),
                ReasoningText.NONE,
                promptTokens,
                Texts.tokens(REFUSAL_TEXT),
                0,
                "content_filter");
    }

    long visibleTokens() {
        return completionTokens - reasoningTokens;
    }
}
