package dev.rtel.openrouter;

import dev.rtel.common.Secret;
import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.spi.ComponentContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A server's address and the key to send it. The key goes over TLS or stays on this machine; anything else is refused
 * before the first call.
 *
 * @param base without trailing slash
 * @param key the key without surrounding white space; empty = none was found
 * @param keyName name under which the key was looked for
 */
record Endpoint(String base, Optional<Secret> key, String keyName) {
    static final String OPENROUTER = "https://openrouter.ai/api/v1";
    static final String OPENROUTER_KEY = "OPENROUTER_API_KEY";
    static final String OPENAI_KEY = "OPENAI_API_KEY";
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[(::1|0:0:0:0:0:0:0:1)]");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?");
    private static final int SHORTEST_REDACTED = 8;

    static Endpoint openRouter(ComponentContext context) {
        return of(context, context.config().string("base_url").orElse(OPENROUTER), OPENROUTER_KEY);
    }

    static Endpoint of(ComponentContext context, String baseUrl, String defaultKeyName) {
        Config config = context.config();
        URI uri = parse(config, baseUrl);
        String keyName = config.string("api_key_env").orElse(defaultKeyName);
        Optional<Secret> key = context.secret(keyName)
                .map(secret -> secret.reveal().strip())
                .filter(text -> !text.isEmpty())
                .map(Secret::new);
        if (key.isPresent() && !headerValue(key.get().reveal())) {
            throw new ConfigException("the API key in " + keyName
                    + " holds a line break or another character that no key has; set it again");
        }
        if (key.isPresent() && !uri.getScheme().equalsIgnoreCase("https") && !loopback(uri)) {
            throw new ConfigException(config.at("base_url") + " is '" + baseUrl + "': the API key in " + keyName
                    + " is only sent over https, or over http to this machine; use an https address");
        }
        return new Endpoint(baseUrl.strip().replaceAll("/+$", ""), key, keyName);
    }

    private static URI parse(Config config, String baseUrl) {
        URI uri;
        try {
            uri = new URI(baseUrl.strip());
        } catch (URISyntaxException e) {
            throw new ConfigException(wrong(config, baseUrl), e);
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (uri.getRawUserInfo() != null) {
            throw new ConfigException(config.at("base_url")
                    + " holds a user name or password; put the key into the environment instead (api_key_env)");
        }
        if (!(scheme.equals("http") || scheme.equals("https"))
                || uri.getHost() == null
                || uri.getPort() > 65_535
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new ConfigException(wrong(config, baseUrl));
        }
        return uri;
    }

    private static String wrong(Config config, String baseUrl) {
        return config.at("base_url") + " is '" + baseUrl + "', expected an address such as " + OPENROUTER;
    }

    private static boolean loopback(URI uri) {
        return LOOPBACK.matcher(uri.getHost().toLowerCase(Locale.ROOT)).matches();
    }

    /** Whether the server runs on this machine. */
    boolean local() {
        return loopback(URI.create(base));
    }

    /** Whether the text may stand in an HTTP header. */
    static boolean headerValue(String text) {
        return HEADER_VALUE.matcher(text).matches();
    }

    URI uri(String path) {
        return URI.create(base + path);
    }

    /** Begins a request with the key; the headers are checked once where it is copied for each call. */
    HttpRequest.Builder request(String path, String accept) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path)).header("User-Agent", "rtel").header("Accept", accept);
        key.map(Secret::reveal).ifPresent(text -> request.header("Authorization", "Bearer " + text));
        return request;
    }

    /** Replaces the key wherever a server echoed it. */
    String redact(String text) {
        return key.map(Secret::reveal)
                .filter(k -> k.length() >= SHORTEST_REDACTED)
                .map(k -> text.replace(k, "[redacted]"))
                .orElse(text);
    }
}
