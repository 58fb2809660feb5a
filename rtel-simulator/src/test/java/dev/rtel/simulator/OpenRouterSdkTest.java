package dev.rtel.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the simulator against OpenRouter's own client, whose schemas check every reply. */
class OpenRouterSdkTest {
    private static final String PACKAGE = "@openrouter/sdk@1.3.19";
    private static final String[] INSTALL = {
        "npm",
        "install",
        "--no-package-lock",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--prefer-offline",
        "--fetch-retries=1",
        "--fetch-retry-mintimeout=1000",
        PACKAGE
    };
    private static final String KEY = "sk-right";
    private static final int[] STATUSES = {
        400, 401, 402, 403, 404, 408, 412, 413, 422, 429, 500, 502, 503, 504, 524, 529
    };

    @TempDir
    Path folder;

    @Test
    void officialClientAcceptsEveryReplyAndKnowsEveryError() throws Exception {
        for (String tool : List.of("node", "npm")) {
            if (!onPath(tool)) {
                skip(tool + " is not on the PATH");
            }
        }
        Files.writeString(folder.resolve("package.json"), "{\"private\": true, \"type\": \"module\"}");
        Ended install = run(180, INSTALL);
        if (install.code() != 0) {
            skip("npm cannot install " + PACKAGE + ": "
                    + install.output().lines().limit(4).collect(Collectors.joining("; ")));
        }
        Path script = folder.resolve("openrouter-sdk.mjs");
        try (InputStream stream = Objects.requireNonNull(getClass().getResourceAsStream("openrouter-sdk.mjs"))) {
            Files.copy(stream, script);
        }
        try (Simulator simulator = Simulator.start(config())) {
            Ended ended =
                    run(120, "node", script.toString(), simulator.baseUri().toString(), KEY);
            assertThat(ended.output()).contains("accepted: ");
            assertThat(ended.code()).isZero();
            System.out.println(PACKAGE + " " + ended.output().strip());
        }
    }

    private static SimulatorConfig config() {
        SimulatorScript.Builder script = Scripts.builder()
                .model(ModelProfile.builder("acme/signed")
                        .reasoning(ReasoningMode.OPTIONAL, 500)
                        .reasoningText(ReasoningText.SIGNATURE)
                        .build())
                .model(ModelProfile.builder("acme/dear").prices("1", "1").build());
        ProviderTest.script().models().forEach(script::model);
        SimulatorConfig.Builder config = SimulatorConfig.builder(script.build())
                .acceptedKey(KEY)
                .credit(BigDecimal.TEN)
                .fault(Fault.shape(ContentShape.PARTS).onTrial("parts"))
                .fault(Fault.shape(ContentShape.NULL).onTrial("null"))
                .fault(Fault.shape(FinishShape.NULL).onTrial("null-finish"))
                .fault(Fault.shape(FinishShape.UNKNOWN_WORD).onTrial("unknown-finish"))
                .fault(Fault.shape(FinishShape.TOOL_CALLS).onTrial("tool-calls"))
                .fault(Fault.shape(UsageChunk.EMPTY_CHOICES).onTrial("empty-choices"))
                .fault(Fault.shape(UsageShape.DETAILS_NULL).onTrial("details-null"))
                .fault(Fault.of(FaultKind.STREAM_ERROR).onTrial("stream-error"))
                .fault(Fault.of(FaultKind.RATE_LIMITED).withRetryAfterSeconds(2).onTrial("rate-limited"))
                .fault(Fault.of(FaultKind.DAILY_LIMIT).onTrial("daily-limit"))
                .fault(Fault.of(FaultKind.OUT_OF_CREDIT).onTrial("out-of-credit"));
        for (int status : STATUSES) {
            for (ErrorShape form : ErrorShape.values()) {
                String name = form.name().toLowerCase(Locale.ROOT).replace('_', '-');
                config.fault(Fault.status(status).withError(form).onTrial(name + "-" + status));
            }
        }
        return config.build();
    }

    /** Says why on standard error: a check that is quietly not made is taken for one that has passed. */
    private static void skip(String reason) {
        System.err.println("OpenRouterSdkTest SKIPPED, replies were not checked against " + PACKAGE + ": " + reason);
        abort(reason);
    }

    private static boolean onPath(String tool) {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(Objects.requireNonNullElse(System.getenv("PATH"), ""))
                .anyMatch(place -> Files.isExecutable(Path.of(place, tool)));
    }

    private record Ended(int code, String output) {}

    private Ended run(int seconds, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        String text = Files.readString(output, StandardCharsets.UTF_8);
        return new Ended(ended ? process.exitValue() : -1, ended ? text : text + "\nno end after " + seconds + " s");
    }
}
