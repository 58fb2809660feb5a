package dev.rtel.cli;

import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.plan.Limits;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a run may take; shared by the commands that make calls. */
final class LimitOptions {
    @Option(
            names = "--concurrency",
            defaultValue = "8",
            paramLabel = "N",
            description = "Trials at a time (default: ${DEFAULT-VALUE}).")
    int concurrency = 8;

    @Option(
            names = "--provider-concurrency",
            split = "[,\n]",
            splitSynopsisLabel = ",",
            paramLabel = "NAME=N",
            description = "Calls at a time for one provider, by its slug or host, e.g. deepinfra=2; repeatable.")
    Map<String, Integer> providerConcurrency = Map.of();

    @Option(
            names = "--max-cost",
            defaultValue = "5",
            paramLabel = "USD",
            description = "Spending limit of the whole run, judge included, or \"none\" (default: ${DEFAULT-VALUE}).")
    String maxCost = "5";

    @Option(
            names = "--max-total-tokens",
            paramLabel = "N",
            description = "Token limit of the whole run, judge included.")
    @Nullable
    Long maxTotalTokens;

    @Option(names = "--max-output-tokens", paramLabel = "N", description = "max_tokens of every contestant.")
    @Nullable
    Integer maxOutputTokens;

    @Option(
            names = "--timeout",
            defaultValue = "10m",
            paramLabel = "TIME",
            description = "Limit of one attempt, e.g. 90s or 10m (default: ${DEFAULT-VALUE}).")
    String timeout = "10m";

    @Option(
            names = "--trial-timeout",
            paramLabel = "TIME",
            description = "Limit of a trial, retries and pauses included (default: three times --timeout).")
    @Nullable
    String trialTimeout;

    @Option(
            names = "--retries",
            defaultValue = "3",
            paramLabel = "N",
            description = "Further attempts after a failed one (default: ${DEFAULT-VALUE}).")
    int retries = 3;

    @Option(
            names = "--max-errors",
            defaultValue = "0.05",
            paramLabel = "SHARE",
            description = "Share of failed trials above which the exit code is 3 (default: ${DEFAULT-VALUE}).")
    double maxErrors = 0.05;

    @Option(
            names = "--code-sandbox",
            defaultValue = "auto",
            paramLabel = "KIND",
            description = "auto, bwrap, landlock, container, seatbelt or unsafe (default: ${DEFAULT-VALUE});"
                    + " unsafe also needs RTEL_ALLOW_UNSAFE_CODE=yes.")
    String codeSandbox = "auto";

    @Option(names = "--api-key-file", paramLabel = "FILE", description = "File holding the OpenRouter key.")
    @Nullable
    Path apiKeyFile;

    @Option(
            names = "--fail-under",
            paramLabel = "SHARE",
            description = "Exit 10 if the best model's accuracy is below this share.")
    @Nullable
    Double failUnder;

    @Option(names = "--prices", paramLabel = "FILE", description = "Dated price book in place of the bundled one.")
    @Nullable
    Path prices;

    Limits limits() {
        if (concurrency < 1) {
            throw new ConfigException("--concurrency is " + concurrency + ", expected at least 1");
        }
        if (retries < 0) {
            throw new ConfigException("--retries is " + retries + ", expected at least 0");
        }
        share("--max-errors", maxErrors);
        if (failUnder != null) {
            share("--fail-under", failUnder);
        }
        providerConcurrency.forEach((name, most) -> positive("--provider-concurrency " + name, most));
        Duration attempt = time("--timeout", timeout);
        Duration trial = trialTimeout == null
                ? attempt.multipliedBy(Limits.TRIAL_TIMEOUT_FACTOR)
                : time("--trial-timeout", trialTimeout);
        return new Limits(
                concurrency,
                providerConcurrency,
                retries,
                attempt,
                trial,
                maxCost(),
                maxTotalTokens == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(positive("--max-total-tokens", maxTotalTokens)),
                maxOutputTokens == null
                        ? OptionalInt.empty()
                        : OptionalInt.of((int) positive("--max-output-tokens", maxOutputTokens)));
    }

    private static Duration time(String option, String value) {
        return Config.parseDuration(value)
                .filter(t -> !t.isZero())
                .orElseThrow(
                        () -> new ConfigException(option + " is '" + value + "', expected a time such as 90s or 10m"));
    }

    private Optional<BigDecimal> maxCost() {
        if (maxCost.equals("none")) {
            return Optional.empty();
        }
        try {
            BigDecimal usd = new BigDecimal(maxCost);
            if (usd.signum() < 0) {
                throw new NumberFormatException("negative");
            }
            return Optional.of(usd);
        } catch (NumberFormatException e) {
            throw new ConfigException("--max-cost is '" + maxCost + "', expected US dollars such as 2.50, or none", e);
        }
    }

    private static long positive(String option, long value) {
        if (value < 1) {
            throw new ConfigException(option + " is " + value + ", expected at least 1");
        }
        return value;
    }

    private static void share(String option, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new ConfigException(option + " is " + value + ", expected a share from 0 to 1");
        }
    }
}
