package dev.rtel.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The rules of the architecture; made for a root package, so that planted classes can be held against them too. */
final class ArchitectureRules {
    private static final Set<String> MUTABLE = Set.of(
            "java.util.ArrayList",
            "java.util.LinkedList",
            "java.util.ArrayDeque",
            "java.util.HashMap",
            "java.util.LinkedHashMap",
            "java.util.TreeMap",
            "java.util.EnumMap",
            "java.util.HashSet",
            "java.util.LinkedHashSet",
            "java.util.TreeSet",
            "java.util.BitSet",
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.lang.StringBuilder",
            "java.lang.ThreadLocal");
    private static final List<String> FOREIGN_TO_CORE_API =
            List.of("tools.jackson.", "com.fasterxml.jackson.", "org.jdbi.", "picocli.", "java.sql.");

    private final Modules modules;

    ArchitectureRules(String root) {
        this.modules = new Modules(root);
    }

    /** All rules by name. */
    Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("known modules", everyClassBelongsToAModule());
        rules.put("modules", modulesSeeOnlyWhatTheyMay());
        rules.put("core layers", coreGoesInwardOnly());
        rules.put("cycles", noCyclesBetweenPackages());
        rules.put("internal", internalStaysInItsModule());
        rules.put("http", onlyOpenrouterSpeaksHttp());
        rules.put("sockets", onlyTheSimulatorOpensSockets());
        rules.put("jdbc", onlyTheStoreSpeaksSql());
        rules.put("processes", onlyGradersStartProcesses());
        rules.put("console", onlyTheCommandLineUsesTheConsole());
        rules.put("core signatures", coreShowsNoForeignTypes());
        rules.put("null-marked", everyPackageIsNullMarked());
        rules.put("names", noVagueNames());
        rules.put("static state", noStaticMutableState());
        return rules;
    }

    ArchRule everyClassBelongsToAModule() {
        return rule("belong to a module that the table in Modules knows", (type, events) -> {
            if (modules.moduleOf(type).isEmpty()) {
                violation(events, type, type.getName() + " is in a package of no known module: add it to Modules");
            }
        });
    }

    ArchRule modulesSeeOnlyWhatTheyMay() {
        return dependencies(
                "use only the modules that the architecture lets them see",
                (from, to) -> modules.owns(to)
                        && !modules.moduleOf(from)
                                .flatMap(f -> modules.moduleOf(to).map(t -> modules.maySee(f, t)))
                                .orElse(true));
    }

    ArchRule coreGoesInwardOnly() {
        return dependencies(
                "in core, use only packages further in: common, config, eval, spi, {plan, run}, internal, root",
                (from, to) -> modules.inCore(from) && modules.inCore(to) && !modules.isInward(from, to));
    }

    ArchRule noCyclesBetweenPackages() {
        return slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return modules.owns(type)
                                ? SliceIdentifier.of(type.getPackageName())
                                : SliceIdentifier.ignore();
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                })
                .should()
                .beFreeOfCycles();
    }

    ArchRule internalStaysInItsModule() {
        return dependencies(
                "leave the internal packages of other modules alone",
                (from, to) -> modules.owns(to)
                        && (to.getPackageName() + ".").contains(".internal.")
                        && !modules.moduleOf(from).equals(modules.moduleOf(to)));
    }

    ArchRule onlyOpenrouterSpeaksHttp() {
        return onlyIn(
                "openrouter", "java.net.http", type -> type.getPackageName().startsWith("java.net.http"));
    }

    ArchRule onlyTheSimulatorOpensSockets() {
        Set<String> types = Set.of(
                "java.net.Socket",
                "java.net.ServerSocket",
                "java.net.DatagramSocket",
                "java.net.URLConnection",
                "java.net.HttpURLConnection");
        // the kit for providers listens too, to see that making a component calls nobody
        return dependencies(
                "leave sockets to simulator and testkit",
                (from, to) -> (types.contains(to.getName())
                                || to.getPackageName().startsWith("com.sun.net.httpserver")
                                || to.getName().startsWith("java.nio.channels.SocketChannel"))
                        && !modules.isIn(from, "simulator")
                        && !modules.isIn(from, "testkit"));
    }

    ArchRule onlyTheStoreSpeaksSql() {
        return onlyIn(
                "store",
                "java.sql and Jdbi",
                type -> Stream.of("java.sql", "javax.sql", "org.jdbi", "org.sqlite")
                        .anyMatch(p -> (type.getPackageName() + ".").startsWith(p + ".")));
    }

    ArchRule onlyGradersStartProcesses() {
        return rule("start no process outside the graders", (type, events) -> {
            if (modules.isIn(type, "graders")) {
                return;
            }
            type.getDirectDependenciesFromSelf().stream()
                    .filter(d -> Set.of("java.lang.Process", "java.lang.ProcessBuilder")
                            .contains(d.getTargetClass().getBaseComponentType().getName()))
                    .forEach(d -> violation(events, type, d.getDescription()));
            calls(type, "java.lang.Runtime", Set.of("exec")).forEach(c -> violation(events, type, c));
        });
    }

    ArchRule onlyTheCommandLineUsesTheConsole() {
        return rule("use System.out, System.err and System.exit in the command line only", (type, events) -> {
            if (modules.inCli(type)
                    || modules.isIn(type, "simulator") && type.getSimpleName().equals("SimulatorMain")) {
                return;
            }
            type.getFieldAccessesFromSelf().stream()
                    .filter(a -> a.getTargetOwner().isEquivalentTo(System.class))
                    .forEach(a -> violation(events, type, a.getDescription()));
            calls(type, "java.lang.System", Set.of("exit", "console")).forEach(c -> violation(events, type, c));
            calls(type, "java.lang.Runtime", Set.of("exit", "halt")).forEach(c -> violation(events, type, c));
            type.getMethodCallsFromSelf().stream()
                    .filter(c -> c.getName().equals("printStackTrace")
                            && c.getTarget().getRawParameterTypes().isEmpty())
                    .forEach(c -> violation(events, type, c.getDescription()));
        });
    }

    ArchRule coreShowsNoForeignTypes() {
        return rule("show no Jackson, Jdbi, picocli or JDBC type in the public signatures of core", (type, events) -> {
            if (!modules.inCore(type) || !visible(type) || (type.getPackageName() + ".").contains(".internal.")) {
                return;
            }
            Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
                    .forEach(t -> foreign(t)
                            .forEach(name ->
                                    violation(events, type, type.getName() + " extends or implements " + name)));
            for (JavaField field : type.getFields()) {
                if (exported(field.getModifiers())) {
                    foreign(field.getType())
                            .forEach(name -> violation(events, type, field.getFullName() + ": " + name));
                }
            }
            for (JavaCodeUnit unit : type.getCodeUnits()) {
                if (exported(unit.getModifiers())) {
                    List<JavaType> shown = new ArrayList<>(unit.getParameterTypes());
                    shown.add(unit.getReturnType());
                    shown.addAll(unit.getThrowsClause().getTypes());
                    shown.stream()
                            .flatMap(ArchitectureRules::foreign)
                            .forEach(name -> violation(events, type, unit.getFullName() + ": " + name));
                }
            }
        });
    }

    ArchRule everyPackageIsNullMarked() {
        return rule("reside in a package with a @NullMarked package-info", (type, events) -> {
            if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                violation(
                        events,
                        type,
                        "package " + type.getPackageName() + " of " + type.getName()
                                + " has no package-info with @NullMarked");
            }
        });
    }

    ArchRule noVagueNames() {
        return rule("not be called …Util, …Utils, …Manager or …Impl", (type, events) -> {
            if (type.getSimpleName().matches(".*(Utils?|Manager|Impl)")) {
                violation(events, type, type.getName() + " has a name that says nothing");
            }
        });
    }

    ArchRule noStaticMutableState() {
        return rule("keep no static mutable state", (type, events) -> {
            if (modules.inCli(type)) {
                return;
            }
            for (JavaField field : type.getFields()) {
                Set<JavaModifier> modifiers = field.getModifiers();
                if (!modifiers.contains(JavaModifier.STATIC) || modifiers.contains(JavaModifier.SYNTHETIC)) {
                    continue;
                }
                String fieldType = field.getRawType().getName();
                boolean publicArray = field.getRawType().isArray() && !modifiers.contains(JavaModifier.PRIVATE);
                if (!modifiers.contains(JavaModifier.FINAL)
                        || publicArray
                        || MUTABLE.contains(fieldType)
                        || fieldType.matches("java\\.util\\.concurrent\\.(atomic\\..*|Concurrent.*|CopyOnWrite.*)")) {
                    violation(events, type, "static " + field.getFullName() + " of type " + fieldType + " can change");
                }
            }
        });
    }

    private ArchRule onlyIn(String module, String what, Predicate<JavaClass> target) {
        return dependencies(
                "leave " + what + " to " + module, (from, to) -> target.test(to) && !modules.isIn(from, module));
    }

    private ArchRule dependencies(String description, BiPredicate<JavaClass, JavaClass> forbidden) {
        return rule(description, (type, events) -> {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                if (forbidden.test(type, dependency.getTargetClass().getBaseComponentType())) {
                    violation(events, type, dependency.getDescription());
                }
            }
        });
    }

    private interface Check {
        void of(JavaClass type, ConditionEvents events);
    }

    private static ArchRule rule(String description, Check check) {
        return classes().should(new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                check.of(type, events);
            }
        });
    }

    private static void violation(ConditionEvents events, JavaClass type, String message) {
        events.add(SimpleConditionEvent.violated(type, message));
    }

    private static Stream<String> calls(JavaClass type, String owner, Set<String> names) {
        return type.getMethodCallsFromSelf().stream()
                .filter(c -> c.getTargetOwner().getName().equals(owner) && names.contains(c.getName()))
                .map(JavaAccess::getDescription);
    }

    private static boolean visible(JavaClass type) {
        boolean here = exported(type.getModifiers());
        return here && type.getEnclosingClass().map(ArchitectureRules::visible).orElse(true);
    }

    private static boolean exported(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static Stream<String> foreign(JavaType type) {
        return type.getAllInvolvedRawTypes().stream()
                .map(JavaClass::getName)
                .filter(name -> FOREIGN_TO_CORE_API.stream().anyMatch(name::startsWith));
    }
}
