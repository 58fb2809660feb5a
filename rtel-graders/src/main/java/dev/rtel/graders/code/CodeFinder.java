package dev.rtel.graders.code;

import dev.rtel.graders.internal.Thinking;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the submitted code in a reply: fences as CommonMark reads them, never repaired. Stateless. */
final class CodeFinder {
    private static final Set<String> PYTHON = Set.of("", "python", "py", "python3", "py3", "ipython");
    private static final Pattern CODE_START = Pattern.compile(
            "(?:import\\s+\\w|from\\s+[\\w.]+\\s+import\\b|(?:async\\s+)?def\\s+\\w+\\s*\\(|class\\s+\\w+\\s*[(:]|@\\w|[A-Za-z_]\\w*\\s*=\\s*\\S|\"\"\"|#!).*");

    private static final Pattern DIFF =
            Pattern.compile("^(?:@@ -\\d.*@@|diff --git .*|--- .*\\n\\+\\+\\+ )", Pattern.MULTILINE);
    /** At column 0 and still code: closing brackets, compound statements, calls. */
    private static final Pattern CODE_LINE = Pattern.compile("[)\\]}].*|(?:return|assert|raise|print)\\b.*[)\\]\\w'\"]"
            + "|(?:if|elif|for|while|with|try|else|except|finally)\\b.*:\\s*(?:#.*|[\\w.]+\\(.*\\)|pass|return.*)?"
            + "|[\\w.]+\\(.*\\)\\s*");

    private CodeFinder() {}

    /**
     * What was found.
     *
     * @param code the code, or empty
     * @param reason why there is none: REASONING_UNCLOSED, DIFF_ONLY, NO_CODE, NO_ENTRY_POINT; empty when there is
     * @param flags unterminated, entry_in_class, joined, unfenced, dedented
     */
    record Found(String code, String reason, List<String> flags) {
        static Found none(String reason) {
            return new Found("", reason, List.of());
        }
    }

    private record Block(String tag, String body, boolean unterminated, boolean dedented) {}

    static Found find(String reply, String entry, String buggy) {
        String text = reply.startsWith("\uFEFF") ? reply.substring(1) : reply;
        text = text.replace("\r\n", "\n").replace('\r', '\n');
        Thinking.Rest rest = Thinking.strip(text);
        if (rest.unclosed() && rest.of(text).isBlank()) {
            return Found.none("REASONING_UNCLOSED");
        }
        text = rest.of(text);
        List<Block> blocks = blocks(text);
        if (blocks.isEmpty()) {
            return unfenced(text, entry);
        }
        List<Block> python =
                blocks.stream().filter(b -> PYTHON.contains(b.tag())).toList();
        Pattern function = definition(entry);
        int chosen = choose(python, function, buggy);
        List<String> flags = new ArrayList<>();
        if (chosen < 0) {
            chosen = choose(python, method(entry), buggy);
            if (chosen >= 0) {
                flags.add("entry_in_class");
            }
        }
        if (chosen < 0) {
            boolean diff = blocks.stream().anyMatch(CodeFinder::diff);
            boolean code = python.stream().anyMatch(b -> !b.body().isBlank() && !diff(b));
            return Found.none(diff && !code ? "DIFF_ONLY" : "NO_ENTRY_POINT");
        }
        Block block = python.get(chosen);
        String code = joined(python, chosen, function, entry, flags);
        if (block.unterminated()) {
            flags.add("unterminated");
        }
        if (block.dedented()) {
            flags.add("dedented");
        }
        return new Found(code, "", List.copyOf(flags));
    }

    private static Pattern definition(String entry) {
        String name = Pattern.quote(entry);
        return Pattern.compile(
                "^(?:(?:async[ \\t]+)?def[ \\t]+" + name + "[ \\t]*[(\\[]|class[ \\t]+" + name + "\\b|" + name
                        + "[ \\t]*(?::[^=\\n]{1,200})?=(?!=))",
                Pattern.MULTILINE);
    }

    private static Pattern method(String entry) {
        return Pattern.compile(
                "^[ \\t]+(?:async[ \\t]+)?def[ \\t]+" + Pattern.quote(entry) + "[ \\t]*\\(", Pattern.MULTILINE);
    }

    /** The last block that defines the entry; one that only repeats the given code counts if there is no other. */
    private static int choose(List<Block> blocks, Pattern definition, String buggy) {
        int repeated = -1;
        for (int i = blocks.size() - 1; i >= 0; i--) {
            Block block = blocks.get(i);
            if (!definition.matcher(block.body()).find() || diff(block)) {
                continue;
            }
            if (!squeezed(block.body()).equals(squeezed(buggy))) {
                return i;
            }
            repeated = Math.max(repeated, i);
        }
        return repeated;
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }

