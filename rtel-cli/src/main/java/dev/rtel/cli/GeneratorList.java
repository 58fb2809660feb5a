package dev.rtel.cli;

import dev.rtel.tasks.generated.GeneratedTaskFile;
import dev.rtel.tasks.generated.GeneratedTaskFile.Description;
import dev.rtel.tasks.generated.GeneratedTaskFile.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code rtel tasks generate --list} shows. */
final class GeneratorList {
    private GeneratorList() {}

    static void print(Session session) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Description generator : GeneratedTaskFile.generators()) {
            session.print(generator.name() + "  (" + generator.category() + ", grader " + generator.grader() + ")");
            session.print("  " + generator.about());
            generator.parameters().forEach(parameter -> session.print("  " + line(parameter)));
            rows.add(row(generator));
        }
        session.print(
                "All take seed (default 1), n (1 to 1000, default 20) and difficulty (easy, medium, hard, mixed).");
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("schema", "rtel.generators/1");
        document.put("generators", rows);
        session.document(document);
    }

    private static String line(Parameter parameter) {
        String usual = parameter.usual().isEmpty()
                ? "drawn unless given"
                : "easy " + parameter.usual().get(0) + ", medium "
                        + parameter.usual().get(1) + ", hard "
                        + parameter.usual().get(2);
        return "  " + parameter.name() + ": " + parameter.about() + "; " + parameter.allowed() + " (" + usual + ")";
    }

    private static Map<String, @Nullable Object> row(Description generator) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("name", generator.name());
        row.put("description", generator.about());
        row.put("category", generator.category());
        row.put("grader", generator.grader());
        List<Map<String, @Nullable Object>> parameters = new ArrayList<>();
        for (Parameter parameter : generator.parameters()) {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            plain.put("name", parameter.name());
            plain.put("description", parameter.about());
            plain.put("allowed", parameter.allowed());
            plain.put("usual", parameter.usual());
            parameters.add(plain);
        }
        row.put("parameters", parameters);
        return row;
    }
}
