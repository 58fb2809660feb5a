package dev.rtel.simulator;

import java.util.List;
import java.util.Optional;

/**
 * Makes the answer of a model: a pure function of seed, model id, sample key, epoch and the request's parameters. The
 * attempt number and the order of arrival have no influence. Thread-safe.
 */
final class Answerer {
    private static final double REASONING_SIGMA = 0.45;
    private static final double WRONG_ANSWER_FACTOR = 1.3;
    private static final int TOKENS_PER_MESSAGE = 4;

    private final SimulatorScript script;
    private final long seed;

    Answerer(SimulatorScript script, long seed) {
        this.script = script;
        this.seed = seed;
    }

    Answer answer(Served served, ChatRequest request) {
        ModelProfile model = served.model();
        Optional<ScriptedSample> sample = model.judge() ? Optional.empty() : script.sampleFor(request.userText());
        String key = sample.map(ScriptedSample::key).orElse(request.allText());
        Dice dice = new Dice(seed, model.id(), key, Integer.toString(request.epoch()));
        boolean right = sample.map(known -> dice.roll("right") < model.accuracyIn(known.category()))
                .orElse(model.judge());
        String text = sample.map(known -> Texts.filler(dice, model.verbosity()) + pick(dice, known, right))
                .orElseGet(() ->
                        model.judge() ? script.judgeReply(request.allText()) : SimulatorScript.UNKNOWN_PROBLEM_REPLY);
        long limit = Math.min(request.maxTokens().orElse(model.maxCompletionTokens()), model.maxCompletionTokens());
        boolean truncated = dice.roll("truncated") < model.truncationProbability();
        long thinking = thinkingTokens(model, request.reasoning(), dice, right);
        return limited(served, request, dice, text, thinking, limit, truncated);
    }

    static long promptTokens(ChatRequest request) {
        return Texts.tokens(request.allText()) + (long) TOKENS_PER_MESSAGE * request.messageCount();
    }

    private static String pick(Dice dice, ScriptedSample sample, boolean right) {
        List<String> texts = right ? sample.right() : sample.wrong();
        return texts.get(dice.pick("text", texts.size()));
    }

    private static long thinkingTokens(ModelProfile model, ReasoningWish wish, Dice dice, boolean right) {
        if (!model.reasons() || wish.off() || model.meanReasoningTokens() == 0) {
            return 0;
        }
        double scale = wish.effort()
                .orElse(Effort.MEDIUM)
                .nearest(model.supportedEfforts())
                .scale();
        double spread = Math.exp(REASONING_SIGMA * dice.gaussian("reasoning") - REASONING_SIGMA * REASONING_SIGMA / 2);
        double tokens = model.meanReasoningTokens() * scale * spread * (right ? 1.0 : WRONG_ANSWER_FACTOR);
        long capped = Math.min(Math.round(tokens), wish.budget().orElse(Long.MAX_VALUE));
        return Math.max(floor(capped, model.reasoningGranularity()), model.reasoningGranularity());
    }

    private static Answer limited(
            Served served, ChatRequest request, Dice dice, String text, long thinking, long limit, boolean truncated) {
        if (thinking >= limit || truncated && thinking > 0) {
            int step = served.model().reasoningGranularity();
            long all = limit < step ? limit : floor(limit, step);
            return made(served, request, dice, Optional.empty(), all, "length");
        }
        long room = Math.min(limit - thinking, truncated ? Math.max(1, Texts.tokens(text) / 2) : Long.MAX_VALUE);
        if (Texts.tokens(text) > room) {
            return made(served, request, dice, Optional.of(Texts.head(text, room)), thinking, "length");
        }
        return made(served, request, dice, Optional.of(text), thinking, "stop");
    }

    private static Answer made(
            Served served,
            ChatRequest request,
            Dice dice,
            Optional<String> content,
            long thinking,
            String finishReason) {
        boolean hidden = thinking == 0 || request.reasoning().exclude();
        ReasoningText form = hidden ? ReasoningText.NONE : served.shape().shownReasoning();
        return new Answer(
                content,
                Optional.empty(),
                visibleThinking(form, dice, thinking),
                form,
                promptTokens(request),
                thinking + content.map(Texts::tokens).orElse(0L),
                thinking,
                finishReason);
    }

    private static Optional<String> visibleThinking(ReasoningText form, Dice dice, long thinking) {
        return switch (form) {
            case TEXT -> Optional.of(Texts.thinking(dice, thinking));
            case SUMMARY -> Optional.of(Texts.thinking(dice, Math.max(8, thinking / 10)));
            case NONE, SIGNATURE -> Optional.empty();
        };
    }

    private static long floor(long value, long step) {
        return value / step * step;
    }
}
