package dev.rtel.openrouter;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** A server whose answers the test writes itself, piece by piece. */
final class StreamServer implements AutoCloseable {
    static final String EVENTS =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n";

    /** Answers one request. */
    @FunctionalInterface
    interface Answer {
        void to(Call call) throws IOException, InterruptedException;
    }

    private final ServerSocket socket;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final CountDownLatch hungUp = new CountDownLatch(1);

    StreamServer(Answer answer) {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread acceptor = new Thread(
                () -> {
                    try {
                        while (true) {
                            Socket client = socket.accept();
                            open.add(client);
                            Thread thread = new Thread(() -> serve(client, answer), "stream-server-call");
                            thread.setDaemon(true);
                            thread.start();
                        }
                    } catch (IOException e) {
                        // closed by the test
                    }
                },
                "stream-server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    private void serve(Socket client, Answer answer) {
        try (client) {
            client.setTcpNoDelay(true);
            while (true) {
                String request = request(client.getInputStream());
                requests.add(request);
                answer.to(new Call(client.getInputStream(), client.getOutputStream(), System.nanoTime()));
            }
        } catch (IOException e) {
            hungUp.countDown(); // by the client, or by the test
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String request(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client hung up");
            }
            head.append((char) next);
        }
        String length = head.toString().toLowerCase().replaceAll("(?s).*content-length: (\\d+).*", "$1");
        byte[] body = in.readNBytes(Integer.parseInt(length));
        return head + new String(body, StandardCharsets.UTF_8);
    }

    /** One request under answer. */
    record Call(InputStream in, OutputStream out, long receivedAt) {
        void send(String bytes) throws IOException {
            out.write(bytes.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        /** Sends one piece of a chunked body. */
        void chunk(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            send(Integer.toHexString(bytes.length) + "\r\n" + text + "\r\n");
        }

        void event(String json) throws IOException {
            chunk("data: " + json.replace('\'', '"') + "\n\n");
        }

        void end() throws IOException {
            send("0\r\n\r\n");
        }

        /** Waits until the client closes the connection. */
        void awaitHangUp() throws IOException {
            while (in.read() >= 0) {
                // nothing is expected
            }
            throw new IOException("the client hung up");
        }
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
    }

    String request() {
        return requests.element();
    }

    int calls() {
        return requests.size();
    }

    int connections() {
        return open.size();
    }

    CountDownLatch hungUp() {
        return hungUp;
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
