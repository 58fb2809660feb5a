package dev.rtel.graders.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A script compiled once by the interpreter that will run it: compiling takes longer than everything else a start needs.
 * Sent to a fresh process as its first bytes, before anything of a submission is there.
 */
final class Compiled {
    /** Reads what {@link #bytes} gives from its input and runs it. */
    static final String LAUNCHER = """
            import os
            def take(count):
                data = b''
                while len(data) < count:
                    part = os.read(0, count - len(data))
                    if not part:
                        os._exit(0)
                    data += part
                return data
            import marshal
            exec(marshal.loads(take(int.from_bytes(take(4), 'big'))))
            """;

    private static final String COMPILER = """
            import marshal, sys
            code = compile(sys.stdin.buffer.read(), 'rtel', 'exec', 0, True)
            sys.stdout.buffer.write(marshal.dumps(code))
            """;
    private static final int LIMIT_SECONDS = 10;
    private static final Map<List<String>, Compiled> MADE = new ConcurrentHashMap<>();
    private final byte[] bytes;

    private Compiled(byte[] code) {
        bytes = ByteBuffer.allocate(code.length + 4)
                .putInt(code.length)
                .put(code)
                .array();
    }

    /**
     * Compiles, the first time.
     *
     * @throws IOException if the interpreter does not do it
     */
    static Compiled of(PythonProbe python, String script) throws IOException, InterruptedException {
        List<String> key = List.of(python.executable(), python.version(), script);
        Compiled made = MADE.get(key);
        if (made == null) {
            made = new Compiled(compile(python, script));
            MADE.put(key, made);
        }
        return made;
    }

    private static byte[] compile(PythonProbe python, String script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Backend.interpreter(python.executable(), COMPILER));
        builder.environment().clear();
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            try (OutputStream out = process.getOutputStream()) {
                out.write(script.getBytes(StandardCharsets.UTF_8));
            }
            byte[] code;
            try (InputStream in = process.getInputStream()) {
                code = in.readAllBytes();
            }
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0 || code.length == 0) {
                throw new IOException(python.executable() + " cannot compile what it is to run");
            }
            return code;
        } finally {
            process.destroyForcibly();
        }
    }

    byte[] bytes() {
        return bytes.clone();
    }
}
