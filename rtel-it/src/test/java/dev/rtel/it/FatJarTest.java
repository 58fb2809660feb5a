package dev.rtel.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rtel.common.PlainJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The one file that users download: whole, self-describing, usable from anywhere. */
final class FatJarTest {
    private static final String SERVICES = "META-INF/services/";
    private static final Pattern KIND = Pattern.compile("dev/rtel/spi/(\\w+Provider)\\.class");

    @TempDir
    private Path folder;

    @Test
    void everyProviderOfEveryModuleIsListedInTheJar() throws IOException {
        Map<String, Set<String>> ofModules = new LinkedHashMap<>();
        for (String service : kinds()) {
            for (URL file :
                    java.util.Collections.list(FatJarTest.class.getClassLoader().getResources(SERVICES + service))) {
                try (InputStream stream = file.openStream()) {
                    ofModules.computeIfAbsent(service, s -> new TreeSet<>()).addAll(providers(stream));
                }
            }
        }
        assertThat(ofModules).as("kinds of components with a provider").hasSizeGreaterThanOrEqualTo(6);
        assertThat(ofJar()).as("merged service files of %s", Program.jar()).isEqualTo(ofModules);
    }

    @Test
    void everyServiceFileNamesAKnownKind() throws IOException {
        assertThat(kinds()).containsAll(ofJar().keySet());
    }

    @Test
    void everyListedProviderLoadsFromTheJar() throws Exception {
        URL[] urls = {Program.jar().toUri().toURL()};
        try (var loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            for (Map.Entry<String, Set<String>> kind : ofJar().entrySet()) {
                Class<?> type = loader.loadClass(kind.getKey());
                for (String name : kind.getValue()) {
                    Object provider = loader.loadClass(name).getConstructor().newInstance();
                    assertThat(type.isInstance(provider))
                            .as("%s is a %s", name, kind.getKey())
                            .isTrue();
                    assertThat((String) type.getMethod("name").invoke(provider))
                            .as("name of %s", name)
                            .matches("[a-z0-9-]+");
                }
            }
        }
    }

    @Test
    void pluginsListsEveryProviderWithJarAndVersion() throws IOException {
        Program.Finished ended = Program.in(folder).run("plugins", "--json").withExit(0);
        Map<String, Map<?, ?>> listed = new HashMap<>();
        Map<String, ?> document = PlainJson.readObject(ended.out());
        ((List<?>) document.get("plugins")).forEach(row -> {
            var fields = (Map<?, ?>) row;
            listed.put((String) fields.get("class"), fields);
        });
        assertThat(document.get("broken"))
                .as("providers that could not be loaded")
                .isEqualTo(List.of());
        Set<String> expected = new TreeSet<>();
        ofJar().values().forEach(expected::addAll);
        assertThat(listed.keySet()).containsAll(expected);
        String version = version();
        listed.forEach((name, row) -> {
            assertThat(row.get("jar"))
                    .as("jar of %s", name)
                    .isEqualTo(String.valueOf(Program.jar().getFileName()));
            assertThat(row.get("version")).as("version of %s", name).isEqualTo(version);
            assertThat((String) row.get("name")).as("name of %s", name).isNotBlank();
            assertThat((String) row.get("kind")).as("kind of %s", name).isNotBlank();
        });
    }

    @Test
    void versionNamesToolAndJava() throws IOException {
        assertThat(Program.in(folder).run("--version").withExit(0).out())
                .contains("rtel " + version())
                .contains("Java " + Runtime.version().feature());
    }

