package dev.rtel.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A server that answers completions and billing records from one thread, as cheaply as Java allows, so that what is
 * measured is the client. Usage: {@code LoadServer [LATENCY_MS [RECORD_LAG_MS]]}; prints its base URL. {@code POST
 * /reset?latency=MS&lag=MS} starts the figures anew, {@code GET /figures} tells them.
 */
public final class LoadServer {
    private static final int BACKLOG = 4_096;
    private static final long MILLI = 1_000_000;
    private final Answers answers;
    private final PriorityQueue<Delayed> delayed = new PriorityQueue<>(Comparator.comparingLong(Delayed::due));
    private final Selector selector = Selector.open();

    /** A reply that is due later. */
    private record Delayed(long due, Connection connection, byte[] reply) {}

    private LoadServer(Answers answers) throws IOException {
        this.answers = answers;
    }

    /** Serves until the process is killed. */
    public static void main(String[] arguments) throws IOException {
        long latency = arguments.length > 0 ? Long.parseLong(arguments[0]) : 0;
        long lag = arguments.length > 1 ? Long.parseLong(arguments[1]) : 0;
        var server = new LoadServer(new Answers(latency, lag));
        ServerSocketChannel listening = ServerSocketChannel.open();
        listening.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), BACKLOG);
        listening.configureBlocking(false);
        listening.register(server.selector, SelectionKey.OP_ACCEPT);
        System.out.println("http://127.0.0.1:" + listening.socket().getLocalPort() + "/api/v1");
        System.out.flush();
        server.serve();
    }

    private void serve() throws IOException {
        while (true) {
            Delayed next = delayed.peek();
            long wait = next == null ? 0 : next.due() - System.nanoTime();
            if (next == null) {
                selector.select();
            } else if (wait >= MILLI) {
                selector.select(wait / MILLI);
            } else {
                LockSupport.parkNanos(wait); // the selector counts in milliseconds, and would be late
                selector.selectNow();
            }
            for (var keys = selector.selectedKeys().iterator(); keys.hasNext(); keys.remove()) {
                SelectionKey key = keys.next();
                if (key.isAcceptable()) {
                    accept((ServerSocketChannel) key.channel());
                } else if (key.isReadable()) {
                    read(key);
                }
            }
            sendDue();
        }
    }

    private void accept(ServerSocketChannel listening) throws IOException {
        for (SocketChannel channel = listening.accept(); channel != null; channel = listening.accept()) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.register(selector, SelectionKey.OP_READ, new Connection(channel));
        }
    }

    private void read(SelectionKey key) throws IOException {
        Connection connection = (Connection) key.attachment();
        if (!connection.fill()) {
            key.cancel();
            connection.close();
            return;
        }
        for (Connection.Request request = connection.next(); request != null; request = connection.next()) {
            Answers.Answer answer = answers.to(request);
            if (answer.delayNanos() <= 0) {
                connection.send(answer.bytes());
                answers.sent();
            } else {
                delayed.add(new Delayed(System.nanoTime() + answer.delayNanos(), connection, answer.bytes()));
            }
        }
    }

    private void sendDue() throws IOException {
        long now = System.nanoTime();
        for (Delayed next = delayed.peek(); next != null && next.due() <= now; next = delayed.peek()) {
            delayed.remove();
            next.connection().send(next.reply());
            answers.sent();
        }
    }
}
