package dev.rtel.cli;

import dev.rtel.config.ConfigException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rtel completion}. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Print the completion script of a shell.",
        footer = {"", "Example:", "  source <(rtel completion bash)"})
final class CompletionCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private String shell = "";

    CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!shell.equals("bash") && !shell.equals("zsh")) {
            throw new ConfigException("no completion for '" + shell + "', expected bash or zsh");
        }
        // one script serves both: picocli's loads bash's completion functions under zsh
        String script = AutoComplete.bash("rtel", CommandTree.whole(session, new GlobalOptions()));
        session.print(script);
        session.document(Map.of("schema", "rtel.completion/1", "shell", shell, "script", script));
        return ExitCode.DONE.code();
    }
}
