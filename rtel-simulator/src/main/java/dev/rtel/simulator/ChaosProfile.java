package dev.rtel.simulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A named mixture of faults, storms and late generation records, for runs that are to survive it. Which attempts a fault
 * hits depends on seed, trial and attempt only; storms are times of the day.
 *
 * <p>No profile has the two faults that end a run by what they mean, {@link FaultKind#OUT_OF_CREDIT} and
 * {@link FaultKind#DAILY_LIMIT}, or the status 401 and 402.
 */
public enum ChaosProfile {
    /** Nothing goes wrong. */
    NONE,
    /** What an ordinary day brings: a rate limit, a bad gateway, padding; about one attempt in twenty-five fails. */
    GENTLE,
    /** A bad day: errors, cut connections and broken bodies; about one attempt in six fails. */
    ROUGH,
    /** Every kind of fault and every shape at once; about one attempt in five fails, nearly all trials end well with 3 retries. */
    EVERYTHING,
    /** Every provider answers everything with 429 for three seconds, and later with 503 for two, again and again. */
    STORM;

    /** Returns the profile with the given name, for example {@code rough}. */
    public static ChaosProfile named(String name) {
        return Arrays.stream(values())
                .filter(profile -> profile.profileName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no chaos profile named \"" + name + "\"; available: "
                        + Arrays.stream(values()).map(ChaosProfile::profileName).toList()));
    }

    /** Returns the name, in lower case. */
    public String profileName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the fault plan; stalled replies come after the given time, 0 or more. */
    public List<Fault> faults(Duration stall) {
        return switch (this) {
            case NONE, STORM -> List.of();
            case GENTLE -> ChaosFaults.gentle();
            case ROUGH -> ChaosFaults.rough(stall);
            case EVERYTHING -> ChaosFaults.everything(stall);
        };
    }

    /** Returns the storms. */
    public List<Storm> storms() {
        if (this != STORM) {
            return List.of();
        }
        Duration every = Duration.ofSeconds(20);
        return List.of(
                Storm.of("*", Duration.ofSeconds(3))
                        .withAfter(Duration.ofSeconds(1))
                        .withEvery(every),
                Storm.of("*", Duration.ofSeconds(2))
                        .withAfter(Duration.ofSeconds(11))
                        .withEvery(every)
                        .withStatus(503)
                        .withHint(WaitHint.BODY));
    }

    /** Returns when and how generation records appear. */
    public GenerationPolicy generation() {
        return switch (this) {
            case NONE, STORM -> GenerationPolicy.IMMEDIATE;
            case GENTLE -> GenerationPolicy.after(Duration.ofMillis(200));
            case ROUGH ->
                GenerationPolicy.after(Duration.ofMillis(300))
                        .withHiddenPolls(1)
                        .withPendingStatus(500)
                        .withShare(GenerationShape.NEVER, 0.02)
                        .withShare(GenerationShape.REASONING_NULL, 0.02);
            case EVERYTHING -> {
                GenerationPolicy policy =
                        GenerationPolicy.after(Duration.ofMillis(200)).withHiddenPolls(1);
                for (GenerationShape shape : GenerationShape.values()) {
                    policy = shape == GenerationShape.FULL ? policy : policy.withShare(shape, 0.03);
                }
                yield policy;
            }
        };
    }
}
