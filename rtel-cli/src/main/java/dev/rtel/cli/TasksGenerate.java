package dev.rtel.cli;

import dev.rtel.config.ConfigException;
import dev.rtel.spi.Task;
import dev.rtel.tasks.generated.GeneratedTaskFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rtel tasks generate}. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = {
            "Make a task file of fresh problems from a seed; the same seed gives the same file everywhere.",
            "Without --out the file goes to standard output: YAML, or JSON with --json."
        },
        footer = {
            "",
            "Examples:",
            "  rtel tasks generate --list",
            "  rtel tasks generate knights --seed 7 -n 50 --out knights.yaml",
            "  rtel tasks generate state-tracking --difficulty hard --param length=100",
            "  rtel run --dry-run --task 'generated:knights?seed=7&n=50'"
        })
final class TasksGenerate implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Generator; --list shows them.")
    private @Nullable String generator;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Any whole number (default: ${DEFAULT-VALUE}).")
    private String seed = "1";

    @Option(
            names = "-n",
            paramLabel = "K",
            defaultValue = "20",
            description = "Number of samples, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    private String count = "20";

    @Option(
            names = "--difficulty",
            paramLabel = "LEVEL",
            defaultValue = "mixed",
            description = "easy, medium, hard, or mixed: these in turn (default: ${DEFAULT-VALUE}).")
    private String difficulty = "mixed";

    @Option(names = "--param", paramLabel = "KEY=VALUE", description = "Parameter of the generator; repeatable.")
    private List<String> parameters = new ArrayList<>();

    // the longer name keeps the folder of runs, which configuration may hold as "out", away from here
    @Option(
            names = {"--out", "--out-file"},
            paramLabel = "FILE",
            description = "Where to write it: JSON if the name ends in .json, else YAML.")
    private @Nullable String out;

    @Option(names = "--force", fallbackValue = "true", description = "Replace a file that is there.")
    private boolean force;

    @Option(names = "--list", fallbackValue = "true", description = "List generators, their parameters and ranges.")
    private boolean list;

    TasksGenerate(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (list) {
            GeneratorList.print(session);
            return ExitCode.DONE.code();
        }
        if (generator == null) {
            throw new ConfigException("no generator is named; there are: "
                    + GeneratedTaskFile.generators().stream()
                            .map(GeneratedTaskFile.Description::name)
                            .toList()
                    + "; rtel tasks generate --list shows their parameters");
        }
        GeneratedTaskFile file = GeneratedTaskFile.of(generator, values());
        if (out == null) {
            String text = session.options().json ? file.json() : file.yaml();
            session.surroundings().out().print(text);
            session.surroundings().out().flush();
        } else {
            boolean json = out.toLowerCase(Locale.ROOT).endsWith(".json");
            NewFile.write(session.surroundings().resolve(out), "--out", force, json ? file.json() : file.yaml());
            told(file, out);
        }
        return ExitCode.DONE.code();
    }

    private Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("seed", seed);
        values.put("n", count);
        values.put("difficulty", difficulty);
        for (String parameter : parameters) {
            int sign = parameter.indexOf('=');
            if (sign < 1) {
                throw new ConfigException("--param is '" + parameter + "', expected KEY=VALUE, e.g. people=6");
            }
            String key = parameter.substring(0, sign);
            if (values.put(key, parameter.substring(sign + 1)) != null) {
                throw new ConfigException("'" + key + "' is given twice; --param takes what no option is for, once");
            }
        }
        return values;
    }

    private void told(GeneratedTaskFile file, String path) {
        Task task = file.task();
        session.print("wrote " + Plain.text(path) + ": " + task.name() + ", "
                + task.samples().size() + (task.samples().size() == 1 ? " sample" : " samples") + ", grader "
                + task.grader().provider() + "; without a file: --task '" + file.word() + "'");
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("schema", "rtel.generated/1");
        document.put("file", path);
        document.put("word", file.word());
        document.put("task", task.name());
        document.put("version", task.version());
        document.put("category", task.category());
        document.put("sample_count", (long) task.samples().size());
        document.put("grader", task.grader().provider());
        session.document(document);
    }
}
