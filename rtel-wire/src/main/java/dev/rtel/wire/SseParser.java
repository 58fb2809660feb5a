package dev.rtel.wire;

import dev.rtel.common.RtelException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes a server-sent event stream apart as its bytes arrive, in pieces of any size (https://html.spec.whatwg.org,
 * section 9.2.6). Lines end in CR, LF or CRLF; comments, {@code id} and {@code retry} tell nothing; UTF-8 with or without
 * byte order mark. An event that the end of input cuts off is told all the same: servers forget the last blank line.
 * For one stream; not thread-safe.
 */
public final class SseParser {
    /** Size of line and event that {@link #SseParser(Listener)} allows, in bytes. */
    public static final int LIMIT_BYTES = 16 << 20;

    private static final int FIRST_LINE_BYTES = 1 << 10;
    private static final int COPIED_AT_ONCE = 8 << 10;
    private static final byte[] DATA = {'d', 'a', 't', 'a'};
    private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't'};
    private final int limit;
    private final Listener listener;

    /** The begun line, as far as it came in earlier pieces. */
    private byte[] line = new byte[0];

    private int lineLength;
    private byte @Nullable [] copy;
    private boolean firstLine = true;
    private boolean afterCarriageReturn;
    private boolean ended;

    private String name = "";
    private @Nullable String data;
    private @Nullable StringBuilder moreData;
    private int eventBytes;

    /** Told each event, in order. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Takes an event that has data.
         *
         * @param name of the last {@code event} field; empty when there was none
         * @param data of all {@code data} fields, joined by line feeds; may be empty
         */
        void onEvent(String name, String data);
    }

    /** A line or an event is larger than allowed. */
    public static final class TooLargeException extends RtelException {
        private static final long serialVersionUID = 1L;

        TooLargeException(String what, int limit) {
            super(what + " of the event stream is larger than " + limit + " bytes", null);
        }
    }

    /** A parser that allows {@value #LIMIT_BYTES} bytes a line and an event. */
    public SseParser(Listener listener) {
        this(LIMIT_BYTES, listener);
    }

    /**
     * A parser with a limit of its own.
     *
     * @param limit bytes a line, and the data of an event, may have; at least 1
     */
    public SseParser(int limit, Listener listener) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + ", expected at least 1");
        }
        this.limit = limit;
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /**
     * Takes the next bytes and tells the events they complete.
     *
     * @throws TooLargeException if a line or an event exceeds the limit; the parser is of no use afterwards
     * @throws IllegalStateException if the end was told before
     */
    public void feed(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (ended) {
            throw new IllegalStateException("the event stream has ended");
        }
        int end = offset + length;
        int start = offset;
        if (afterCarriageReturn && length > 0) {
            afterCarriageReturn = false;
            start += bytes[start] == '\n' ? 1 : 0;
        }
        for (int i = start; i < end; i++) {
            byte b = bytes[i];
            if (b != '\n' && b != '\r') {
                continue;
            }
            endLine(bytes, start, i);
            if (b == '\r') {
                if (i + 1 == end) {
                    afterCarriageReturn = true;
                } else if (bytes[i + 1] == '\n') {
                    i++;
                }
            }
            start = i + 1;
        }
        if (start < end) {
            keep(bytes, start, end);
        }
    }

    /** Takes what remains in the buffer; as {@link #feed(byte[], int, int)}. */
    public void feed(ByteBuffer buffer) {
        if (buffer.hasArray()) {
            int length = buffer.remaining();
            int offset = buffer.arrayOffset() + buffer.position();
            buffer.position(buffer.limit());
            feed(buffer.array(), offset, length);
            return;
        }
        if (copy == null) {
            copy = new byte[COPIED_AT_ONCE];
        }
        while (buffer.hasRemaining()) {
            int length = Math.min(copy.length, buffer.remaining());
            buffer.get(copy, 0, length);
            feed(copy, 0, length);
        }
    }

    /** Takes the end of input: a begun line is a line, a begun event an event. Does nothing the second time. */
    public void end() {
        if (ended) {
            return;
        }
        ended = true;
        if (lineLength > 0) {
            endLine(line, 0, 0);
        }
        tell();
    }

    private void endLine(byte[] bytes, int start, int end) {
        if (lineLength == 0) {
            field(bytes, start, end);
            return;
        }
        if (start < end) {
            keep(bytes, start, end);
        }
        int length = lineLength;
        lineLength = 0;
        field(line, 0, length);
    }

    private void keep(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length > limit - lineLength) {
            throw new TooLargeException("a line", limit);
        }
        int needed = lineLength + length;
        if (needed > line.length) {
            int doubled = (int) Math.min(limit, Math.max(FIRST_LINE_BYTES, 2L * line.length));
            line = Arrays.copyOf(line, Math.max(needed, doubled));
        }
        System.arraycopy(bytes, start, line, lineLength, length);
        lineLength = needed;
    }

    private void field(byte[] bytes, int start, int end) {
        int from = start;
        if (firstLine) {
            firstLine = false;
            from += startsWithByteOrderMark(bytes, start, end) ? 3 : 0;
        }
        if (from == end) {
            tell();
        } else if (end - from > limit) {
            throw new TooLargeException("a line", limit);
        } else if (isField(DATA, bytes, from, end)) {
            data(value(DATA, bytes, from, end), end - from);
        } else if (isField(EVENT, bytes, from, end)) {
            name = value(EVENT, bytes, from, end);
        }
    }

    private static boolean startsWithByteOrderMark(byte[] bytes, int start, int end) {
        return end - start >= 3
                && bytes[start] == (byte) 0xEF
                && bytes[start + 1] == (byte) 0xBB
                && bytes[start + 2] == (byte) 0xBF;
    }

    private static boolean isField(byte[] field, byte[] bytes, int start, int end) {
        int after = start + field.length;
        return after <= end
                && (after == end || bytes[after] == ':')
                && Arrays.equals(field, 0, field.length, bytes, start, after);
    }

    private static String value(byte[] field, byte[] bytes, int start, int end) {
        int from = Math.min(end, start + field.length + 1);
        from += from < end && bytes[from] == ' ' ? 1 : 0;
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    private void data(String value, int size) {
        if (size > limit - eventBytes) {
            throw new TooLargeException("an event", limit);
        }
        eventBytes += size;
        if (data == null) {
            data = value;
            return;
        }
        if (moreData == null) {
            moreData = new StringBuilder(data);
        }
        moreData.append('\n').append(value);
    }

    private void tell() {
        String whole = moreData == null ? data : moreData.toString();
        String as = name;
        name = "";
        data = null;
        moreData = null;
        eventBytes = 0;
        if (whole != null) {
            listener.onEvent(as, whole);
        }
    }
}
