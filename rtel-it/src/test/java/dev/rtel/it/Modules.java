package dev.rtel.it;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which package belongs to which module, what a module may see, and the order of the packages of core. A new module or
 * core package is one more line here.
 *
 * @param root root package, {@code dev.rtel} but for planted classes
 */
record Modules(String root) {
    private static final String CORE = "core";
    private static final String CLI = "cli";

    /** Packages of core from the innermost out; those of one line do not see each other. "" is the root package. */
    private static final List<Set<String>> CORE_LAYERS = List.of(
            Set.of("common"),
            Set.of("config"),
            Set.of("eval"),
            Set.of("spi"),
            Set.of("plan", "run"),
            Set.of("internal"),
            Set.of(""));

    /** What a module may use beside itself; its name is that of its first package below the root. */
    private static final Map<String, Set<String>> MAY_SEE = Map.ofEntries(
            Map.entry(CORE, Set.of()),
            Map.entry("simulator", Set.of()),
            Map.entry("wire", Set.of(CORE)),
            Map.entry("graders", Set.of(CORE)),
            Map.entry("analysis", Set.of(CORE)),
            Map.entry("store", Set.of(CORE)),
            Map.entry("testkit", Set.of(CORE)),
            Map.entry("openrouter", Set.of(CORE, "wire")),
            Map.entry("tasks", Set.of(CORE, "wire")),
            Map.entry("report", Set.of(CORE, "analysis")),
            Map.entry(
                    CLI,
                    Set.of(
                            CORE,
                            "simulator",
                            "wire",
                            "graders",
                            "analysis",
                            "store",
                            "openrouter",
                            "tasks",
                            "report")));

    boolean owns(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(root) || name.startsWith(root + ".");
    }

    /** The module of one of our classes; empty for a package that is in no line above. */
    Optional<String> moduleOf(JavaClass type) {
        String first = firstPackage(type);
        return coreLayer(first).isPresent()
                ? Optional.of(CORE)
                : Optional.of(first).filter(MAY_SEE::containsKey);
    }

    boolean isIn(JavaClass type, String module) {
        return owns(type) && moduleOf(type).filter(module::equals).isPresent();
    }

    boolean inCore(JavaClass type) {
        return isIn(type, CORE);
    }

    boolean inCli(JavaClass type) {
        return isIn(type, CLI);
    }

    boolean maySee(String from, String to) {
        return from.equals(to) || MAY_SEE.getOrDefault(from, Set.of()).contains(to);
    }

    /** Whether a class of core may use another one: same package, or one further in. */
    boolean isInward(JavaClass from, JavaClass to) {
        int fromLayer = coreLayer(firstPackage(from)).orElseThrow();
        int toLayer = coreLayer(firstPackage(to)).orElseThrow();
        return toLayer < fromLayer || from.getPackageName().equals(to.getPackageName());
    }

    private static Optional<Integer> coreLayer(String firstPackage) {
        for (int i = 0; i < CORE_LAYERS.size(); i++) {
            if (CORE_LAYERS.get(i).contains(firstPackage)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private String firstPackage(JavaClass type) {
        String below = type.getPackageName().substring(root.length());
        return below.isEmpty() ? "" : below.substring(1).split("\\.")[0];
    }
}
