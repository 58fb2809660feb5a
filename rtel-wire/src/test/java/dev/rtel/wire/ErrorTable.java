package dev.rtel.wire;

import dev.rtel.spi.ModelException;
import dev.rtel.spi.ModelException.Charge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Statuses and shapes of failures with what must become of each. */
final class ErrorTable {
    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final String IN_40_S_MILLIS =
            Long.toString(NOW.plusSeconds(40).toEpochMilli());
    private static final String IN_40_S_SECONDS =
            Long.toString(NOW.plusSeconds(40).getEpochSecond());
    private static final String AT_MIDNIGHT =
            Long.toString(NOW.plus(Duration.ofHours(12)).toEpochMilli());

    enum Kind {
        AGAIN(ModelException.Transient.class),
        NEVER(ModelException.Permanent.class),
        STOP(ModelException.RunFatal.class);

        final Class<? extends ModelException> type;

        Kind(Class<? extends ModelException> type) {
            this.type = type;
        }
    }

    /** A reply and what it must become; bodies are written with single quotes. */
    static final class Row {
        final String name;
        final int status;
        final String body;
        final Map<String, String> headers = new TreeMap<>();
        Kind kind = Kind.AGAIN;
        String type = "";
        int toldStatus;
        Optional<Duration> wait = Optional.empty();
        boolean accountWide;
        Charge charge = Charge.FREE;
        String message = "";
        String provider = "";

        Row(String name, int status, String body) {
            this.name = name;
            this.status = status;
            this.toldStatus = status;
            this.body = body.replace('\'', '"');
        }

        Row header(String header, String value) {
            headers.put(header, value);
            return this;
        }

        Row is(Kind expected, String word) {
            kind = expected;
            type = word;
            return this;
        }

        Row code(int inside) {
            toldStatus = inside;
            return this;
        }

        Row waits(int seconds) {
            wait = Optional.of(Duration.ofSeconds(seconds));
            return this;
        }

        Row accountWide() {
            accountWide = true;
            return this;
        }

        Row mayBeCharged() {
            charge = Charge.UNKNOWN;
            return this;
        }

        Row says(String part) {
            message = part;
            return this;
        }

