package dev.rtel.openrouter;

import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a chat client asks, and settings that several components of this module have in common.
 *
 * @param keyRequired whether calls without a key are refused here; a server on this machine may do without
 * @param sendMetadata whether trial and attempt are named in the request's metadata
 * @param stream whether the reply is asked for as an event stream
 * @param askForUsage whether a stream must be asked to end with the usage; OpenRouter's always does
 */
record ChatSettings(boolean keyRequired, boolean sendMetadata, boolean stream, boolean askForUsage) {
    /** Records come after 10 to 30 seconds, often sooner, sometimes never. */
    private static final List<Duration> DELAYS = Stream.of(
                    "250ms", "500ms", "1s", "2s", "5s", "10s", "20s", "40s", "60s", "2m", "4m")
            .map(delay -> Config.parseDuration(delay).orElseThrow())
            .toList();

    /** Reads {@code generation_delays}: a comma list or a list of durations, growing. */
    static List<Duration> generationDelays(Config config) {
        Object value = config.values().get("generation_delays");
        if (value == null) {
            return DELAYS;
        }
        List<String> words = value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(String.valueOf(value).split(","));
        List<Duration> delays = new ArrayList<>();
        for (String word : words) {
            delays.add(Config.parseDuration(word)
                    .filter(delay -> delays.isEmpty() || delay.compareTo(delays.get(delays.size() - 1)) > 0)
                    .orElseThrow(() -> new ConfigException(config.at("generation_delays") + " is '" + value
                            + "', expected growing durations such as 2s,5s,10s")));
        }
        return List.copyOf(delays);
    }

    /** Attribution headers {@code http_referer} and {@code app_title}. */
    static Map<String, String> attribution(Config config) {
        Map<String, String> headers = new LinkedHashMap<>();
        header(config, "http_referer", "HTTP-Referer", headers);
        header(config, "app_title", "X-OpenRouter-Title", headers);
        return headers;
    }

    private static void header(Config config, String key, String name, Map<String, String> headers) {
        config.string(key).map(String::strip).filter(text -> !text.isEmpty()).ifPresent(text -> {
            if (!Endpoint.headerValue(text)) {
                throw new ConfigException(config.at(key) + " is '" + text + "', expected plain ASCII text on one line");
            }
            headers.put(name, text);
        });
    }
}
