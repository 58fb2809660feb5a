package dev.rtel.openrouter;

import dev.rtel.eval.BillingRecord;
import dev.rtel.eval.Completion;
import dev.rtel.eval.TokenUsage;
import dev.rtel.spi.TokenExtractor;
import dev.rtel.wire.GenerationReply;
import dev.rtel.wire.InterfaceProfile;
import dev.rtel.wire.UsageAccounting;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads usage from the reply, then from {@code GET /generation?id=}, whose records lag by 10 to 30 seconds. */
final class GenerationTokenExtractor implements TokenExtractor {
    private static final Logger LOG = LoggerFactory.getLogger(GenerationTokenExtractor.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private final Endpoint endpoint;
    private final List<Duration> delays;
    private final HttpTransport transport;

    /** Headers, which are the same for every look-up; copied, never changed. */
    private final HttpRequest.Builder template;

    GenerationTokenExtractor(Endpoint endpoint, List<Duration> delays, HttpTransport transport) {
        this.endpoint = endpoint;
        this.delays = List.copyOf(delays);
        this.transport = transport;
        this.template = endpoint.request("/generation", "application/json");
    }

    @Override
    public List<Duration> lookUpDelays() {
        return delays;
    }

    @Override
    public TokenUsage extract(Completion completion) {
        return UsageAccounting.of(completion, InterfaceProfile.OPENROUTER);
    }

    @Override
    public Settling settling(Completion completion, TokenUsage inline) {
        if (completion.generationId().isEmpty()
                || completion.cacheHit()
                || completion.billing().isPresent()) {
            return Settling.NONE; // a cached answer was never billed
        }
        boolean needed = !inline.completion().known()
                || !inline.cost().known()
                || !inline.reasoning().known() && mayHaveThought(completion, inline);
        return needed ? Settling.NEEDED : Settling.CROSS_CHECK;
    }

    /** Visible thinking, a number that could not be used, or a budget spent without an answer. */
    private static boolean mayHaveThought(Completion completion, TokenUsage inline) {
        return inline.reasoningRaw().isPresent()
                || UsageAccounting.showsThinking(completion)
                || completion.truncated() && completion.text().isEmpty();
    }

    @Override
    public Optional<BillingRecord> lookUp(String id) throws InterruptedException {
        URI uri = endpoint.uri("/generation?id=" + URLEncoder.encode(id, StandardCharsets.UTF_8));
        Exchange exchange = new Exchange();
        try {
            transport.send(template.copy().uri(uri), LIMIT, exchange);
            if (exchange.status() != 200) {
                LOG.debug("no generation record of {} yet: HTTP {}", id, exchange.status());
                return Optional.empty();
            }
            Optional<BillingRecord> record = GenerationReply.read(exchange.text())
                    .filter(found ->
                            found.id().filter(other -> !other.equals(id)).isEmpty());
            if (record.isEmpty()) {
                LOG.debug("the generation record of {} cannot be read", id);
            }
            return record;
        } catch (IOException | TimeoutException e) {
            LOG.debug("the generation record of {} cannot be looked up", id, e);
            return Optional.empty();
        }
    }
}
