package dev.rtel.graders.code;

import dev.rtel.common.PlainJson;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One Python process that answers calls; frames of a 4-byte length and JSON over its three pipes. Nothing is decided by
 * exit codes, printed text, files or the end of a stream alone. Used by one thread.
 */
final class HostProcess implements AutoCloseable {
    static final int LARGEST_FRAME = 4 << 20;
    private static final int KEPT_OUTPUT = 1 << 20;
    private static final int SHOWN_OUTPUT = 4096;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private final Process process;
    private final ProcessTree tree;
    private final @Nullable WorkFolder folder;
    private final Starter starter = new Starter();
    private final long outputLimit;
    private final BlockingQueue<Frame> frames = new ArrayBlockingQueue<>(2);
    private final StringBuilder output = new StringBuilder();
    private final ExecutorService writer = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "rtel-code-requests");
        thread.setDaemon(true);
        return thread;
    });
    private final Thread replies;
    private final Thread prints;
    private byte[] program;
    private volatile long printed;

    /** What ended a job early; the message is the status. */
    static final class EndedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final String status;

        EndedException(String status, String message) {
            super(message);
            this.status = status;
        }

        String status() {
            return status;
        }
    }

    /** A frame, or the reason why no more come. */
    private record Frame(byte[] bytes, String problem) {}

    /**
     * Starts a process with nothing but these variables and three pipes.
     *
     * @param folder where it stands and may write; null where the backend gives it one of its own
     * @param contained whether it can start no other process
     * @param program what it reads before the first request
     */
    HostProcess(
            List<String> command,
            Map<String, String> variables,
            @Nullable WorkFolder folder,
            long outputLimit,
            boolean contained,
            byte[] program)
            throws IOException, InterruptedException {
        this.program = program;
        this.folder = folder;
        this.outputLimit = outputLimit;
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder == null ? new File("/") : folder.path().toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(variables);
        String run = UUID.randomUUID().toString();
        environment.put("RTEL_RUN", run);
        process = starter.start(builder);
        tree = new ProcessTree(process, "RTEL_RUN=" + run, folder == null ? null : folder.path(), !contained);
        replies = daemon("rtel-code-replies", this::readReplies);
        prints = daemon("rtel-code-output", this::readOutput);
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Sends a request and waits for its reply. */
    Map<String, @Nullable Object> ask(Map<String, Object> request, long deadline)
            throws EndedException, InterruptedException {
        send(request, deadline);
        return receive(deadline);
    }

    /** Written by a thread of its own: a child that does not read would block the judge, whom no interrupt frees. */
    private void send(Map<String, Object> request, long deadline) throws EndedException, InterruptedException {
        byte[] body = PlainJson.write(request).getBytes(StandardCharsets.UTF_8);
        byte[] frame = ByteBuffer.allocate(program.length + body.length + 4)
                .put(program)
                .putInt(body.length)
                .put(body)
                .array();
        program = new byte[0];
        CountDownLatch written = new CountDownLatch(1);
        writer.execute(() -> {
            write(frame);
            written.countDown();
        });
        while (!written.await(20, TimeUnit.MILLISECONDS) && process.isAlive()) {
            check(deadline);
        }
    }

    /** A pipe that is broken shows as the missing reply. */
    private void write(byte[] frame) {
        try {
            OutputStream out = process.getOutputStream();
            out.write(frame);
            out.flush();
        } catch (IOException e) {
            frames.offer(new Frame(new byte[0], "the process closed its input"));
        }
    }

    private Map<String, @Nullable Object> receive(long deadline) throws EndedException, InterruptedException {
        long nextLook = System.nanoTime() + LOOK_NANOS;
        while (true) {
            check(deadline);
            Frame frame = frames.poll(20, TimeUnit.MILLISECONDS);
            if (frame != null) {
                if (!frame.problem().isEmpty()) {
                    throw new EndedException(
                            frame.problem().startsWith("frame") ? "PROTOCOL_ERROR" : "CRASH", frame.problem());
                }
                return parse(frame.bytes());
            }
            if (System.nanoTime() > nextLook) {
                if (folder != null && folder.full()) {
                    throw new EndedException("DISK_LIMIT", "the code wrote more than 64 MiB or 5000 files");
                }
                nextLook = System.nanoTime() + LOOK_NANOS;
            }
        }
    }

    private void check(long deadline) throws EndedException {
        if (printed > outputLimit) {
            throw new EndedException("OUTPUT_LIMIT", "the code printed more than " + outputLimit + " bytes");
        }
        if (System.nanoTime() - deadline > 0) {
            throw new EndedException("TIMEOUT", "time is up");
        }
    }

    private static Map<String, @Nullable Object> parse(byte[] bytes) throws EndedException {
        try {
            return PlainJson.readObject(new String(bytes, StandardCharsets.UTF_8));
        } catch (PlainJson.MalformedJsonException | IllegalArgumentException e) {
            throw new EndedException("PROTOCOL_ERROR", "the reply is no JSON object");
        }
    }

    private void readReplies() {
        try (DataInputStream in = new DataInputStream(process.getInputStream())) {
            while (true) {
                int length = in.readInt();
                if (length < 2 || length > LARGEST_FRAME) {
                    frames.put(new Frame(new byte[0], "frame of a length that is not allowed"));
                    return;
                }
                byte[] bytes = in.readNBytes(length);
                if (bytes.length < length) {
                    throw new EOFException();
                }
                frames.put(new Frame(bytes, ""));
            }
        } catch (IOException e) {
            try {
                frames.put(new Frame(new byte[0], "the process ended without a reply"));
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readOutput() {
        byte[] buffer = new byte[65_536];
        try (InputStream in = process.getErrorStream()) {
            int count;
            while ((count = in.read(buffer)) >= 0) {
                synchronized (output) {
                    int room = KEPT_OUTPUT - output.length();
                    if (room > 0) {
                        output.append(new String(buffer, 0, Math.min(room, count), StandardCharsets.UTF_8));
                    }
                }
                printed += count;
            }
        } catch (IOException e) {
            // closed after the kill: what was read is kept
            printed += 0;
        }
    }

    /** What the code printed: at most 4 KiB, control characters stripped. */
    String output() {
        String text;
        synchronized (output) {
            text = output.toString();
        }
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < text.length() && clean.length() < SHOWN_OUTPUT; i++) {
            char c = text.charAt(i);
            clean.append(c == '\n' || c == '\t' || !Character.isISOControl(c) ? String.valueOf(c) : "");
        }
        return clean.length() < SHOWN_OUTPUT
                ? clean.toString()
                : clean.append(" [cut]").toString();
    }

    /** Ends every process of the run. */
    @Override
    public void close() {
        boolean ended = tree.end();
        starter.close();
        writer.shutdownNow();
        replies.interrupt();
        for (AutoCloseable stream :
                List.of(process.getOutputStream(), process.getInputStream(), process.getErrorStream())) {
            if (ended) {
                try {
                    stream.close();
                } catch (Exception e) {
                    continue;
                }
            }
        }
        try {
            prints.join(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
