package dev.rtel.openrouter;

import java.net.http.HttpHeaders;
import java.util.AbstractMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Response headers by lower-case name, the first value of each; copied only when somebody lists them. */
final class ReplyHeaders extends AbstractMap<String, String> {
    private final HttpHeaders headers;
    private final UnaryOperator<String> cleaned;

    ReplyHeaders(HttpHeaders headers, UnaryOperator<String> cleaned) {
        this.headers = headers;
        this.cleaned = cleaned;
    }

    @Override
    public @Nullable String get(@Nullable Object name) {
        return name instanceof String text
                ? headers.firstValue(text).map(cleaned).orElse(null)
                : null;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        Map<String, String> all = new TreeMap<>();
        headers.map().forEach((name, values) -> {
            if (!values.isEmpty()) {
                all.putIfAbsent(name.toLowerCase(Locale.ROOT), cleaned.apply(values.get(0)));
            }
        });
        return Map.copyOf(all).entrySet();
    }
}
