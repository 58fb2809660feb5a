package dev.rtel.store.sqlite;

import dev.rtel.eval.Completion;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RoleUsage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The completions inside an outcome by kind: {@code reply} and, of roles in call order, {@code role-1}, {@code role-2}. */
final class Replies {
    private static final String REPLY = "reply";

    private Replies() {}

    static Map<String, Completion> of(Outcome outcome) {
        Map<String, Completion> byKind = new LinkedHashMap<>();
        RoleUsage roles = RoleUsage.none();
        if (outcome instanceof Outcome.Completed completed) {
            byKind.put(REPLY, completed.completion());
            roles = completed.roleCalls();
        } else if (outcome instanceof Outcome.Scored scored) {
            byKind.put(REPLY, scored.completion());
            roles = scored.graderUsage();
        }
        int number = 1;
        for (RoleUsage.Call call : roles.calls()) {
            byKind.put(role(number++), call.completion());
        }
        return byKind;
    }

    /** The outcome with these verbatim replies and no others. */
    static Outcome withRaw(Outcome outcome, Map<String, String> rawByKind) {
        if (outcome instanceof Outcome.Completed completed) {
            return new Outcome.Completed(
                    with(completed.completion(), rawByKind, REPLY), with(completed.roleCalls(), rawByKind));
        }
        if (outcome instanceof Outcome.Scored scored) {
            return new Outcome.Scored(
                    with(scored.completion(), rawByKind, REPLY),
                    scored.usage(),
                    scored.score(),
                    with(scored.graderUsage(), rawByKind));
        }
        return outcome;
    }

    /** Whether both are the same reply, one perhaps read without its verbatim form. */
    static boolean same(Completion stored, Optional<Completion> written) {
        return written.filter(w -> w.generationId().equals(stored.generationId())
                        && w.text().equals(stored.text())
                        && w.latency().equals(stored.latency()))
                .isPresent();
    }

    private static Completion with(Completion completion, Map<String, String> rawByKind, String kind) {
        return completion.toBuilder().raw(rawByKind.get(kind)).build();
    }

    private static RoleUsage with(RoleUsage usage, Map<String, String> rawByKind) {
        List<RoleUsage.Call> calls = new ArrayList<>();
        for (RoleUsage.Call call : usage.calls()) {
            String kind = role(calls.size() + 1);
            calls.add(new RoleUsage.Call(
                    call.role(), call.model(), with(call.completion(), rawByKind, kind), call.usage()));
        }
        return new RoleUsage(calls);
    }

    private static String role(int number) {
        return "role-" + number;
    }
}
