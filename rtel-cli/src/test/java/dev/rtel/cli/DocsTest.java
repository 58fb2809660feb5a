package dev.rtel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.rtel.common.PlainJson;
import dev.rtel.tasks.RosterFile;
import dev.rtel.tasks.TaskFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * What the documentation shows is run. In blocks marked {@code sh}, lines that start with {@code rtel} or {@code ./rtel}
 * are run in order, in one folder a page, without a key; they must end with 0, or with N where a comment says
 * {@code exit N}. Blocks marked {@code sh skip} are left out. YAML of tasks and rosters must be valid, JSON must be JSON.
 */
class DocsTest {
    private static final Path ROOT = Path.of(System.getProperty("rtel.root", ".."));
    private static final Pattern EXIT = Pattern.compile("\\bexit (\\d+)\\b");
    private static final Pattern OPERATOR = Pattern.compile("…|\\||>|<|&|;|\\$\\(");

    @TempDir
    Path directory;

    /** A fenced block: its language, the number of its first line, its lines. */
    private record Block(Path page, String kind, int line, List<String> lines) {
        String place(int offset) {
            return ROOT.relativize(page) + ":" + (line + offset);
        }

        String text() {
            return String.join("\n", lines) + "\n";
        }
    }

    /** A command of a page, and the exit code that the page promises. */
    private record Shown(String place, List<String> words, int exit) {}

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String name : List.of("README.md", "CONTRIBUTING.md")) {
            if (Files.isRegularFile(ROOT.resolve(name))) {
                pages.add(ROOT.resolve(name));
            }
        }
        if (Files.isDirectory(ROOT.resolve("docs"))) {
            try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
                files.filter(f -> f.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        Assumptions.assumeFalse(pages.isEmpty(), "there is no documentation at " + ROOT.toAbsolutePath());
        return pages;
    }

    private static List<Block> blocks(Path page) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Block open = null;
        int number = 0;
        for (String line : Files.readAllLines(page)) {
            number++;
            String stripped = line.strip();
            if (!stripped.startsWith("```")) {
                if (open != null) {
                    open.lines().add(line);
                }
            } else if (open == null) {
                open = new Block(
                        page, stripped.substring(3).strip().toLowerCase(Locale.ROOT), number + 1, new ArrayList<>());
            } else {
                blocks.add(open);
                open = null;
            }
        }
        assertThat(open).as("%s: a block without an end", page).isNull();
        return blocks;
    }

    @TestFactory
    Stream<DynamicContainer> everyShownCommandDoesWhatThePageSays() throws IOException {
        List<DynamicContainer> containers = new ArrayList<>();
        for (Path page : pages()) {
            Path folder = Files.createDirectories(
                    directory.resolve(ROOT.relativize(page).toString().replace('/', '-')));
            List<DynamicTest> tests = new ArrayList<>();
            for (Block block : blocks(page)) {
                if (block.kind().equals("sh")) {
                    for (Shown shown : commands(block)) {
                        tests.add(DynamicTest.dynamicTest(
                                shown.place() + " rtel " + String.join(" ", shown.words()),
                                () -> check(folder, shown)));
                    }
                }
            }
            containers.add(
                    DynamicContainer.dynamicContainer(ROOT.relativize(page).toString(), tests));
        }
        return containers.stream();
    }

    private static void check(Path folder, Shown shown) {
        Cli.Result result = Cli.in(folder).run(shown.words().toArray(String[]::new));
        assertThat(result.exit())
                .as(
                        "%s: `rtel %s` should end with %d\n%s",
                        shown.place(), String.join(" ", shown.words()), shown.exit(), result)
                .isEqualTo(shown.exit());
        result.hasNoStackTrace();
    }

    private static List<Shown> commands(Block block) {
        List<Shown> commands = new ArrayList<>();
        for (int i = 0; i < block.lines().size(); i++) {
            int first = i;
            StringBuilder line = new StringBuilder(block.lines().get(i).strip());
            while (line.toString().endsWith("\\") && i + 1 < block.lines().size()) {
                line.setLength(line.length() - 1);
                line.append(' ').append(block.lines().get(++i).strip());
            }
            String text = line.toString().replaceFirst("^\\$ ", "");
            if (text.startsWith("rtel ")
                    || text.startsWith("./rtel ")
                    || text.equals("rtel")
                    || text.equals("./rtel")) {
                int comment = comment(text);
                Matcher exit = EXIT.matcher(text.substring(comment));
                List<String> words = words(text.substring(0, comment));
                commands.add(new Shown(
                        block.place(first),
                        words.subList(1, words.size()),
                        exit.find() ? Integer.parseInt(exit.group(1)) : 0));
            }
        }
        return commands;
    }

    /** Where the comment of a line starts, or its length. */
    private static int comment(String line) {
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '#' && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
                return i;
            }
        }
        return line.length();
    }

    /** The words of a command, up to the first shell operator. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)").matcher(line);
        while (matcher.find()) {
            if (matcher.group(3) == null) {
                words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
            } else if (OPERATOR.matcher(matcher.group(3)).find()) {
                break;
            } else {
                words.add(matcher.group(3));
            }
        }
        return words;
    }

    @TestFactory
    Stream<DynamicTest> everyShownFileIsValid() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : pages()) {
            for (Block block : blocks(page)) {
                String first =
                        block.lines().stream().findFirst().orElse("").strip().replaceFirst("^# *", "");
                String place = block.place(0);
                if (block.kind().equals("json")) {
                    tests.add(DynamicTest.dynamicTest(
                            place + " json",
                            () -> assertThatCode(() -> PlainJson.read(block.text()))
                                    .as("%s: the JSON shown", place)
                                    .doesNotThrowAnyException()));
                } else if (block.kind().equals("yaml") && first.startsWith("task:")) {
                    tests.add(DynamicTest.dynamicTest(
                            place + " task",
                            () -> assertThatCode(() -> TaskFile.parse(place, block.text()))
                                    .as("%s: the task shown", place)
                                    .doesNotThrowAnyException()));
                } else if (block.kind().equals("yaml") && first.startsWith("roster:")) {
                    tests.add(DynamicTest.dynamicTest(
                            place + " roster",
                            () -> assertThatCode(() -> RosterFile.parse(place, block.text()))
                                    .as("%s: the roster shown", place)
                                    .doesNotThrowAnyException()));
                }
            }
        }
        return tests.stream();
    }

    /** Java on a page is taken from sources that the build compiles and tests; indentation apart. */
    @TestFactory
    Stream<DynamicTest> everyShownJavaStandsInASourceOfTheBuild() throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("examples"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                sources.add(stripped(Files.readString(file)));
            }
        }
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : pages()) {
            for (Block block : blocks(page)) {
                if (block.kind().equals("java")) {
                    String shown = stripped(block.text());
                    tests.add(DynamicTest.dynamicTest(
                            block.place(0),
                            () -> assertThat(sources)
                                    .as("%s: a source under examples/ with these lines:%n%s", block.place(0), shown)
                                    .anyMatch(source -> source.contains(shown))));
                }
            }
        }
        assertThat(tests).as("blocks of Java in the documentation").hasSizeGreaterThan(5);
        return tests.stream();
    }

    private static String stripped(String code) {
        return "\n" + code.strip().lines().map(String::strip).collect(Collectors.joining("\n")) + "\n";
    }

    @Test
    void blocksAreReadAsAShellReadsThem() throws IOException {
        Path page = Files.writeString(directory.resolve("page.md"), """
                ```sh
                # a comment
                rtel run --model 'a b' \\
                  --task "c # d"   # exit 4: nothing
                ./rtel tasks list | head
                $ rtel
                ls
                ```
                """);
        List<Shown> commands = commands(blocks(page).get(0));
        assertThat(commands)
                .extracting(Shown::words)
                .containsExactly(
                        List.of("run", "--model", "a b", "--task", "c # d"), List.of("tasks", "list"), List.of());
        assertThat(commands).extracting(Shown::exit).containsExactly(4, 0, 0);
        assertThat(commands.get(0).place()).endsWith("page.md:3");
    }

    @Test
    void everyExampleInTheHelpIsUnderstood() {
        var silent = new PrintStream(OutputStream.nullOutputStream());
        var surroundings = new Surroundings(silent, silent, Map.of(), directory, false);
        var options = new GlobalOptions();
        var session = new Session(surroundings, options, Settings.read(surroundings, null), "");
        int examples = examples(CommandTree.whole(session, options), session);
        assertThat(examples).isGreaterThan(20);
    }

    private static int examples(CommandLine command, Session session) {
        int count = 0;
        for (String line : command.getCommandSpec().usageMessage().footer()) {
            String example = line.strip().replaceFirst("^([A-Z_]+=\\S+ )+", "");
            if (example.startsWith("rtel ")) {
                List<String> words = words(example.replaceFirst(" {3,}.*", ""));
                assertThatCode(() -> CommandTree.whole(session, new GlobalOptions())
                                .parseArgs(words.subList(1, words.size()).toArray(String[]::new)))
                        .as("example of %s --help: %s", command.getCommandSpec().qualifiedName(), line.strip())
                        .doesNotThrowAnyException();
                count++;
            }
        }
        for (CommandLine sub : command.getSubcommands().values()) {
            count += examples(sub, session);
        }
        return count;
    }
}
