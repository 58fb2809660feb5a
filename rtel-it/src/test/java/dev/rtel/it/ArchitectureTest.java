package dev.rtel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the main classes of every module against the architecture, and shows that each rule can fail. */
final class ArchitectureTest {
    private static final String PLANTED = "dev.rtel.it.planted";
    private static final Map<String, ArchRule> RULES = new ArchitectureRules("dev.rtel").all();
    private static final Map<String, ArchRule> PLANTED_RULES = new ArchitectureRules(PLANTED).all();
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages("dev.rtel");

    static Stream<String> rules() {
        return RULES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyModuleKeepsTheRule(String rule) {
        RULES.get(rule).check(MAIN);
    }

    @Test
    void theClassesOfEveryModuleAreLookedAt() {
        var modules = new Modules("dev.rtel");
        assertThat(MAIN.stream().map(type -> modules.moduleOf(type).orElse("unknown")))
                .contains(
                        "analysis",
                        "cli",
                        "core",
                        "graders",
                        "openrouter",
                        "report",
                        "simulator",
                        "store",
                        "tasks",
                        "testkit",
                        "wire");
        assertThat(MAIN.stream().map(JavaClass::getName)).noneMatch(name -> name.startsWith("dev.rtel.it"));
    }

    static Stream<Arguments> violators() {
        return Stream.of(
                Arguments.of("known modules", List.of("bare.Unmarked")),
                Arguments.of("modules", List.of("openrouter.SeesSibling", "tasks.TaskThing")),
                Arguments.of("modules", List.of("simulator.SeesCore", "eval.Late")),
                Arguments.of("core layers", List.of("common.LooksAhead", "eval.Late")),
                Arguments.of("cycles", List.of("report.There", "report.html.Back")),
                Arguments.of("internal", List.of("tasks.UsesHidden", "internal.Hidden")),
                Arguments.of("http", List.of("tasks.SpeaksHttp")),
                Arguments.of("sockets", List.of("tasks.OpensSocket")),
                Arguments.of("jdbc", List.of("tasks.SpeaksSql")),
                Arguments.of("processes", List.of("tasks.StartsProcess")),
                Arguments.of("console", List.of("tasks.Prints")),
                Arguments.of("console", List.of("tasks.Exits")),
                Arguments.of("core signatures", List.of("spi.LeaksJackson")),
                Arguments.of("null-marked", List.of("bare.Unmarked")),
                Arguments.of("names", List.of("tasks.TextUtils")),
                Arguments.of("static state", List.of("tasks.Counts")),
                Arguments.of("static state", List.of("tasks.Caches")));
    }

    @ParameterizedTest
    @MethodSource("violators")
    void thePlantedViolatorIsCaught(String rule, List<String> classes) {
        EvaluationResult result = PLANTED_RULES.get(rule).evaluate(planted(classes));
        assertThat(result.hasViolation()).as("rule '%s' on %s", rule, classes).isTrue();
        assertThat(result.getFailureReport().toString())
                .as("rule '%s' names the violator", rule)
                .contains(simpleName(classes.get(0)));
    }

    @Test
    void everyRuleHasAPlantedViolator() {
        assertThat(violators().map(v -> (String) v.get()[0]).distinct())
                .containsExactlyInAnyOrderElementsOf(RULES.keySet());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void whatIsAllowedIsNotCaught(String rule) {
        JavaClasses allowed = planted(List.of(
                "eval.Late",
                "internal.Hidden",
                "tasks.TaskThing",
                "openrouter.MaySpeakHttp",
                "store.sqlite.MaySpeakSql",
                "graders.MayStartProcess",
                "cli.MayPrint",
                "spi.KeepsJackson"));
        if (rule.equals("sockets")) {
            return; // nothing of the simulator is planted that may open one
        }
        assertThat(PLANTED_RULES.get(rule).evaluate(allowed).getFailureReport().getDetails())
                .isEmpty();
    }

    /** Imports these planted classes and the package-info files beside them. */
    private static JavaClasses planted(List<String> names) {
        List<Class<?>> types = names.stream()
                .flatMap(name -> Stream.of(
                        load(PLANTED + "." + name),
                        load(PLANTED + "." + name.substring(0, name.lastIndexOf('.')) + ".package-info")))
                .<Class<?>>flatMap(List::stream)
                .distinct()
                .toList();
        return new ClassFileImporter().importClasses(types);
    }

    private static List<Class<?>> load(String name) {
        try {
            return List.of(Class.forName(name));
        } catch (ClassNotFoundException e) {
            if (name.endsWith(".package-info")) {
                return List.of(); // a package planted without one
            }
            throw new AssertionError("planted class is missing: " + name, e);
        }
    }

    private static String simpleName(String name) {
        return Arrays.asList(name.split("\\.")).get(name.split("\\.").length - 1);
    }
}
