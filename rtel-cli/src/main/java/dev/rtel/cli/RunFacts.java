package dev.rtel.cli;

import dev.rtel.graders.code.PythonProbe;
import dev.rtel.plan.Limits;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Facts of a run for {@code run.json}: command, versions, machine, limits; environment variables by name only. */
final class RunFacts {
    private final FutureTask<PythonProbe> python = new FutureTask<>(() -> PythonProbe.of("python3"));

    private RunFacts() {}

    /** Begins to find out what takes a while; the caller goes on meanwhile. */
    static RunFacts gathering() {
        RunFacts facts = new RunFacts();
        Thread beside = new Thread(facts.python, "rtel-facts");
        beside.setDaemon(true);
        beside.start();
        return facts;
    }

    /** Waits for what is still missing. */
    Map<String, @Nullable Object> of(Session session, Limits limits, long seed) throws InterruptedException {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("command", session.commandLine());
        Map<String, @Nullable Object> versions = new LinkedHashMap<>();
        versions.put("tool", ToolVersion.version());
        versions.put("commit", ToolVersion.commit());
        versions.put("java", Runtime.version().toString());
        versions.put("python", pythonVersion());
        facts.put("versions", versions);
        Map<String, @Nullable Object> os = new TreeMap<>();
        os.put("name", System.getProperty("os.name"));
        os.put("version", System.getProperty("os.version"));
        os.put("arch", System.getProperty("os.arch"));
        facts.put("os", os);
        facts.put("environment", session.settings().variableNames());
        Map<String, @Nullable Object> taken = new LinkedHashMap<>();
        taken.put("concurrency", (long) limits.concurrency());
        taken.put("retries", (long) limits.retries());
        taken.put("timeout", limits.timeout().toString());
        taken.put("trial_timeout", limits.trialTimeout().toString());
        if (!limits.providerConcurrency().isEmpty()) {
            Map<String, @Nullable Object> providers = new TreeMap<>();
            limits.providerConcurrency().forEach((name, most) -> providers.put(name, (long) most));
            taken.put("provider_concurrency", providers);
        }
        taken.put("max_cost_usd", limits.maxCostUsd().map(Object::toString).orElse(null));
        taken.put(
                "max_total_tokens",
                limits.maxTotalTokens().isPresent() ? limits.maxTotalTokens().getAsLong() : null);
        taken.put(
                "max_output_tokens",
                limits.maxOutputTokens().isPresent()
                        ? (long) limits.maxOutputTokens().getAsInt()
                        : null);
        facts.put("limits", taken);
        facts.put("seed", seed);
        return facts;
    }

    private @Nullable String pythonVersion() throws InterruptedException {
        try {
            PythonProbe found = python.get();
            return found.available() ? found.version() : null;
        } catch (ExecutionException e) {
            throw new IllegalStateException("looking for python3 broke off", e.getCause());
        }
    }
}
