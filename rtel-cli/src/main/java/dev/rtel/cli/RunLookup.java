package dev.rtel.cli;

import dev.rtel.config.ConfigException;
import dev.rtel.config.Suggestions;
import dev.rtel.eval.RunState;
import dev.rtel.eval.StoredRun;
import dev.rtel.plan.NothingSelectedException;
import dev.rtel.spi.ResultStore;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the run that a user means: by id, by an unambiguous end or start of it, or the latest. */
final class RunLookup {
    private RunLookup() {}

    static StoredRun find(ResultStore store, @Nullable String word) {
        return word == null ? latest(store, run -> true, "no run") : named(store, word);
    }

    static StoredRun findUnfinished(ResultStore store, @Nullable String word) {
        return word == null
                ? latest(
                        store,
                        run -> run.state() != RunState.FINISHED,
                        "no unfinished run; rtel report writes the results of a finished one again")
                : named(store, word);
    }

    private static StoredRun latest(ResultStore store, Predicate<StoredRun> wanted, String otherwise) {
        return store.runs().stream()
                .filter(run -> !SpeedRuns.measured(run.plan()))
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new NothingSelectedException("the store has " + otherwise));
    }

    private static StoredRun named(ResultStore store, String word) {
        List<StoredRun> matches = store.runs().stream()
                .filter(run -> run.plan().runId().equals(word)
                        || word.length() >= 4
                                && (run.plan().runId().endsWith(word)
                                        || run.plan().runId().startsWith(word)))
                .toList();
        if (matches.size() > 1) {
            throw new ConfigException("'" + word + "' means several runs: "
                    + matches.stream().map(r -> r.plan().runId()).toList() + "; give the whole id");
        }
        if (matches.isEmpty()) {
            throw unknown(word, store);
        }
        return matches.get(0);
    }

    static ConfigException unknown(String word, ResultStore store) {
        List<String> ids = store.runs().stream().map(r -> r.plan().runId()).toList();
        return new ConfigException("no run '" + word + "'"
                + Suggestions.hint(word, ids)
                + (ids.isEmpty()
                        ? "; the store has none"
                        : "; the latest: " + ids.subList(0, Math.min(5, ids.size()))));
    }
}
