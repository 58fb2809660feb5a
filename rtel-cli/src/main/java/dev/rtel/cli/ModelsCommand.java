package dev.rtel.cli;

import dev.rtel.tasks.ModelSnapshot;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rtel models}. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = "Models that rosters may name.",
        footer = {"", "Examples:", "  rtel models list", "  rtel models check --roster current"})
final class ModelsCommand {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private final Session session;

    ModelsCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List the models of the offline snapshot: reasoning, efforts, prices.",
            footer = {"", "Example:", "  rtel models list"})
    int list() {
        ModelSnapshot snapshot = ModelSnapshot.bundled();
        session.print("Offline snapshot of " + snapshot.date() + "; US dollars per million tokens (prompt/output).");
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (ModelSnapshot.Facts facts : snapshot.models()) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("id", facts.id());
            row.put("reasoning", facts.reasoning().name().toLowerCase(Locale.ROOT));
            row.put("efforts", facts.efforts());
            row.put(
                    "prompt_usd_per_token",
                    facts.price().map(p -> p.prompt().toPlainString()).orElse(null));
            row.put(
                    "completion_usd_per_token",
                    facts.price().map(p -> p.completion().toPlainString()).orElse(null));
            rows.add(row);
            session.print(String.format(
                    Locale.ROOT,
                    "%-40s %-10s %-16s %s",
                    facts.id(),
                    facts.reasoning().name().toLowerCase(Locale.ROOT),
                    facts.price()
                            .map(p -> perMillion(p.prompt()) + "/" + perMillion(p.completion()))
                            .orElse("price unknown"),
                    String.join(" ", facts.efforts())));
        }
        session.document(
                Map.of("schema", "rtel.models/1", "date", snapshot.date().toString(), "models", rows));
        return ExitCode.DONE.code();
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = {
                "Hold a roster against the live list: ids, reasoning, efforts, prices, hosts, room, key, credit.",
                "Costs nothing; a run does the same before its first call."
            },
            footer = {
                "",
                "Examples:",
                "  rtel models check --roster current",
                "  rtel models check --roster my-roster.yaml --json",
                "  rtel models check --offline"
            })
    int check(
            @Mixin ModelOptions who,
            @Option(
                            names = "--task",
                            split = "\n",
                            hideParamSyntax = true,
                            paramLabel = "NAME|FILE",
                            description = "Task whose prompts have to fit; repeatable (default: the bundled ones).")
                    @Nullable
                    List<String> tasks,
            @Option(
                            names = "--offline",
                            fallbackValue = "true",
                            description = "Look at the bundled snapshot alone; open no connection.")
                    boolean offline,
            @Option(
                            names = "--prices",
                            paramLabel = "FILE",
                            description = "Dated price book in place of listed prices.")
                    @Nullable
                    Path prices,
            @Option(names = "--api-key-file", paramLabel = "FILE", description = "File holding the OpenRouter key.")
                    @Nullable
                    Path apiKeyFile)
            throws InterruptedException {
        return new ModelsCheck(session)
                .check(who, tasks == null ? List.of() : tasks, offline, apiKeyFile, prices)
                .code();
    }

    private static String perMillion(BigDecimal perToken) {
        return perToken.multiply(MILLION).stripTrailingZeros().toPlainString();
    }
}
