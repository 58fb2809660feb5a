package dev.rtel.graders.code;

import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.eval.CodeJob;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.Grader;
import dev.rtel.spi.GraderProvider;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/**
 * Makes {@code code-execution}: runs the submitted Python function on the sample's cases or test script. Settings:
 * {@code timeout} (default 10s) and {@code memory} (bytes, default 1 GiB). Run-wide options: {@code code-sandbox}
 * ({@code auto}, the default, or the name of an executor) and {@code allow-unsafe-code} ({@code yes}).
 */
public final class CodeExecutionGraderProvider implements GraderProvider {
    /** Made by {@link java.util.ServiceLoader}. */
    public CodeExecutionGraderProvider() {}

    @Override
    public String name() {
        return "code-execution";
    }

    @Override
    public String description() {
        return "runs the submitted Python function on hidden cases or tests";
    }

    @Override
    public Grader create(ComponentContext context) {
        Config config = context.config().knownKeys("timeout", "memory");
        Duration timeout = config.duration("timeout", Duration.ofSeconds(10));
        if (timeout.isZero() || timeout.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new ConfigException(config.at("timeout") + " is '" + timeout + "', expected more than 0, up to 10m");
        }
        BigDecimal memory = config.decimal("memory").orElse(BigDecimal.valueOf(1L << 30));
        if (memory.compareTo(BigDecimal.valueOf(64L << 20)) < 0 || memory.compareTo(BigDecimal.valueOf(1L << 36)) > 0) {
            throw new ConfigException(config.at("memory") + " is '" + memory
                    + "', expected bytes from 67108864 (64 MiB) to 68719476736 (64 GiB)");
        }
        var limits = new CodeJob.Limits(
                timeout, memory.longValue(), CodeJob.Limits.standard().outputBytes());
        return new CodeExecutionGrader(sandbox(context), limits);
    }

    private static Sandbox sandbox(ComponentContext context) {
        String word = context.option("code-sandbox").orElse("auto");
        boolean allowed =
                context.option("allow-unsafe-code").filter("yes"::equals).isPresent();
        if (word.equals("auto")) {
            return new Sandbox(PythonExecutor.contained(), true, false, context::codeExecutor);
        }
        if (word.equals(UnsafeBackend.ID) && !allowed) {
            throw new ConfigException("code-sandbox is 'unsafe', which runs model-written code without containment;"
                    + " it needs RTEL_ALLOW_UNSAFE_CODE=yes in the environment as well");
        }
        if (word.equals("container")) {
            throw new ConfigException("code-sandbox is 'container', but that backend is not available in this version;"
                    + " landlock works inside containers");
        }
        try {
            context.codeExecutor(word);
        } catch (ConfigException e) {
            throw new ConfigException(
                    "code-sandbox is '" + word + "', expected auto or an executor: " + e.getMessage());
        }
        return new Sandbox(List.of(word), false, allowed, context::codeExecutor);
    }
}
