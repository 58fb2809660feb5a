package dev.rtel.openrouter;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.rtel.common.Secret;
import dev.rtel.config.Config;
import dev.rtel.eval.CompletionRequest;
import dev.rtel.eval.Message;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Model;
import dev.rtel.testkit.SimpleContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Servers and contexts of the tests. */
final class Servers {
    static final String KEY = "sk-or-v1-0123456789abcdef";
    static final String ANSWER =
            "{\"id\":\"gen-1\",\"model\":\"m\",\"provider\":\"P\",\"choices\":[{\"finish_reason\":\"stop\","
                    + "\"message\":{\"content\":\"42\"}}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":5,"
                    + "\"total_tokens\":8,\"cost\":1e-5,\"completion_tokens_details\":{\"reasoning_tokens\":4}}}";
    static final String CUT_OFF =
            "{\"id\":\"gen-1\",\"choices\":[{\"finish_reason\":\"length\",\"message\":{\"content\":null}}]}";

    private Servers() {}

    static WireMockServer wireMock() {
        WireMockServer server =
                new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
        server.start();
        return server;
    }

    static ComponentContext context(boolean withKey, Map<String, ?> settings) {
        return new SimpleContext(
                Config.of("settings", settings),
                Map.of(),
                withKey ? Map.of("OPENROUTER_API_KEY", new Secret(KEY), "OPENAI_API_KEY", new Secret(KEY)) : Map.of(),
                name -> {
                    throw new IllegalArgumentException(name);
                });
    }

    static Model model(String baseUrl, Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.putIfAbsent("model_id", "openai/gpt-5-mini");
        settings.put("base_url", baseUrl);
        return new OpenRouterModelProvider().create(context(true, settings));
    }

    static CompletionRequest request(Map<String, ?> params, Map<String, ?> routing) {
        return new CompletionRequest(
                List.of(new Message("system", "Be brief."), Message.user("6 x 7?")),
                new HashMap<>(params),
                new HashMap<>(routing),
                Duration.ofSeconds(20));
    }

    static CompletionRequest request() {
        return request(Map.of(), Map.of());
    }

    /** A server that sends given bytes after each request's head and then keeps the connection open, or cuts it. */
    static final class RawServer implements AutoCloseable {
        private final ServerSocket socket;
        private final byte[] bytes;
        private final boolean cut;
        private final AtomicInteger calls = new AtomicInteger();
        private final ConcurrentLinkedQueue<Socket> open = new ConcurrentLinkedQueue<>();

        RawServer(String bytes, boolean cut) {
            this.bytes = bytes.getBytes(StandardCharsets.UTF_8);
            this.cut = cut;
            try {
                socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Thread thread = new Thread(this::serve, "raw-server");
            thread.setDaemon(true);
            thread.start();
        }

        private void serve() {
            try {
                while (true) {
                    Socket client = socket.accept();
                    open.add(client);
                    InputStream in = client.getInputStream();
                    StringBuilder head = new StringBuilder();
                    while (head.indexOf("\r\n\r\n") < 0) {
                        head.append((char) in.read());
                    }
                    calls.incrementAndGet();
                    OutputStream out = client.getOutputStream();
                    out.write(bytes);
                    out.flush();
                    if (cut) {
                        client.close();
                    }
                }
            } catch (IOException e) {
                // closed by the test
            }
        }

        String url() {
            return "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
        }

        int calls() {
            return calls.get();
        }

        /** Whether the client has hung up on all connections. */
        boolean abandoned() {
            for (Socket client : open) {
                try {
                    client.setSoTimeout(50);
                    while (client.getInputStream().read() >= 0) {
                        // the rest of the request
                    }
                } catch (java.net.SocketTimeoutException e) {
                    return false;
                } catch (IOException e) {
                    // reset: hung up as well
                }
            }
            return true;
        }

        @Override
        public void close() {
            try {
                socket.close();
                for (Socket client : open) {
                    client.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Head of a chunked reply whose body never ends. */
    static final String STALLING = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Generation-Id: gen-early\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n5\r\n\n    \r\n";
}
