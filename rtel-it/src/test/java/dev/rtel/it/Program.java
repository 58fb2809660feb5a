package dev.rtel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The assembled program as a user starts it: a real process from the executable jar, in a folder, with an environment that
 * holds none of the caller's settings. Immutable.
 *
 * @param directory working directory
 * @param scratch where the process's output, temporary files and user configuration go; outside the working directory
 * @param environment variables beside the inherited ones
 * @param javaOptions further options of the virtual machine
 * @param wrapper command to run it under
 */
record Program(
        Path directory, Path scratch, Map<String, String> environment, List<String> javaOptions, List<String> wrapper) {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final AtomicInteger STARTED = new AtomicInteger();

    /** A program in a folder of its own below the given one. */
    static Program in(Path folder) {
        try {
            Path scratch = Files.createDirectories(folder.resolve("scratch"));
            Files.createDirectories(scratch.resolve("tmp"));
            return new Program(
                    Files.createDirectories(folder.resolve("work")), scratch, Map.of(), List.of(), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Program with(String variable, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(variable, value);
        return new Program(directory, scratch, more, javaOptions, wrapper);
    }

    Program at(Path other) {
        return new Program(other, scratch, environment, javaOptions, wrapper);
    }

    Program withJava(String... options) {
        return new Program(directory, scratch, environment, List.of(options), wrapper);
    }

    Program under(String... command) {
        return new Program(directory, scratch, environment, javaOptions, List.of(command));
    }

    /** The jar under test: {@code -Drtel.jar}, else the one that rtel-cli has built. */
    static Path jar() {
        String given = System.getProperty("rtel.jar", "");
        if (!given.isEmpty()) {
            return Path.of(given);
        }
        String root = System.getProperty("rtel.root", "");
        assertThat(root).as("system property rtel.root, set by the build").isNotEmpty();
        Path target = Path.of(root, "rtel-cli", "target");
        List<Path> jars = new ArrayList<>();
        if (Files.isDirectory(target)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(target, "rtel-cli-*-all.jar")) {
                found.forEach(jars::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertThat(jars)
                .as("executable jars in %s; build it first: mvn package in the project's root", target)
                .hasSize(1);
        return jars.get(0);
    }

    /** Runs a command to its end. */
    Finished run(String... arguments) {
        try (Running running = start(arguments)) {
            return running.await();
        }
    }

    Running start(String... arguments) {
        List<String> command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // an own temporary folder: a killed process leaves its unpacked libraries behind
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Djava.io.tmpdir=" + scratch.resolve("tmp")));
        command.addAll(javaOptions);
        command.addAll(List.of("-jar", jar().toString()));
        command.addAll(List.of(arguments));
        int number = STARTED.incrementAndGet();
        Path out = scratch.resolve(number + ".out");
        Path err = scratch.resolve(number + ".err");
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> variables = builder.environment();
        variables
                .keySet()
                .removeIf(name -> name.startsWith("RTEL_")
                        || List.of(
                                        "OPENROUTER_API_KEY",
                                        "NO_COLOR",
                                        "FORCE_COLOR",
                                        "JAVA_TOOL_OPTIONS",
                                        "JDK_JAVA_OPTIONS")
                                .contains(name));
        variables.put("RTEL_HOME", scratch.resolve("home").toString());
        variables.putAll(environment);
        try {
            return new Running(builder.start(), String.join(" ", arguments), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A process that may still be going on; killed on close.
     *
     * @param process the process
     * @param commandLine what was asked of it
     * @param outFile its standard output
     * @param errFile its standard error
     */
    record Running(Process process, String commandLine, Path outFile, Path errFile) implements AutoCloseable {
        Finished await() {
            try {
                boolean ended = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                assertThat(ended)
                        .as("'%s' ended within %s; its standard error so far:%n%s", commandLine, PATIENCE, err())
                        .isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
            return new Finished(commandLine, process.exitValue(), read(outFile), err());
        }

        String err() {
            return read(errFile);
        }

        boolean alive() {
            return process.isAlive();
        }

        /** Ends the process as {@code kill -9} does. */
        Finished kill() {
            process.destroyForcibly();
            return await();
        }

        /** Sends INT or TERM. */
        void signal(String name) {
            try {
                Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start();
                assertThat(kill.waitFor()).as("exit code of kill -%s", name).isZero();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }

        /** Waits until something holds; fails when the process ends before it does. */
        void awaitThat(String what, BooleanSupplier condition) {
            boolean held = poll(condition);
            assertThat(held)
                    .as(
                            "%s, while '%s' is %s; its standard error:%n%s",
                            what, commandLine, alive() ? "going on" : "at its end", err())
                    .isTrue();
        }

        /** Waits until something holds or the process is at its end; tells whether it held. */
        boolean poll(BooleanSupplier condition) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < end) {
                if (condition.getAsBoolean()) {
                    return true;
                }
                if (!alive()) {
                    return condition.getAsBoolean();
                }
                LockSupport.parkNanos(500_000);
            }
            return false;
        }

        @Override
        public void close() {
            if (alive()) {
                process.destroyForcibly();
            }
        }
    }

    /**
     * A process that ended.
     *
     * @param commandLine what was asked of it
     * @param exit its exit code
     * @param out its standard output
     * @param err its standard error
     */
    record Finished(String commandLine, int exit, String out, String err) {
        Finished withExit(int expected) {
            assertThat(exit)
                    .as(
                            "exit code of '%s'; standard output:%n%s%nstandard error:%n%s",
                            commandLine, tail(out), tail(err))
                    .isEqualTo(expected);
            return this;
        }

        private static String tail(String text) {
            return text.length() <= 4000 ? text : "…" + text.substring(text.length() - 4000);
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
