package dev.rtel.store.sqlite;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.zip.Deflater;

/**
 * Compresses texts. A few compressors, a quarter of a megabyte each, are kept for the next caller; one a thread would be
 * too many where threads are many. Thread-safe.
 */
final class Deflation implements AutoCloseable {
    private static final int KEPT = 4;
    private static final int BUFFER_BYTES = 8 * 1024;

    private final BlockingQueue<Deflater> idle = new ArrayBlockingQueue<>(KEPT);

    /** Compresses; {@link JsonText#inflate} undoes it. */
    byte[] of(String json) {
        byte[] plain = JsonText.encodable(json).getBytes(StandardCharsets.UTF_8);
        Deflater kept = idle.poll();
        Deflater deflater = kept == null ? new Deflater(Deflater.BEST_SPEED) : kept;
        deflater.setInput(plain);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 2);
        byte[] buffer = new byte[Math.min(BUFFER_BYTES, plain.length + Long.BYTES)];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.reset();
        if (!idle.offer(deflater)) {
            deflater.end();
        }
        return out.toByteArray();
    }

    /** Gives the memory back; may still be used afterwards. */
    @Override
    public void close() {
        for (Deflater deflater = idle.poll(); deflater != null; deflater = idle.poll()) {
            deflater.end();
        }
    }
}
