package dev.rtel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.Rtel;
import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.Count;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RunState;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Target;
import dev.rtel.eval.TrialRecord;
import dev.rtel.plan.ModelEntry;
import dev.rtel.plan.Roster;
import dev.rtel.plan.RunSpec;
import dev.rtel.run.RunSummary;
import dev.rtel.spi.Components;
import dev.rtel.spi.ResultStore;
import dev.rtel.spi.Task;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every extension point taken over by a jar that knows nothing but the core. */
class PluginsTest {
    @TempDir
    static Path folder;

    static Path all;

    private final List<URLClassLoader> opened = new ArrayList<>();

    @BeforeAll
    static void packAll() throws IOException {
        all = Plugins.all().pack(folder, "all");
    }

    @AfterEach
    void closeLoaders() throws IOException {
        for (URLClassLoader loader : opened) {
            loader.close();
        }
    }

    private ClassLoader loader(Path... jars) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), Rtel.class.getClassLoader());
        opened.add(loader);
        return loader;
    }

    private Rtel.Builder with(Path... jars) throws IOException {
        return Rtel.builder().discoverProviders(loader(jars));
    }

    private static Task counting(Components components, int n) {
        return components.create(
                components.tasks(), new ComponentSpec("counting", Config.of("tasks[0]", Map.of("n", n))));
    }

    private static RunSpec.Builder spec(Task task) {
        ModelEntry entry = ModelEntry.of("lab/m", "echo", Map.of())
                .withClient("echo", Config.of("models[0].settings", Map.of("prefix", "> ")));
        return RunSpec.builder().roster(Roster.of("plugged", entry)).task(task).runner(ComponentSpec.of("backwards"));
    }

    private static ModelEntry extracting(ComponentSpec extractor) {
        ModelEntry entry = ModelEntry.of("lab/m", "echo", Map.of());
        return new ModelEntry(
                entry.name(),
                entry.id(),
                entry.client(),
                Optional.of(extractor),
                entry.params(),
                entry.routing(),
                entry.maxConcurrency(),
                entry.timeout(),
                false,
                false);
    }

    private record AnyTask(String name, List<Sample> samples, ComponentSpec grader) implements Task {
        @Override
        public String version() {
            return "1";
        }
    }

    private static Task gradedBy(ComponentSpec grader) {
        return new AnyTask("demo", List.of(Sample.of("s1", "q", Target.of("x"))), grader);
    }

    @Test
    void everyExtensionPointIsTakenOverByAJarAndReallyUsed() throws Exception {
        ClassLoader loader = loader(all);
        Components found = Rtel.builder().discoverProviders(loader).build().components();
        ResultStore store =
                found.create(found.stores(), new ComponentSpec("memo", Config.of("store", Map.of("url", "memo:"))));
        RecordingListener listener = new RecordingListener();
        Rtel rtel = Rtel.builder()
                .discoverProviders(loader)
                .store(store)
                .listener(listener)
                .build();
        RunSummary summary = rtel.run(spec(counting(rtel.components(), 6)).build());

        assertThat(summary.state()).isEqualTo(RunState.FINISHED);
        assertThat(summary.plan().summary()).isEqualTo("1 model x 6 samples (1 task) x 1 epoch = 6 trials");
        assertThat(listener.finished())
                .extracting(r -> r.key().sample())
                .containsExactly("s6", "s5", "s4", "s3", "s2", "s1");
        assertThat(store.getClass().getClassLoader()).isSameAs(loader);
        List<TrialRecord> records;
        try (var stream = store.trials(summary.plan().runId(), ResultStore.Projection.FULL)) {
            records = stream.toList();
        }
        assertThat(records).hasSize(6);
        assertThat(records.get(1).completion().orElseThrow().text()).hasValue("> xx");
        assertThat(records.get(1).usage().orElseThrow().response()).isEqualTo(Count.of(4, Count.Source.ESTIMATED));
        assertThat(((Outcome.Scored) records.get(1).outcome()).score().explanation())
                .isEqualTo("shorter than 5");
        assertThat(records).extracting(TrialRecord::passedAlone).containsExactly(false, false, true, true, true, true);
        assertThat(summary.plan().models().get(0).extractor().provider()).isEqualTo("letters");
    }

    @Test
    void withoutBeingAskedForNothingIsFound() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader(all));
        try {
            assertThat(Rtel.builder().build().components().graders().has("length"))
                    .isFalse();
            assertThat(Rtel.builder()
                            .discoverProviders()
                            .build()
                            .components()
                            .graders()
                            .has("length"))
                    .isTrue();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void whatIsFoundIsUsedOnlyWhereItIsNamed() throws Exception {
        Rtel rtel = with(all)
                .model("quiet", context -> ScriptedModel.saying("lab/q", "short"))
                .build();
        Roster roster = Roster.of("r", ModelEntry.of("lab/q", "quiet", Map.of()));
        assertThatThrownBy(() -> rtel.plan(RunSpec.builder()
                        .roster(roster)
                        .task(counting(rtel.components(), 1))
                        .build()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no TokenExtractorProvider named 'usage'; available: [letters]");
    }

    private void refused(Function<Rtel, ThrowingCallable> call, String... parts) throws IOException {
        Rtel rtel = with(all).build();
        assertThatThrownBy(call.apply(rtel)).isInstanceOf(ConfigException.class).hasMessageContainingAll(parts);
    }

    @Test
    void misspeltNamesOfEveryKindAreRefusedNamingWhatExists() throws Exception {
        refused(
                rtel -> () -> rtel.plan(spec(counting(rtel.components(), 1))
                        .roster(Roster.of("r", ModelEntry.of("lab/m", "ecco", Map.of())))
                        .build()),
                "no ModelProvider named 'ecco' (did you mean 'echo'?); available: [echo]",
                "Add the jar that provides it");
        refused(
                rtel -> () -> rtel.plan(spec(counting(rtel.components(), 1))
                        .roster(Roster.of("r", extracting(ComponentSpec.of("leters"))))
                        .build()),
                "no TokenExtractorProvider named 'leters' (did you mean 'letters'?); available: [letters]");
        refused(
                rtel -> () ->
                        rtel.plan(spec(gradedBy(ComponentSpec.of("lenght"))).build()),
                "no GraderProvider named 'lenght' (did you mean 'length'?); available: [length]");
        refused(
                rtel -> () -> rtel.plan(spec(counting(rtel.components(), 1))
                        .runner(ComponentSpec.of("backward"))
                        .build()),
                "no RunnerProvider named 'backward' (did you mean 'backwards'?); available: [backwards, concurrent]");
        refused(
                rtel -> () -> rtel.components().create(rtel.components().tasks(), ComponentSpec.of("countin")),
                "no TaskProvider named 'countin' (did you mean 'counting'?); available: [counting]");
        refused(
                rtel -> () -> rtel.components().create(rtel.components().stores(), ComponentSpec.of("meno")),
                "no ResultStoreProvider named 'meno' (did you mean 'memo'?); available: [memo]");
    }

    @Test
    void unknownSettingsOfEveryKindAreRefusedNamingTheKnownOnes() throws Exception {
        Config typo = Config.of("here", Map.of("prefixx", 1));
        refused(
                rtel -> () -> rtel.plan(spec(counting(rtel.components(), 1))
                        .roster(Roster.of(
                                "r", ModelEntry.of("lab/m", "echo", Map.of()).withClient("echo", typo)))
                        .build()),
                "unknown setting here.prefixx (did you mean 'prefix'?); known: [");
        refused(
                rtel -> () -> rtel.plan(spec(counting(rtel.components(), 1))
                        .roster(Roster.of("r", extracting(new ComponentSpec("letters", typo))))
                        .build()),
                "unknown setting here.prefixx");
        refused(
                rtel -> () -> rtel.plan(spec(gradedBy(
                                new ComponentSpec("length", Config.of("demo.grader", Map.of("at_last", 1)))))
                        .build()),
                "unknown setting demo.grader.at_last (did you mean 'at_least'?); known: [at_least]");
        refused(
                rtel -> () -> rtel.plan(spec(counting(rtel.components(), 1))
                        .runner(new ComponentSpec("backwards", typo))
                        .build()),
                "unknown setting here.prefixx; known: []");
        refused(
                rtel -> () -> rtel.components().create(rtel.components().tasks(), new ComponentSpec("counting", typo)),
                "unknown setting here.prefixx",
                "known: [n]");
        refused(
                rtel -> () -> rtel.components().create(rtel.components().stores(), new ComponentSpec("memo", typo)),
                "unknown setting here.prefixx",
                "known: [url]");
    }

    @Test
    void twoProvidersOfOneNameAreRefusedNamingBothClasses() throws Exception {
        Path other = new PluginJar()
                .source("other.LengthGrader", Plugins.GRADER)
                .service("GraderProvider", "other.LengthGrader$Provider")
                .pack(folder, "other");
        Rtel.Builder builder = with(all, other);
        assertThatThrownBy(builder::build)
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "two GraderProviders are named 'length': ",
                        "plugin.LengthGrader$Provider",
                        "other.LengthGrader$Provider",
                        "remove one of the jars");
    }

    @Test
    void aNameTakenInCodeAndByAJarIsRefusedToo() throws Exception {
        Rtel.Builder builder = with(all).runner("backwards", context -> (pending, executor) -> {});
        assertThatThrownBy(builder::build)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("two RunnerProviders are named 'backwards'");
    }

    @Test
    void oneNameMayStandForSeveralKinds() throws Exception {
        Rtel rtel = with(all)
                .grader("echo", context -> (submission, services) -> dev.rtel.eval.Score.correct("x"))
                .build();
        assertThat(rtel.components().graders().has("echo")).isTrue();
        assertThat(rtel.components().models().has("echo")).isTrue();
    }

    @Test
    void aMalformedNameIsRefusedNamingTheClass() throws Exception {
        Path shouting = new PluginJar()
                .source(
                        "plugin.Shouting",
                        Plugins.GRADER.replace("LengthGrader", "Shouting").replace("\"length\"", "\"LENGTH!\""))
                .service("GraderProvider", "plugin.Shouting$Provider")
                .pack(folder, "shouting");
        Rtel.Builder builder = with(shouting);
        assertThatThrownBy(builder::build)
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("plugin.Shouting$Provider", "'LENGTH!'");
    }

    private void othersAreFound(Path broken, String... named) throws IOException {
        Rtel rtel = with(broken, all).build();
        Components components = rtel.components();
        assertThat(components.graders().has("length")).isTrue();
        assertThat(components.broken())
                .isNotEmpty()
                .allSatisfy(reason -> assertThat(reason).contains(named));
        assertThatThrownBy(() -> components.graders().provider("missing"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("could not be loaded: [")
                .hasMessageContainingAll(named);
        assertThatThrownBy(() -> components.runners().provider("missing"))
                .isInstanceOf(ConfigException.class)
                .hasMessageNotContaining("could not be loaded");
    }

    @Test
    void anEntryWithoutItsClassIsNamedAndHidesNoOther() throws Exception {
        othersAreFound(
                new PluginJar().service("GraderProvider", "gone.Away").pack(folder, "gone"), "gone.Away", "not found");
    }

    @Test
    void anEntryThatIsNoProviderIsNamedAndHidesNoOther() throws Exception {
        othersAreFound(
                new PluginJar()
                        .source("plugin.Stray", "public class Stray {}")
                        .service("GraderProvider", "plugin.Stray")
                        .pack(folder, "stray"),
                "plugin.Stray");
    }

    @Test
    void anEntryWhoseConstructorThrowsIsNamedAndHidesNoOther() throws Exception {
        othersAreFound(
                new PluginJar()
                        .source(
                                "plugin.Moody",
                                Plugins.GRADER.replace("LengthGrader", "Moody").replace("public String name()", """
                                        public Provider() {
                                            throw new IllegalStateException("not today");
                                        }

                                        public String name()"""))
                        .service("GraderProvider", "plugin.Moody$Provider")
                        .pack(folder, "moody"),
                "plugin.Moody$Provider");
    }

    @Test
    void aServiceFileThatIsNoneIsNamedAndHidesNoOther() throws Exception {
        othersAreFound(
                new PluginJar().service("GraderProvider", "not a class name").pack(folder, "garbled"), "garbled.jar");
    }

    @Test
    void aClassMadeForALaterJavaIsNamedAndHidesNoOther() throws Exception {
        Path jar = new PluginJar()
                .source("later.LengthGrader", Plugins.GRADER)
                .service("GraderProvider", "later.LengthGrader$Provider")
                .pack(folder, "later");
        try (var zip = java.nio.file.FileSystems.newFileSystem(jar)) {
            Path entry = zip.getPath("later/LengthGrader$Provider.class");
            byte[] bytes = Files.readAllBytes(entry);
            bytes[7] = (byte) (44 + Runtime.version().feature() + 1); // class file version of the next Java
            Files.write(entry, bytes);
        }
        othersAreFound(jar, "later/LengthGrader$Provider");
    }

    @Test
    void aClassWhoseOwnDependencyIsMissingIsNamedAndHidesNoOther() throws Exception {
        PluginJar needy =
                new PluginJar().source("needy.Base", "public abstract class Base implements GraderProvider {}");
        for (String name : List.of("Needy", "Needier")) {
            needy.source(
                            "needy." + name,
                            Plugins.GRADER
                                    .replace("LengthGrader", name)
                                    .replace("Provider implements GraderProvider", "Provider extends Base"))
                    .service("GraderProvider", "needy." + name + "$Provider");
        }
        Path jar = needy.pack(folder, "needy");
        try (var zip = java.nio.file.FileSystems.newFileSystem(jar)) {
            Files.delete(zip.getPath("needy/Base.class"));
        }
        othersAreFound(jar, "needy/Base");
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aClassLoaderThatCannotBeReadIsNamedOncePerKind() {
        ClassLoader unreadable = new ClassLoader(null) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                throw new IOException("cannot read the jars");
            }
        };
        Components components =
                Rtel.builder().discoverProviders(unreadable).build().components();
        assertThat(components.graders().broken()).hasSize(1);
        assertThat(components.runners().has("concurrent")).isTrue();
    }
}
