package dev.rtel.cli;

import dev.rtel.graders.code.PythonProbe;
import dev.rtel.plan.Limits;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Facts of a run for {@code run.json}: command, versions, machine, limits; environment variables by name only. */
final class RunFacts {
    private RunFacts() {}

    static Map<String, @Nullable Object> of(Session session, Limits limits, long seed) throws InterruptedException {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("command", session.commandLine());
        Map<String, @Nullable Object> versions = new LinkedHashMap<>();
        versions.put("tool", ToolVersion.version());
        versions.put("commit", ToolVersion.commit());
        versions.put("java", Runtime.version().toString());
        PythonProbe python = PythonProbe.of("python3");
        versions.put("python", python.available() ? python.version() : null);
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
}
