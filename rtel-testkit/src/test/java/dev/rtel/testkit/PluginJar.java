package dev.rtel.testkit;

import dev.rtel.Rtel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A plug-in as an outsider would pack it: classes compiled against the core, and service files. */
final class PluginJar {
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, List<String>> services = new LinkedHashMap<>();

    /** Adds a class; the source needs no imports of the core's packages. */
    PluginJar source(String className, String body) {
        int dot = className.lastIndexOf('.');
        sources.put(
                className,
                "package " + className.substring(0, dot) + ";\n"
                        + Stream.of("common", "config", "eval", "plan", "run", "spi")
                                .map(name -> "import dev.rtel." + name + ".*;\n")
                                .collect(Collectors.joining())
                        + "import java.util.*;\n"
                        + body);
        return this;
    }

    /** Adds a line to the service file of a kind, e.g. {@code GraderProvider}. */
    PluginJar service(String kind, String line) {
        services.computeIfAbsent(kind, key -> new ArrayList<>()).add(line);
        return this;
    }

    /** Compiles and packs. */
    Path pack(Path folder, String name) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(name + "-classes"));
        compile(classes);
        Path jar = folder.resolve(name + ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                add(packed, classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
            for (Map.Entry<String, List<String>> service : services.entrySet()) {
                String lines = String.join("\n", service.getValue()) + "\n";
                add(
                        packed,
                        "META-INF/services/dev.rtel.spi." + service.getKey(),
                        lines.getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }

    private void compile(Path target) {
        if (sources.isEmpty()) {
            return;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((name, text) -> units.add(new Source(name, text)));
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "-d",
                target.toString(),
                "-proc:none",
                "-classpath",
                place(Rtel.class) + java.io.File.pathSeparator + place("org.jspecify.annotations.NullMarked"));
        if (!compiler.getTask(messages, null, null, options, null, units).call()) {
            throw new IllegalStateException("the plug-in does not compile:\n" + messages);
        }
    }

    /** The jar or folder a class comes from. */
    static Path place(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Path place(String className) {
        try {
            return place(Class.forName(className));
        } catch (ClassNotFoundException e) {
            throw new UncheckedIOException(new IOException("not on the test class path: " + className, e));
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
