package dev.rtel.wire;

import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.config.Suggestions;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How an interface reports tokens, for what the numbers of a report do not show themselves (August 2026, see
 * docs/accounting.md). Native interfaces of the same vendor are meant as well: their usage objects are read alike.
 */
public enum InterfaceProfile {
    /** OpenRouter, chat completions and responses. */
    OPENROUTER("openrouter", true, Counting.INSIDE, true, false, Names.DETAILS),
    /** OpenAI, chat completions and responses. */
    OPENAI("openai", true, Counting.INSIDE, false, false, Names.DETAILS),
    /** Anthropic, messages and the compatible endpoint. */
    ANTHROPIC("anthropic", true, Counting.INSIDE, false, false, "output_tokens_details.thinking_tokens"),
    /** Google Gemini, native and the compatible endpoint; the latter mostly leaves the count out. */
    GEMINI("gemini", true, Counting.BESIDE, true, false, "thoughtsTokenCount"),
    /** xAI; its responses interface counts inside, as all of them do. */
    XAI("xai", true, Counting.BESIDE, true, false, Names.DETAILS),
    /** DeepSeek. */
    DEEPSEEK("deepseek", true, Counting.INSIDE, false, false, Names.DETAILS),
    /** Mistral, which does not part its output. */
    MISTRAL("mistral", false, Counting.INSIDE, false, false, ""),
    /** vLLM; versions before August 2026 do not part their output. */
    VLLM("vllm", true, Counting.INSIDE, false, true, Names.DETAILS),
    /** SGLang; versions before December 2025 always report 0. */
    SGLANG("sglang", true, Counting.INSIDE, false, true, "reasoning_tokens"),
    /** The server of llama.cpp, which does not part its output. */
    LLAMA_CPP("llama-cpp", false, Counting.INSIDE, false, true, ""),
    /** Ollama, which does not part its output. */
    OLLAMA("ollama", false, Counting.INSIDE, false, true, ""),
    /** Any other server: what the numbers show, inside where they show nothing. */
    GENERIC("generic", true, Counting.INSIDE, true, true, Names.DETAILS);

    private enum Counting {
        INSIDE,
        BESIDE
    }

    private static final class Names {
        static final String DETAILS = "completion_tokens_details.reasoning_tokens";
    }

    private static final int OLLAMA_PORT = 11434;
    private final String word;
    private final boolean splits;
    private final Counting counting;
    private final boolean derives;
    private final boolean inlineThinking;
    private final String reasoningField;

    InterfaceProfile(
            String word,
            boolean splits,
            Counting counting,
            boolean derives,
            boolean inlineThinking,
            String reasoningField) {
        this.word = word;
        this.splits = splits;
        this.counting = counting;
        this.derives = derives;
        this.inlineThinking = inlineThinking;
        this.reasoningField = reasoningField;
    }

    /** Returns the name used in settings. */
    public String word() {
        return word;
    }

    /** Whether it reports reasoning apart at all; where it does not, a missing count stays missing. */
    public boolean splits() {
        return splits;
    }

    /** Whether reasoning comes on top of the output tokens, where the total does not show it. */
    public boolean countsBeside() {
        return counting == Counting.BESIDE;
    }

    /** Whether what the total exceeds prompt and output by is the reasoning that the report leaves out. */
    public boolean derives() {
        return derives;
    }

    /** Whether thinking may stand as {@code <think>…</think>} in the text, also without the opening tag. */
    public boolean inlineThinking() {
        return inlineThinking;
    }

    /** Returns where in the usage object the reasoning count stands, parted by dots; empty where there is none. */
    public Optional<String> reasoningField() {
        return Optional.of(reasoningField).filter(field -> !field.isEmpty());
    }

    SplitRule rule() {
        return new SplitRule(countsBeside(), derives, false);
    }

    /** Finds a profile by its name. */
    public static Optional<InterfaceProfile> named(String word) {
        return Arrays.stream(values())
                .filter(profile -> profile.word.equals(word))
                .findFirst();
    }

    /**
     * Reads the setting {@code profile}.
     *
     * @return empty when it is not set
     * @throws ConfigException if there is no profile of that name
     */
    public static Optional<InterfaceProfile> of(Config config) {
        return config.string("profile")
                .map(word -> named(word).orElseThrow(() -> {
                    List<String> words =
                            Arrays.stream(values()).map(InterfaceProfile::word).toList();
                    return new ConfigException(config.at("profile") + " is '" + word + "'"
                            + Suggestions.hint(word, words) + ", expected one of " + words);
                }));
    }

    /** Returns the profile of the server at an address; {@link #GENERIC} for one that is not known. */
    public static InterfaceProfile ofBaseUrl(URI base) {
        String host = String.valueOf(base.getHost()).toLowerCase(Locale.ROOT);
        if (host.equals("openrouter.ai") || host.endsWith(".openrouter.ai")) {
            return OPENROUTER;
        }
        if (host.equals("api.x.ai") || host.endsWith(".api.x.ai")) {
            return XAI;
        }
        return switch (host) {
            case "api.openai.com" -> OPENAI;
            case "api.anthropic.com" -> ANTHROPIC;
            case "generativelanguage.googleapis.com" -> GEMINI;
            case "api.deepseek.com" -> DEEPSEEK;
            case "api.mistral.ai" -> MISTRAL;
            default -> base.getPort() == OLLAMA_PORT ? OLLAMA : GENERIC;
        };
    }
}
