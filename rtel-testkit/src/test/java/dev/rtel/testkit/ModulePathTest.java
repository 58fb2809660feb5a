package dev.rtel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.Rtel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The core as a named module, seen by a consumer that is one too. */
@Timeout(120)
class ModulePathTest {
    private static final String MODULE = """
            module consumer {
                requires transitive dev.rtel.core;

                exports consumer;

                provides dev.rtel.spi.GraderProvider with consumer.Main.Yes;
            }
            """;
    private static final String MAIN = """
            package consumer;

            import dev.rtel.Rtel;
            import dev.rtel.eval.*;
            import dev.rtel.plan.*;
            import dev.rtel.spi.*;
            import java.util.*;

            public final class Main {
                public static final class Yes implements GraderProvider {
                    @Override
                    public String name() {
                        return "yes";
                    }

                    @Override
                    public Grader create(ComponentContext context) {
                        return (submission, services) -> Score.correct(submission.text());
                    }
                }

                private record Demo(String name, String version, List<Sample> samples, ComponentSpec grader)
                        implements Task {}

                public static void main(String[] args) throws Exception {
                    Rtel rtel = Rtel.builder().discoverProviders().build();
                    System.out.println("module " + Rtel.class.getModule().getName());
                    System.out.println("graders " + rtel.components().graders().providers().stream()
                            .map(GraderProvider::name).toList());
                    System.out.println("models " + rtel.components().models().providers().stream()
                            .map(ModelProvider::name).toList());
                    System.out.println("broken " + rtel.components().broken());
                    var summary = rtel.run(RunSpec.builder()
                            .roster(Roster.of("r", ModelEntry.of("lab/m", "echo", Map.of())))
                            .task(new Demo("demo", "1", List.of(Sample.of("s1", "hello", Target.of("x"))),
                                    ComponentSpec.of("yes")))
                            .build());
                    System.out.println("passed " + summary.progress().passed());
                    StringBuilder text = new StringBuilder();
                    EvalJson.write(summary.plan(), text);
                    RunPlan plan = EvalJson.readPlan(text.toString());
                    System.out.println("round trip " + plan.equals(summary.plan()));
                }
            }
            """;

    @TempDir
    Path folder;

    private static String modulePath(Path... more) {
        return Stream.concat(
                        Stream.of(
                                        Rtel.class.getName(),
                                        "tools.jackson.databind.json.JsonMapper",
                                        "tools.jackson.core.JacksonException",
                                        "com.fasterxml.jackson.annotation.JsonTypeInfo",
                                        "org.slf4j.Logger",
                                        "org.jspecify.annotations.NullMarked")
                                .map(PluginJar::place),
                        Stream.of(more))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private String run(String tool, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, tool, ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("%s ended", tool)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(output);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    @Test
    void aNamedModuleUsesTheCoreWithItsOwnProviderAndAPluginJar() throws Exception {
        Path core = PluginJar.place(Rtel.class);
        Assumptions.assumeTrue(
                Files.isRegularFile(core) || Files.exists(core.resolve("module-info.class")),
                "the core's classes at " + core + " hold no module descriptor");
        Path module = Files.writeString(folder.resolve("module-info.java"), MODULE);
        Path main = Files.writeString(
                Files.createDirectories(folder.resolve("consumer")).resolve("Main.java"), MAIN);
        Path classes = folder.resolve("classes");
        run(
                "javac",
                "-Xlint:all,-requires-automatic,-missing-explicit-ctor",
                "-Werror",
                "-d",
                classes.toString(),
                "--module-path",
                modulePath(),
                module.toString(),
                main.toString());
        Path plugin = Plugins.all()
                .source(
                        "plugin.Usage",
                        Plugins.EXTRACTOR.replace("Letters", "Usage").replace("\"letters\"", "\"usage\""))
                .pack(folder, "plugin");

        String output = run(
                "java",
                "--module-path",
                modulePath(classes, plugin),
                "--add-modules",
                "ALL-MODULE-PATH",
                "--module",
                "consumer/consumer.Main");

        assertThat(output)
                .contains("module dev.rtel.core")
                .contains("graders [length, yes]")
                .contains("models [echo]")
                .contains("broken []")
                .contains("passed 1")
                .contains("round trip true");
    }
}
