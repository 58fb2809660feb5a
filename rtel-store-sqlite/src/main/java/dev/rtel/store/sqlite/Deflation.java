package dev.rtel.store.sqlite;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import java.util.zip.Adler32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Puts texts into zlib's form. Short ones are not compressed in it: that would take ten times as long as writing the
 * bytes it saves. A few compressors, a quarter of a megabyte each, are kept for the next caller; one a thread would be
 * too many where threads are many. Thread-safe.
 */
final class Deflation implements AutoCloseable {
    /** Most bytes stored as they are; billing records and short replies are shorter. Below 65,536. */
    private static final int SHORT = 2_048;

    private static final int KEPT = 4;
    private static final int BUFFER_BYTES = 8 * 1024;
    /** Two bytes of header, five before the block, four of checksum. */
    private static final int FRAME_BYTES = 11;

    private final BlockingQueue<Deflater> idle = new ArrayBlockingQueue<>(KEPT);

    /** Packs; {@link JsonText#inflate} undoes it. */
    byte[] of(String json) {
        byte[] plain = JsonText.utf8(json);
        return plain.length <= SHORT ? stored(plain) : deflated(plain);
    }

    /** Packs what is written piece by piece; no piece ends within a surrogate pair. */
    byte[] of(Consumer<Appendable> json) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (var out = new DeflaterOutputStream(packed, deflater, BUFFER_BYTES)) {
            json.accept(new Pieces(out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }

    /** Encodes each piece by itself. */
    private record Pieces(OutputStream out) implements Appendable {
        @Override
        public Appendable append(CharSequence piece) throws IOException {
            out.write(JsonText.utf8(piece.toString()));
            return this;
        }

        @Override
        public Appendable append(CharSequence text, int start, int end) throws IOException {
            return append(text.subSequence(start, end));
        }

        @Override
        public Appendable append(char c) throws IOException {
            return append(String.valueOf(c));
        }
    }

    /** RFC 1950 around one last block of RFC 1951, 3.2.4. */
    private static byte[] stored(byte[] plain) {
        Adler32 checksum = new Adler32();
        checksum.update(plain);
        return ByteBuffer.allocate(plain.length + FRAME_BYTES)
                .put((byte) 0x78)
                .put((byte) 0x01)
                .put((byte) 0x01)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) plain.length)
                .putShort((short) ~plain.length)
                .put(plain)
                .order(ByteOrder.BIG_ENDIAN)
                .putInt((int) checksum.getValue())
                .array();
    }

    private byte[] deflated(byte[] plain) {
        Deflater kept = idle.poll();
        Deflater deflater = kept == null ? new Deflater(Deflater.BEST_SPEED) : kept;
        deflater.setInput(plain);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 2);
        byte[] buffer = new byte[BUFFER_BYTES];
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