    @Test
    void everyCommandHasNarrowHelpWithAnExampleAndExitCodes() {
        Program program = Program.in(folder);
        List<List<String>> commands = new ArrayList<>();
        commands.add(List.of());
        for (int i = 0; i < commands.size(); i++) {
            List<String> command = commands.get(i);
            List<String> arguments = new ArrayList<>(command);
            arguments.add("--help");
            String help =
                    program.run(arguments.toArray(String[]::new)).withExit(0).out();
            assertThat(help.lines().filter(line -> line.length() >= 100))
                    .as("lines of 'rtel %s' of 100 columns or more", String.join(" ", arguments))
                    .isEmpty();
            String called = ("rtel " + String.join(" ", command)).strip();
            assertThat(help.lines()
                            .dropWhile(line -> !line.startsWith("Example"))
                            .filter(l -> l.contains(called)))
                    .as("examples in 'rtel %s':%n%s", String.join(" ", arguments), help)
                    .isNotEmpty();
            assertThat(help).as("help of '%s'", called).contains("Exit codes:").contains("130");
            subcommands(help).forEach(name -> {
                List<String> sub = new ArrayList<>(command);
                sub.add(name);
                commands.add(sub);
            });
        }
        assertThat(commands)
                .contains(
                        List.of("demo"), List.of("run"), List.of("resume"), List.of("show"), List.of("tasks", "list"));
    }

    private static List<String> subcommands(String help) {
        return help.lines()
                .dropWhile(line -> !line.startsWith("Commands:"))
                .skip(1)
                .takeWhile(line -> line.startsWith("  "))
                .map(Pattern.compile("^  ([a-z][a-z-]*)(,| |$).*")::matcher)
                .filter(Matcher::matches)
                .map(m -> m.group(1))
                .filter(name -> !name.equals("help"))
                .toList();
    }

    static Stream<List<String>> readers() {
        return Stream.of(
                List.of("--help"),
                List.of("--version"),
                List.of("plugins", "--json"),
                List.of("tasks", "list"),
                List.of("run", "--dry-run"));
    }

    @ParameterizedTest
    @MethodSource("readers")
    void whatOnlyReadsWorksWhereNothingCanBeWritten(List<String> arguments) throws IOException {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
        Program program = Program.in(folder).at(closed);
        assertThat(program.run(arguments.toArray(String[]::new)).withExit(0).out())
                .isNotBlank();
        assertThat(closed).isEmptyDirectory();
    }

    @Test
    void whatOnlyReadsWorksWhereEvenRootCannotWrite() {
        Path proc = Path.of("/proc");
        assumeTrue(Files.isDirectory(proc.resolve("self")), "no /proc here");
        assertThat(Program.in(folder)
                        .at(proc)
                        .run("run", "--dry-run")
                        .withExit(0)
                        .out())
                .contains("120 trials");
    }

    private static Set<String> kinds() throws IOException {
        try (var jar = new JarFile(Program.jar().toFile())) {
            Set<String> kinds = new TreeSet<>();
            jar.stream()
                    .map(JarEntry::getName)
                    .map(KIND::matcher)
                    .filter(Matcher::matches)
                    .forEach(m -> {
                        if (!m.group(1).equals("ComponentProvider")) {
                            kinds.add("dev.rtel.spi." + m.group(1));
                        }
                    });
            assertThat(kinds).as("kinds of components").contains("dev.rtel.spi.GraderProvider");
            return kinds;
        }
    }

    private static Map<String, Set<String>> ofJar() throws IOException {
        try (var jar = new JarFile(Program.jar().toFile())) {
            Map<String, Set<String>> services = new LinkedHashMap<>();
            for (JarEntry entry : jar.stream()
                    .filter(e -> e.getName().startsWith(SERVICES + "dev.rtel."))
                    .toList()) {
                try (InputStream stream = jar.getInputStream(entry)) {
                    services.put(entry.getName().substring(SERVICES.length()), providers(stream));
                }
            }
            return services;
        }
    }

    private static Set<String> providers(InputStream stream) throws IOException {
        Set<String> names = new TreeSet<>();
        new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceAll("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .forEach(names::add);
        return names;
    }

    private static String version() throws IOException {
        try (var jar = new JarFile(Program.jar().toFile())) {
            return jar.getManifest().getMainAttributes().getValue("Implementation-Version");
        }
    }
}
