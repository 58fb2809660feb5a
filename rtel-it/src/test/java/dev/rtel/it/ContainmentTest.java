package dev.rtel.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.common.PlainJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Hostile programs as replies of a model, through the program as a user runs it, under each sandbox and as root and as
 * an ordinary user. Looks afterwards at what could have been reached: files, processes, ports, the key.
 */
class ContainmentTest {
    private static final Path DATA = Path.of(System.getProperty("rtel.root", "."), "..", "shared", "data", "hostile");
    private static final String KEY = "sk-or-v1-canary-0123456789abcdef";
    private static final String OTHER_USER = "12345";

    @TempDir
    private Path folder;

    private final AtomicInteger visits = new AtomicInteger();
    private @Nullable ServerSocket port;
    private Path canary = Path.of("/tmp/rtel-canary-file");

    @BeforeEach
    void openToOthers() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        port = socket;
        Thread listener = new Thread(() -> {
            while (!socket.isClosed()) {
                try {
                    socket.accept().close();
                    visits.incrementAndGet();
                } catch (IOException e) {
                    break;
                }
            }
        });
        listener.setDaemon(true);
        listener.start();
    }

    @AfterEach
    void close() throws IOException {
        if (port != null) {
            port.close();
        }
        Files.deleteIfExists(canary);
    }

    @ParameterizedTest
    @CsvSource({"landlock, root", "bwrap, root", "landlock, user", "bwrap, user"})
    void nothingGetsOut(String sandbox, String who) throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(DATA), "no corpus of hostile programs here");
        boolean root = Tools.works("sh", "-c", "test $(id -u) = 0");
        Assumptions.assumeTrue(root || who.equals("user"), "not root");
        boolean drop = root && who.equals("user");
        Program program = program(drop);
        Assumptions.assumeTrue(
                doctor(program).contains("code sandbox " + sandbox + ": contained"),
                sandbox + " does not work here for " + who);
        Path kept = Files.createDirectories(folder.resolve("kept"));
        Files.writeString(kept.resolve("precious"), "untouched");
        Files.writeString(canary, "untouched");
        own(drop, program.directory(), program.scratch(), kept, canary);
        Set<String> before = traces();
        Path results = run(program, sandbox, kept);
        assertThat(problems(results, sandbox)).as("%s as %s", sandbox, who).isEmpty();
        Set<String> after = traces();
        after.removeAll(before);
        assertThat(after).as("processes and files left behind").isEmpty();
        assertThat(visits).as("connections to a port of this machine").hasValue(0);
        assertThat(kept.resolve("precious")).hasContent("untouched");
        assertThat(Files.getPosixFilePermissions(canary, LinkOption.NOFOLLOW_LINKS))
                .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(canary).hasContent("untouched");
    }

    private Program program(boolean drop) throws IOException {
        Program program = Program.in(folder).with("OPENROUTER_API_KEY", KEY).with("PATH", "/usr/bin:/bin");
        return drop
                ? program.under("setpriv", "--reuid=" + OTHER_USER, "--regid=" + OTHER_USER, "--clear-groups")
                : program;
    }

    private String doctor(Program program) throws IOException {
        own(true, program.directory(), program.scratch());
        StringBuilder said = new StringBuilder();
        for (String line : program.run("doctor").out().split("\n")) {
            said.append(line.replaceAll("^\\S+ (code sandbox \\S+) +", "$1: ")).append('\n');
        }
        return said.toString();
    }

    private static void own(boolean drop, Path... paths) throws IOException {
        for (Path path : paths) {
            if (drop) {
                assertThat(Tools.works("chown", "-R", OTHER_USER + ":" + OTHER_USER, path.toString())
                                || !Tools.works("sh", "-c", "test $(id -u) = 0"))
                        .isTrue();
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> manifest() throws IOException {
        return (Map<String, Object>) (Map<?, ?>) PlainJson.readObject(Files.readString(DATA.resolve("manifest.json")));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> items() throws IOException {
        return (List<Map<String, Object>>) manifest().get("items");
    }

    /** One sample a program; the hostile ones get less time. */
    private static Path run(Program program, String sandbox, Path kept) throws IOException {
        List<String> tasks = new ArrayList<>();
        StringBuilder completions = new StringBuilder();
        for (String kind : List.of("hostile", "control")) {
            List<Map<String, Object>> samples = new ArrayList<>();
            for (Map<String, Object> item : items()) {
                if (kind.equals(item.get("kind"))) {
                    String id = String.valueOf(item.get("id"));
                    samples.add(sample(id));
                    String source = Files.readString(DATA.resolve(String.valueOf(item.get("file"))));
                    Map<String, Object> line = new LinkedHashMap<>();
                    line.put("model", "hostile/model");
                    line.put("task", kind);
                    line.put("sample", id);
                    line.put("text", "~~~~python\n" + source + "\n~~~~\n");
                    completions.append(PlainJson.write(line)).append('\n');
                }
            }
            Map<String, Object> task = new LinkedHashMap<>();
            task.put("task", kind);
            task.put("version", "1");
            task.put("category", "debug");
            task.put("grader", Map.of("name", "code-execution", "timeout", kind.equals("hostile") ? "2s" : "10s"));
            task.put("samples", samples);
            Files.writeString(program.directory().resolve(kind + ".json"), PlainJson.write(task));
            tasks.addAll(List.of("--task", kind + ".json"));
        }
        Files.writeString(program.directory().resolve("completions.jsonl"), completions);
        List<String> command = new ArrayList<>(List.of("run", "--replay", "completions.jsonl", "--quiet", "--yes"));
        command.addAll(tasks);
        command.addAll(List.of("--code-sandbox", sandbox));
        program.with("RTEL_CANARY_DIR", kept.toString())
                .run(command.toArray(new String[0]))
                .withExit(0);
        try (Stream<Path> runs = Files.list(program.directory().resolve("results"))) {
            return runs.findFirst().orElseThrow();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> sample(String id) throws IOException {
        var task = (Map<String, Object>) manifest().get("task");
        Map<String, Object> sample = new LinkedHashMap<>();
        sample.put("id", id);
        sample.put("input", "Merge the intervals.");
        sample.put("entry", task.get("entry"));
        sample.put("cases", task.get("cases"));
        return sample;
    }

    @SuppressWarnings("unchecked")
    private static List<String> problems(Path results, String sandbox) throws IOException {
        Map<String, Map<String, Object>> graded = new LinkedHashMap<>();
        for (String line : Files.readAllLines(results.resolve("samples.jsonl"))) {
            var row = (Map<String, Object>) (Map<?, ?>) PlainJson.readObject(line);
            graded.put(String.valueOf(row.get("sample")), row);
        }
        List<String> problems = new ArrayList<>();
        for (Map<String, Object> item : items()) {
            String id = String.valueOf(item.get("id"));
            Map<String, Object> row = graded.get(id);
            if (row == null || !"scored".equals(row.get("outcome"))) {
                problems.add(id + " was not graded: " + row);
                continue;
            }
            var grading = (Map<String, Object>) row.get("grading");
            var expect = (Map<String, Object>) item.get("expect");
            Object status = grading.get("status");
            Object exact = expect.getOrDefault("exact", expect.get("fixed"));
            boolean right = exact == null ? !"PASS".equals(status) : exact.equals(status);
            boolean passed = "PASS".equals(exact);
            if (!right || !Boolean.valueOf(passed).equals(row.get("passed"))) {
                problems.add(id + " is " + status + ", expected " + expect);
            }
            String output = String.valueOf(grading.get("output"));
            if (output.lines().anyMatch(line -> line.startsWith("RTEL-PROBE"))) {
                problems.add(id + " reached something: " + output);
            }
            if (!sandbox.equals(grading.get("executor"))
                    || grading.get("python") == null
                    || grading.get("limits") == null) {
                problems.add(id + " does not say where it ran: " + grading);
            }
        }
        for (Path file : List.of(results.resolve("samples.jsonl"), results.resolve("run.json"))) {
            if (Files.readString(file).contains(KEY)) {
                problems.add("the key is in " + file);
            }
        }
        return problems;
    }

    /** Running processes that carry a run's mark or belong to a user for one run, folders of runs, shared memory. */
    private static Set<String> traces() {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (Path entry :
                    all.filter(p -> p.getFileName().toString().matches("\\d+")).toList()) {
                try {
                    List<String> status = Files.readAllLines(entry.resolve("status"), StandardCharsets.ISO_8859_1);
                    boolean zombie = status.stream().anyMatch(line -> line.matches("State:\\s+[ZX].*"));
                    boolean spare = status.stream().anyMatch(line -> line.matches("Uid:\\s+6[1-5]\\d{3}\\s.*"));
                    boolean marked = new String(
                                    Files.readAllBytes(entry.resolve("environ")), StandardCharsets.ISO_8859_1)
                            .contains("RTEL_RUN=");
                    if (!zombie && (spare || marked)) {
                        found.add(entry + " " + status.get(0));
                    }
                } catch (IOException gone) {
                    continue; // ended meanwhile, or another user's
                }
            }
            for (String place : List.of("/tmp", "/dev/shm", "/var/tmp")) {
                try (Stream<Path> files = Files.list(Path.of(place))) {
                    files.filter(ContainmentTest::ofARun).forEach(file -> found.add(file.toString()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** By its name, or because it belongs to a user that only runs have. */
    private static boolean ofARun(Path file) {
        try {
            int owner = (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            String name = file.getFileName().toString();
            return owner >= 61_000 && owner < 65_536
                    || name.startsWith("rtel-") && !name.startsWith("rtel-canary")
                    || owner == Integer.parseInt(OTHER_USER) && !name.startsWith("hsperfdata");
        } catch (IOException e) {
            return false; // gone meanwhile
        }
    }

    @Test
    void theDoctorTriesEverySandboxAndSaysWhichIsUsed() throws IOException {
        String said = program(false).run("doctor").out();
        assertThat(said).contains("code sandbox bwrap", "code sandbox landlock", "code sandbox unsafe", "containment");
        assertThat(said).contains("seatbelt").contains("not on this system");
    }
}
