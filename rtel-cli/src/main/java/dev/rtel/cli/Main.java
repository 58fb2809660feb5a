package dev.rtel.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Entry point of the executable jar. */
public final class Main {
    private Main() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        // idle connections are dropped soon: JDK 17 keeps them for 20 minutes and then fails the next call
        System.setProperty("jdk.httpclient.keepalive.timeout", "30");
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        var surroundings =
                new Surroundings(out, err, System.getenv(), Path.of("").toAbsolutePath(), isTerminal());
        int code = CommandRunner.run(surroundings, args);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** Standard error is looked at itself: {@code System.console()} tells of standard input and output only. */
    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }
}
