package dev.rtel.graders.judge;

import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a task may set.
 *
 * @param judges how many roles are asked: 1 = {@code judge}, more = {@code judge-1}, {@code judge-2} …
 * @param votes how often each of them is asked
 * @param failOnInjection whether a submission that judges say tried to steer them fails whatever its mathematics
 */
record JudgeSettings(int judges, int votes, boolean failOnInjection) {
    static final String ROLE = "judge";
    private static final int MOST_JUDGES = 9;
    private static final int MOST_VOTES = 25;

    static JudgeSettings read(Config config) {
        config.knownKeys("judges", "votes", "injection");
        String injection = config.string("injection").orElse("flag");
        if (!injection.equals("flag") && !injection.equals("fail")) {
            throw new ConfigException(config.at("injection") + " is '" + injection + "', expected flag or fail");
        }
        return new JudgeSettings(
                count(config, "judges", MOST_JUDGES), count(config, "votes", MOST_VOTES), injection.equals("fail"));
    }

    private static int count(Config config, String key, int most) {
        int value = config.integer(key, 1);
        if (value < 1 || value > most) {
            throw new ConfigException(config.at(key) + " is " + value + ", expected 1 to " + most);
        }
        return value;
    }

    /** Roles in the order they are asked. */
    List<String> roles() {
        return judges == 1
                ? List.of(ROLE)
                : IntStream.rangeClosed(1, judges).mapToObj(n -> ROLE + "-" + n).toList();
    }

    /** Readable votes without which there is no verdict: more than half of all. */
    int quorum() {
        return judges * votes / 2 + 1;
    }
}