    private static boolean diff(Block block) {
        return block.tag().equals("diff")
                || block.tag().equals("patch")
                || block.body().startsWith("--- ")
                || block.body().startsWith("@@ ")
                || block.body().startsWith("diff --git");
    }

    /** Puts earlier blocks of imports and helper definitions in front. */
    private static String joined(List<Block> blocks, int chosen, Pattern function, String entry, List<String> flags) {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < chosen; i++) {
            String body = blocks.get(i).body();
            boolean helper = !body.isBlank()
                    && !function.matcher(body).find()
                    && !method(entry).matcher(body).find()
                    && definitionsOnly(body);
            if (helper) {
                code.append(body.stripTrailing()).append("\n\n");
            }
        }
        if (code.length() > 0) {
            flags.add("joined");
        }
        return code + blocks.get(chosen).body();
    }

    /** Whether all lines at column 0 are imports, definitions, decorators, constants, comments or closing brackets. */
    private static boolean definitionsOnly(String body) {
        boolean any = false;
        for (String line : body.split("\n")) {
            if (line.isBlank() || Character.isWhitespace(line.charAt(0)) || line.startsWith("#")) {
                continue;
            }
            boolean fine = line.matches("(?:import|from|(?:async\\s+)?def|class|@\\w)\\b?.*")
                    || line.matches("[)\\]}].*")
                    || line.matches("[A-Za-z_]\\w*\\s*(?::[^=]+)?=[^=].*") && !line.contains("(");
            if (!fine) {
                return false;
            }
            any = true;
        }
        return any;
    }

    private static List<Block> blocks(String text) {
        List<Block> blocks = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i];
            int indent = indent(line);
            int length = fence(line, indent);
            if (length < 3) {
                continue;
            }
            char mark = line.charAt(indent);
            String info = line.substring(indent + length).strip();
            if (mark == '`' && info.indexOf('`') >= 0) {
                continue;
            }
            StringBuilder body = new StringBuilder();
            boolean closed = false;
            for (i++; i < lines.length && !closed; i++) {
                if (closes(lines[i], mark, length, indent)) {
                    closed = true;
                    break;
                }
                body.append(dedent(lines[i], indent)).append('\n');
            }
            String tag = info.toLowerCase(Locale.ROOT).split("[\\s:{,]", 2)[0];
            blocks.add(new Block(tag, body.toString(), !closed, indent > 0));
        }
        return blocks;
    }

    private static int indent(String line) {
        int i = 0;
        while (i < line.length() && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) {
            i++;
        }
        return i;
    }

    private static int fence(String line, int from) {
        int i = from;
        if (i >= line.length() || (line.charAt(i) != '`' && line.charAt(i) != '~')) {
            return 0;
        }
        while (i < line.length() && line.charAt(i) == line.charAt(from)) {
            i++;
        }
        return i - from;
    }

    private static boolean closes(String line, char mark, int length, int opening) {
        int indent = indent(line);
        return indent <= opening + 3
                && indent < line.length()
                && line.charAt(indent) == mark
                && fence(line, indent) >= length
                && line.substring(indent + fence(line, indent)).isBlank();
    }

    private static String dedent(String line, int indent) {
        int i = 0;
        while (i < indent && i < line.length() && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) {
            i++;
        }
        return line.substring(i);
    }

    /** From the first line that starts code to the last line that still looks like code. */
    private static Found unfenced(String text, String entry) {
        String[] lines = text.split("\n", -1);
        int first = 0;
        while (first < lines.length && !CODE_START.matcher(lines[first]).matches()) {
            first++;
        }
        if (first == lines.length) {
            return Found.none(DIFF.matcher(text).find() ? "DIFF_ONLY" : "NO_CODE");
        }
        int last = lines.length - 1;
        while (last > first && !codeLine(lines[last])) {
            last--;
        }
        StringBuilder code = new StringBuilder();
        for (int i = first; i <= last; i++) {
            code.append(lines[i]).append('\n');
        }
        String body = code.toString();
        if (body.contains("\n@@ ")
                || (DIFF.matcher(text).find()
                        && !definition(entry).matcher(body).find())) {
            return Found.none("DIFF_ONLY");
        }
        if (definition(entry).matcher(body).find()) {
            return new Found(body, "", List.of("unfenced"));
        }
        return method(entry).matcher(body).find()
                ? new Found(body, "", List.of("entry_in_class", "unfenced"))
                : Found.none("NO_CODE");
    }

    private static boolean codeLine(String line) {
        return !line.isBlank()
                && (Character.isWhitespace(line.charAt(0))
                        || CODE_START.matcher(line).matches()
                        || line.startsWith("#")
                        || CODE_LINE.matcher(line).matches());
    }
}
