package dev.rtel.simulator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A running local OpenRouter on 127.0.0.1. All its threads are daemons. Thread-safe.
 *
 * <pre>{@code
 * try (Simulator simulator = Simulator.start(SimulatorConfig.of(script))) {
 *     call(simulator.baseUri() + "/chat/completions");
 *     simulator.bill().totalCost();
 * }
 * }</pre>
 */
public final class Simulator implements AutoCloseable {
    private static final int BACKLOG = 1024;

    static {
        // read once, when the first server is made
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // a server that closes connections of its own accord makes the next request on them fail
        setDefault("sun.net.httpserver.maxIdleConnections", "100000");
        setDefault("sun.net.httpserver.idleInterval", "3600");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final Ledger ledger;
    private final Traffic traffic;

    private Simulator(HttpServer server, ExecutorService threads, Ledger ledger, Traffic traffic) {
        this.server = server;
        this.threads = threads;
        this.ledger = ledger;
        this.traffic = traffic;
    }

    /**
     * Starts a simulator; it serves requests when this returns.
     *
     * @throws UncheckedIOException if the port cannot be opened
     */
    public static Simulator start(SimulatorConfig config) {
        Ledger ledger = new Ledger(config.clock(), config.seed());
        Traffic traffic = new Traffic(config);
        HttpServer server = open(config.port());
        ExecutorService threads = daemonThreads();
        server.setExecutor(threads);
        server.createContext("/", new Exchanges(new Routes(config, ledger, traffic)));
        CompletableFuture.runAsync(server::start, threads).join(); // its own thread becomes a daemon too
        return new Simulator(server, threads, ledger, traffic);
    }

    /** Returns the port on 127.0.0.1. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Returns the base of all routes, {@code http://127.0.0.1:PORT/api/v1} (no slash at the end). */
    public URI baseUri() {
        return URI.create("http://127.0.0.1:" + port() + "/api/v1");
    }

    /** Returns what was paid so far; a completion is on it before its first byte is sent. */
    public Bill bill() {
        return ledger.bill();
    }

    /**
     * Returns the number of requests so far by route, for example {@code POST /chat/completions}, refused ones included;
     * {@code other} counts those that fit no route.
     */
    public Map<String, Long> requests() {
        return traffic.routes();
    }

    /** Returns the highest number of requests for completions that were in progress at the same time. */
    public int peakConcurrency() {
        return traffic.peak();
    }

    /** Returns what was asked so far: by route and, for completions, by provider. */
    public SimulatorStats stats() {
        return traffic.stats();
    }

    /**
     * Stops serving at once; open connections are cut. Returns when no call is being worked on any more, or when the caller
     * is interrupted. May be called more than once.
     */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        try {
            while (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static HttpServer open(int port) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1:" + port + ": " + e.getMessage(), e);
        }
    }

    private static ExecutorService daemonThreads() {
        AtomicInteger number = new AtomicInteger();
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "rtel-simulator-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
