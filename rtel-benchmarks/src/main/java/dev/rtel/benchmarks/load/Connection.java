package dev.rtel.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection of HTTP/1.1, as far as the clients measured here use it. For one thread. */
final class Connection {
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String LENGTH = "content-length:";
    private final SocketChannel channel;
    private ByteBuffer in = ByteBuffer.allocate(8 * 1024);

    Connection(SocketChannel channel) {
        this.channel = channel;
    }

    /** Method and target of a request. */
    record Request(String method, String target) {}

    /** Reads what has come; false at the end of the connection. */
    boolean fill() throws IOException {
        if (!in.hasRemaining()) {
            ByteBuffer larger = ByteBuffer.allocate(in.capacity() * 2);
            in.flip();
            larger.put(in);
            in = larger;
        }
        try {
            return channel.read(in) >= 0;
        } catch (IOException e) {
            return false; // a client that was killed resets its connections
        }
    }

    /** Takes the next whole request off, if there is one. */
    @Nullable
    Request next() {
        int head = endOfHead();
        if (head < 0) {
            return null;
        }
        String text = new String(in.array(), 0, head, StandardCharsets.ISO_8859_1);
        int whole = head + END_OF_HEAD.length + contentLength(text);
        if (in.position() < whole) {
            return null;
        }
        int left = in.position() - whole;
        System.arraycopy(in.array(), whole, in.array(), 0, left);
        in.position(left);
        int first = text.indexOf(' ');
        int second = text.indexOf(' ', first + 1);
        return new Request(text.substring(0, first), text.substring(first + 1, second));
    }

    private int endOfHead() {
        byte[] bytes = in.array();
        for (int i = 0; i + END_OF_HEAD.length <= in.position(); i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static int contentLength(String head) {
        for (int line = head.indexOf('\n'); line >= 0; line = head.indexOf('\n', line + 1)) {
            if (head.regionMatches(true, line + 1, LENGTH, 0, LENGTH.length())) {
                int end = head.indexOf('\r', line + 1);
                return Integer.parseInt(head.substring(line + 1 + LENGTH.length(), end < 0 ? head.length() : end)
                        .strip());
            }
        }
        return 0;
    }

    /** Sends a whole reply; the client reads as fast as this writes, so that the socket's buffer is enough. */
    void send(byte[] reply) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(reply);
        try {
            while (out.hasRemaining()) {
                channel.write(out);
            }
        } catch (IOException e) {
            close(); // a client that was killed takes no reply
        }
    }

    void close() throws IOException {
        channel.close();
    }
}
