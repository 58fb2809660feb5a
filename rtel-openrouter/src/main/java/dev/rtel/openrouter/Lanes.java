package dev.rtel.openrouter;

import dev.rtel.config.Config;
import dev.rtel.spi.Lane;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who shares limits with whom: a key's limits hold for a server, an upstream host's for all that is sent to that host. */
final class Lanes {
    private Lanes() {}

    /** A model at OpenRouter: the host it is pinned to, else the model itself, whose hosts the router chooses. */
    static Lane openRouter(String modelId, Map<String, @Nullable Object> routing, Config settings) {
        URI base = base(settings.string("base_url").orElse(Endpoint.OPENROUTER));
        return new Lane(account(base), pinned(routing).orElse("model:" + modelId));
    }

    /** A model at a server of its own, which shares everything with its neighbours. */
    static Lane server(Config settings) {
        URI base = base(settings.string("base_url").orElse(""));
        return new Lane(account(base), host(base));
    }

    private static URI base(String url) {
        try {
            return URI.create(url.strip());
        } catch (IllegalArgumentException e) {
            return URI.create(""); // making the model refuses the address
        }
    }

    private static String account(URI base) {
        String scheme = String.valueOf(base.getScheme()).toLowerCase(Locale.ROOT);
        // servers on ports of their own share nothing
        return scheme + "://" + host(base) + (base.getPort() < 0 ? "" : ":" + base.getPort());
    }

    private static String host(URI base) {
        return String.valueOf(base.getHost()).toLowerCase(Locale.ROOT);
    }

    /** Returns the host that the routing allows alone, without its variant: {@code deepinfra/fp8} is {@code deepinfra}. */
    private static Optional<String> pinned(Map<String, @Nullable Object> routing) {
        if (routing.get("only") instanceof List<?> only && only.size() == 1) {
            return slug(only.get(0));
        }
        boolean first = Boolean.FALSE.equals(routing.get("allow_fallbacks"));
        return first && routing.get("order") instanceof List<?> order && !order.isEmpty()
                ? slug(order.get(0))
                : Optional.empty();
    }

    private static Optional<String> slug(@Nullable Object tag) {
        return tag instanceof String text && !text.isBlank()
                ? Optional.of(text.strip().toLowerCase(Locale.ROOT).split("/", 2)[0])
                : Optional.empty();
    }
}