        Row by(String name) {
            provider = name;
            return this;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private final List<Row> rows = new ArrayList<>();

    private Row row(String name, int status, String body) {
        Row row = new Row(name, status, body);
        rows.add(row);
        return row;
    }

    private void status(int status, Kind kind, String type) {
        String words = "HTTP " + status;
        boolean gateway = status >= 500 || status == 408;
        for (String body : new String[] {
            "{'error':{'code':" + status + ",'message':'no'},'user_id':'u'}",
            "{'error':{'code':'" + status + "','message':'no'}}",
            "{'error':{'code':null,'message':'no'}}",
            "{'error':{}}",
            "{'error':'no'}",
            "{'message':'no'}",
            "{'detail':'no'}",
            "{'object':'error','message':'no','type':'BadRequestError'}",
            "{'type':'error','error':{'type':'odd_error','message':'no'}}",
            "[{'error':{'code':" + status + ",'message':'no','status':'ODD'}}]",
            "\n         \n{'error':{'code':" + status + ",'message':'no'}}",
        }) {
            row(status + " " + body, status, body).is(kind, type).says(words);
        }
        for (String body :
                new String[] {"{}", "", "  \n ", "[1]", "null", "<html><body>Blocked</body></html>", "{'error':{'code':"
                }) {
            Row row = row(status + " without an error object: " + body, status, body)
                    .is(kind, type)
                    .says(words);
            row.charge = gateway ? Charge.UNKNOWN : Charge.FREE;
        }
    }

    private void statuses() {
        status(400, Kind.NEVER, "invalid_request");
        status(401, Kind.STOP, "authentication");
        status(402, Kind.STOP, "payment_required");
        status(403, Kind.NEVER, "permission_denied");
        status(404, Kind.NEVER, "not_found");
        status(408, Kind.AGAIN, "timeout");
        status(412, Kind.NEVER, "precondition_failed");
        status(413, Kind.NEVER, "payload_too_large");
        status(422, Kind.NEVER, "unprocessable");
        status(429, Kind.AGAIN, "rate_limit_exceeded");
        status(500, Kind.AGAIN, "server");
        status(502, Kind.AGAIN, "provider_unavailable");
        status(503, Kind.AGAIN, "provider_overloaded");
        status(504, Kind.AGAIN, "timeout");
        status(524, Kind.AGAIN, "timeout");
        status(529, Kind.AGAIN, "provider_overloaded");
        status(301, Kind.NEVER, "invalid_request");
        status(418, Kind.NEVER, "invalid_request");
        status(599, Kind.AGAIN, "server");
    }

    /** Words of {@code error_type} and the status each stands for when the reply itself has status 200. */
    private void words() {
        Map<Integer, List<String>> words = Map.ofEntries(
                Map.entry(
                        400,
                        List.of(
                                "context_length_exceeded",
                                "max_tokens_exceeded",
                                "token_limit_exceeded",
                                "string_too_long",
                                "invalid_request",
                                "invalid_prompt",
                                "content_policy_violation",
                                "refusal",
                                "invalid_image",
                                "image_too_large",
                                "image_too_small",
                                "unsupported_image_format",
                                "image_download_failed")),
                Map.entry(401, List.of("authentication")),
                Map.entry(402, List.of("payment_required")),
                Map.entry(403, List.of("permission_denied")),
                Map.entry(404, List.of("not_found", "image_not_found")),
                Map.entry(412, List.of("precondition_failed")),
                Map.entry(413, List.of("payload_too_large")),
                Map.entry(422, List.of("unprocessable")),
                Map.entry(429, List.of("rate_limit_exceeded")),
                Map.entry(500, List.of("server", "unmapped")),
                Map.entry(502, List.of("provider_unavailable")),
                Map.entry(503, List.of("provider_overloaded")),
                Map.entry(504, List.of("timeout")));
        words.forEach((status, list) -> {
            Kind kind = status == 401 || status == 402
                    ? Kind.STOP
                    : status >= 500 || status == 429 ? Kind.AGAIN : Kind.NEVER;
            for (String word : list) {
                String metadata = "'message':'m','metadata':{'error_type':'" + word + "'}";
                row(word + " with its status", status, "{'error':{'code':" + status + "," + metadata + "}}")
                        .is(kind, word);
                row(word + " inside a 200", 200, "{'error':{" + metadata + "}}")
                        .is(kind, word)
                        .code(status);
                row(
                                word + " beside http_status",
                                200,
                                "{'error':{'error_type':'" + word + "','http_status':" + status + "}}")
                        .is(kind, word)
                        .code(status);
            }
        });
        row("an unheard-of word", 400, "{'error':{'metadata':{'error_type':'something_new'}}}")
                .is(Kind.NEVER, "something_new");
        row("a word that is none", 400, "{'error':{'error_type':'Odd Word; drop'}}")
                .is(Kind.NEVER, "invalid_request");
        row("OpenAI's code", 400, "{'error':{'code':'context_length_exceeded','message':'too long'}}")
                .is(Kind.NEVER, "context_length_exceeded");
        row("a text about the context", 400, "{'error':{'message':'This has a maximum context length of 9 tokens'}}")
                .is(Kind.NEVER, "context_length_exceeded");
        row("OpenAI's empty account", 429, "{'error':{'type':'insufficient_quota','code':'insufficient_quota'}}")
                .is(Kind.STOP, "payment_required");
        row("Anthropic is overloaded", 200, "{'type':'error','error':{'type':'overloaded_error','message':'Over'}}")
                .is(Kind.AGAIN, "provider_overloaded")
                .code(503);
        row("Anthropic refuses", 200, "{'type':'error','error':{'type':'invalid_request_error','message':'m'}}")
                .is(Kind.NEVER, "invalid_request")
                .code(400);
        row("a key refused as invalid request", 401, "{'error':{'type':'invalid_request_error','message':'m'}}")
                .is(Kind.STOP, "authentication");
    }

    private void metadata() {
        row(
                        "an upstream error with its raw text",
                        429,
                        "{'error':{'code':429,'message':'Provider returned error','metadata':{'provider_name':'Google',"
                                + "'raw':'it is temporarily rate-limited upstream','is_byok':false}}}")
                .is(Kind.AGAIN, "rate_limit_exceeded")
                .says("Provider returned error: it is temporarily")
                .by("Google");
        row(
                        "an upstream error with its raw object",
                        400,
                        "{'error':{'code':400,'message':'Provider returned error','metadata':{'provider_name':'OpenAI',"
                                + "'raw':{'error':{'code':'unsupported_value'}}}}}")
                .is(Kind.NEVER, "invalid_request")
                .says("unsupported_value")
                .by("OpenAI");
        row(
                        "moderation",
                        403,
                        "{'error':{'code':403,'message':'flagged','metadata':{'reasons':['violence'],'flagged_input':'x',"
                                + "'provider_name':'OpenAI','model_slug':'m'}}}")
                .is(Kind.NEVER, "permission_denied")
                .by("OpenAI");
        row("a guardrail", 403, "{'error':{'code':403,'message':'blocked','metadata':{'patterns':['a']}}}")
                .is(Kind.NEVER, "permission_denied");
        row(
                        "several attempts",
                        502,
                        "{'error':{'code':502,'message':'m','metadata':{'previous_errors':[{'provider':'a','status':429}]}}}")
                .is(Kind.AGAIN, "provider_unavailable");
        row(
                        "a limit of the platform",
                        429,
                        platform("'X-RateLimit-Limit':'20','X-RateLimit-Reset':'" + IN_40_S_MILLIS + "'"))
                .is(Kind.AGAIN, "rate_limit_exceeded")
                .waits(40)
                .accountWide();
        row("a limit of the platform told by headers", 429, "{'error':{'code':429,'message':'m'}}")
                .header("x-ratelimit-limit", "20")
                .is(Kind.AGAIN, "rate_limit_exceeded")
                .accountWide();
        row("a named limit", 429, "{'error':{'metadata':{'limit_source':'openrouter_free_tier_minute'}}}")
                .is(Kind.AGAIN, "rate_limit_exceeded")
                .accountWide();
        row(
                        "headers of a host are no limit of the account",
                        429,
                        "{'error':{'metadata':{'provider_name':'Google','headers':{'X-RateLimit-Reset':'"
                                + IN_40_S_MILLIS + "'}}}}")
                .is(Kind.AGAIN, "rate_limit_exceeded")
                .waits(40)
                .by("Google");
        row("counters beside a named host", 429, "{'error':{'metadata':{'provider_name':'Google'}}}")
                .header("x-ratelimit-reset", IN_40_S_MILLIS)
                .is(Kind.AGAIN, "rate_limit_exceeded")
                .waits(40)
                .by("Google");
        row(
                        "counters beside the hosts that were tried",
                        429,
                        "{'error':{'availability':{'retryable':true,'affected_providers':['deepinfra']}}}")
                .header("x-ratelimit-reset", IN_40_S_MILLIS)
                .is(Kind.AGAIN, "rate_limit_exceeded")
                .waits(40);
        for (String source : List.of("openrouter_free_tier_daily", "free-models-per-day", "tokens_per_day")) {
            row("daily limit " + source, 429, "{'error':{'metadata':{'limit_source':'" + source + "'}}}")
                    .is(Kind.NEVER, "rate_limit_exceeded")
                    .accountWide();
        }
        row(
                        "a daily limit named in the text",
                        429,
                        "{'error':{'code':429,'message':'Rate limit exceeded: free-models-per-day. Add 10 credits'}}")
                .is(Kind.NEVER, "rate_limit_exceeded");
        row(
                        "a minute limit named in the text",
                        429,
                        "{'error':{'code':429,'message':'Rate limit exceeded: free-models-per-min.'}}")
                .is(Kind.AGAIN, "rate_limit_exceeded");
        row("a reset hours away", 429, platform("'X-RateLimit-Reset':'" + AT_MIDNIGHT + "'"))
                .is(Kind.NEVER, "rate_limit_exceeded")
                .waits(12 * 3600)
                .accountWide();
        row("an overloaded host with a long wait", 503, "{'error':{'code':503,'message':'m'}}")
                .header("retry-after", "7200")
                .is(Kind.AGAIN, "provider_overloaded")
                .waits(7200);
        row("validation issues in place of a text", 400, "{'error':{'code':400,'message':[{'path':['reasoning']}]}}")
                .is(Kind.NEVER, "invalid_request")
                .says("reasoning");
    }

    private static String platform(String headers) {
        return "{'error':{'code':429,'message':'m','metadata':{'provider_name':null,'headers':{" + headers + "}}}}";
    }

    private static String availability(int status, String code, boolean retryable, String more) {
        return "{'error':{'message':'m','error_type':'" + ErrorType.of(status) + "','http_status':" + status
                + ",'availability':{'code':'" + code + "','retryable':" + retryable + more
                + ",'requested_models':['m'],'docs_url':'u'}}}";
    }

    private void availability() {
        for (String code : List.of("model_not_found", "wrong_endpoint")) {
            row(code, 400, availability(400, code, false, "")).is(Kind.NEVER, "invalid_request");
        }
        for (String code : List.of(
                "no_endpoints",
                "model_deprecated",
                "model_unavailable_upstream",
                "privacy_restricted",
                "constraint_filtered",
                "free_variant_ended")) {
            row(code, 404, availability(404, code, false, "")).is(Kind.NEVER, "not_found");
        }
        row("region_restricted", 403, availability(403, "region_restricted", false, ""))
                .is(Kind.NEVER, "permission_denied");
        row("capacity_exhausted", 429, availability(429, "capacity_exhausted", true, ",'retry_after':12"))
                .is(Kind.AGAIN, "rate_limit_exceeded")
                .waits(12);
        row("temporarily_unavailable", 503, availability(503, "temporarily_unavailable", true, ",'retry_after':2.5"))
                        .is(Kind.AGAIN, "provider_overloaded")
                        .wait =
                Optional.of(Duration.ofMillis(2500));
        row("its word on retries goes against the code", 503, availability(503, "temporarily_unavailable", false, ""))
                .is(Kind.NEVER, "provider_overloaded");
        row("its word on retries goes against the status", 404, availability(404, "odd", true, ""))
                .is(Kind.AGAIN, "not_found");
        row("a refused key stays one", 401, availability(401, "odd", true, "")).is(Kind.STOP, "authentication");
        row("inside a 200", 200, availability(429, "capacity_exhausted", true, ""))
                .is(Kind.AGAIN, "rate_limit_exceeded")
                .code(429);
    }

    private void insideA200() {
        row("an error alone", 200, "{'error':{'code':502,'message':'Upstream error from Nvidia: gone'},'user_id':'u'}")
                .is(Kind.AGAIN, "provider_unavailable")
                .code(502)
                .says("Upstream error from Nvidia");
        row("an error alone, with a code as text", 200, "{'error':{'code':'429','message':'m'}}")
                .is(Kind.AGAIN, "rate_limit_exceeded")
                .code(429);
        row("an error alone, no credit", 200, "{'error':{'code':402,'message':'m'}}")
                .is(Kind.STOP, "payment_required")
                .code(402);
        row("an error alone, refused", 200, "{'error':{'code':400,'message':'m'}}")
                .is(Kind.NEVER, "invalid_request")
                .code(400);
        for (String code : List.of("null", "'upstream'", "200", "0", "'rate_limited'")) {
            row("an error alone, code " + code, 200, "{'error':{'code':" + code + ",'message':'m'}}")
                    .is(Kind.AGAIN, "server");
        }
        row("an error as text", 200, "{'error':'overloaded'}")
                .is(Kind.AGAIN, "server")
                .says("overloaded");
        row("vLLM's error", 200, "{'object':'error','message':'m','type':'BadRequestError','code':400}")
                .is(Kind.NEVER, "invalid_request")
                .code(400);
        for (String choices : List.of("null", "[]", "{'message':{}}", "[null]", "[{}]", "[{'message':'42'}]")) {
            row("choices " + choices, 200, "{'id':'gen-1','choices':" + choices + "}")
                    .is(Kind.AGAIN, "malformed_reply")
                    .mayBeCharged();
        }
        row(
                        "an error of the choice",
                        200,
                        "{'id':'gen-1','provider':'BaseTen','choices':[{'finish_reason':'error','message':{'content':'The'},"
                                + "'error':{'code':502,'message':'Provider disconnected mid-stream',"
                                + "'metadata':{'error_type':'provider_unavailable'}}}],'usage':{'completion_tokens':31}}")
                .is(Kind.AGAIN, "provider_unavailable")
                .code(502)
                .says("disconnected")
                .by("BaseTen");
        row("an error of the choice as text", 200, "{'choices':[{'message':{'content':'x'},'error':'gone'}]}")
                .is(Kind.AGAIN, "provider_unavailable");
        row("finish reason error alone", 200, "{'choices':[{'finish_reason':'error','message':{'content':'x'}}]}")
                .is(Kind.AGAIN, "provider_unavailable");
        row("a completion nested in provider", 200, "{'provider':{'choices':[{'message':{'content':'42'}}]}}")
                .is(Kind.AGAIN, "malformed_reply")
                .mayBeCharged();
        for (String body : List.of(
                "",
                "  \n\n   ",
                "\n     \n{'id':'gen-1','cho",
                "\n         \n",
                "<!DOCTYPE html><html></html>",
                "null",
                "[]",
                "'ok'",
                "{}",
                "{'choices':[{'message':{}}]} {}")) {
            row("no completion: " + body, 200, body)
                    .is(Kind.AGAIN, "malformed_reply")
                    .mayBeCharged();
        }
    }

    private void hints() {
        String body = "{'error':{'code':429,'availability':{'retryable':true,'retry_after':12},'metadata':{'headers':"
                + "{'x-ratelimit-reset':'" + IN_40_S_MILLIS + "'}}}}";
        hint("the header first", body, 3).header("retry-after", "3").header("x-ratelimit-reset", IN_40_S_SECONDS);
        hint("the finer header first of all", body, 3)
                .header("retry-after-ms", "3000")
                .header("retry-after", "4");
        hint("then availability", body, 12).header("x-ratelimit-reset", "1900000000000");
        hint("then the reset header", body.replace("'retry_after'", "'other'"), 20)
                .header("x-ratelimit-reset", Long.toString(NOW.plusSeconds(20).toEpochMilli()));
        hint("then the reset in the metadata", body.replace("'retry_after'", "'other'"), 40);
        hint("a reset in seconds", platform("'X-RateLimit-Reset':" + IN_40_S_SECONDS), 40);
        hint("a date", "{}", 30).header("retry-after", "Sun, 01 Nov 2026 12:00:30 GMT");
        hint("a date gone by", "{}", 0).header("retry-after", "Sun, 01 Nov 2026 11:00:00 GMT");
        row("parts of a second", 429, "{}").header("retry-after", "0.5").is(Kind.AGAIN, "rate_limit_exceeded").wait =
                Optional.of(Duration.ofMillis(500));
        hint("an unreadable header is passed over", body, 12).header("retry-after", "soon");
        for (String odd : List.of("soon", "-3", "", "1e99", "99999999999999999999", "NaN", "Sun, 99 Nov 2026")) {
            row("no hint: " + odd, 429, "{}")
                    .header("retry-after", odd)
                    .header("retry-after-ms", odd)
                    .is(Kind.AGAIN, "rate_limit_exceeded");
            row("no reset: " + odd, 429, platform("'X-RateLimit-Reset':'" + odd + "'"))
                    .is(Kind.AGAIN, "rate_limit_exceeded")
                    .accountWide();
        }
    }

    private Row hint(String name, String body, int seconds) {
        Row row = row("hint: " + name, 429, body)
                .is(Kind.AGAIN, "rate_limit_exceeded")
                .waits(seconds);
        row.accountWide = body.toLowerCase().contains("x-ratelimit-reset");
        return row;
    }

    /** Texts seen in the wild; only status and code decide. */
    private void messages() {
        row("unknown model", 400, "{'error':{'code':400,'message':'x/y is not a valid model ID'},'user_id':'u'}")
                .is(Kind.NEVER, "invalid_request")
                .says("not a valid model ID");
        row(
                        "mandatory reasoning",
                        400,
                        "{'error':{'code':400,'message':'Reasoning is mandatory for this endpoint and cannot be disabled.',"
                                + "'metadata':{'provider_name':null}}}")
                .is(Kind.NEVER, "invalid_request")
                .says("mandatory");
        for (String text : List.of("Missing Authentication header", "User not found.", "No cookie auth credentials")) {
            row(text, 401, "{'error':{'message':'" + text + "','code':401}}")
                    .is(Kind.STOP, "authentication")
                    .says(text);
        }
        row("no credits", 402, "{'error':{'code':402,'message':'Insufficient credits. Add more'}}")
                .is(Kind.STOP, "payment_required")
                .says("Insufficient credits");
        row("too few credits for max_tokens", 402, "{'error':{'code':402,'message':'requires more credits, or fewer'}}")
                .is(Kind.STOP, "payment_required")
                .says("fewer");
        row("no endpoints", 404, "{'error':{'code':404,'message':'No endpoints found for x/y.'}}")
                .is(Kind.NEVER, "not_found")
                .says("No endpoints");
        row("a key in the text", 401, "{'error':{'message':'Incorrect API key provided: sk-or-v1-abcdef0123456789'}}")
                .is(Kind.STOP, "authentication")
                .says("[redacted]");
    }

    List<Row> rows() {
        statuses();
        words();
        metadata();
        availability();
        insideA200();
        hints();
        messages();
        return List.copyOf(rows);
    }
}
