package dev.rtel.simulator;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what answers a request. Thread-safe. */
final class Routes {
    static final String CHAT = "POST /chat/completions";
    static final String ENDPOINTS = "GET /models/{author}/{slug}/endpoints";
    private static final String OWN = "GET /simulator/";
    private static final String BILL = OWN + "bill";
    private static final String STATS = OWN + "stats";
    private static final String OTHER = "other";
    private static final String PREFIX = "/api/v1";
    private static final Pattern ENDPOINTS_PATH = Pattern.compile("/models/([^/]+/[^/]+)/endpoints");

    private final SimulatorConfig config;
    private final Traffic traffic;
    private final Ledger ledger;
    private final Account account;
    private final Chat chat;
    private final Catalogue catalogue;
    private final Generations generations;

    Routes(SimulatorConfig config, Ledger ledger, Traffic traffic) {
        this.config = config;
        this.traffic = traffic;
        this.ledger = ledger;
        this.account = new Account(config.credit(), ledger);
        this.chat = new Chat(config, ledger, account, traffic);
        this.catalogue = new Catalogue(config.script());
        this.generations = new Generations(ledger, config.generation(), config.clock());
    }

    Response answer(String method, @Nullable String authorization, Call call) throws InterruptedException {
        String route = route(method, call.path());
        traffic.count(route);
        try {
            if (!route.startsWith("GET /models") && !route.startsWith(OWN) && !route.equals(OTHER)) {
                checkKey(authorization);
            }
            return dispatch(route, call);
        } catch (ApiError e) {
            return e.reply();
        }
    }

    private Response dispatch(String route, Call call) throws InterruptedException {
        return switch (route) {
            case CHAT -> chat.complete(call);
            case "GET /generation" -> generations.read(call);
            case "GET /generation/content" -> throw new ApiError(404, "Resource not found");
            case "GET /models" -> catalogue.models();
            case ENDPOINTS -> catalogue.endpoints(endpointsModel(call.path()).orElseThrow());
            case "GET /key" -> account.key();
            case "GET /credits" -> account.credits();
            case BILL ->
                BillJson.of(ledger.bill(), traffic.routes(), call.query().get("from"));
            case STATS -> StatsJson.of(traffic.stats());
            default -> throw new ApiError(404, "Not Found: " + call.path());
        };
    }

    private void checkKey(@Nullable String authorization) {
        if (authorization == null) {
            throw new ApiError(401, "Missing Authentication header");
        }
        boolean bearer = authorization.regionMatches(true, 0, "Bearer ", 0, 7) && authorization.length() > 7;
        boolean accepted = bearer
                && config.acceptedKey()
                        .map(key -> key.equals(authorization.substring(7).strip()))
                        .orElse(true);
        if (!accepted) {
            throw new ApiError(401, "User not found.");
        }
    }

    private static String route(String method, String path) {
        String own = method + " " + path;
        if (own.equals(BILL) || own.equals(STATS)) {
            return own;
        }
        if (!path.startsWith(PREFIX + "/")) {
            return OTHER;
        }
        String route = method + " " + path.substring(PREFIX.length());
        return switch (route) {
            case CHAT, "GET /generation", "GET /generation/content", "GET /models", "GET /key", "GET /credits" -> route;
            default -> method.equals("GET") && endpointsModel(path).isPresent() ? ENDPOINTS : OTHER;
        };
    }

    private static Optional<String> endpointsModel(String path) {
        Matcher matcher = ENDPOINTS_PATH.matcher(path.substring(PREFIX.length()));
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
