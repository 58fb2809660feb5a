package dev.rtel.store.sqlite;

import dev.rtel.eval.EvalJson;
import dev.rtel.eval.RunPlan;
import java.lang.ref.WeakReference;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Plans that somebody in this process holds anyway, so that reading a run does not build one more copy of what is the
 * greatest part of it. Keeps none alive. Thread-safe.
 */
final class PlanMemory {
    private final Map<String, Known> byRun = new ConcurrentHashMap<>();

    private record Known(byte[] digest, WeakReference<RunPlan> plan) {}

    /** Notes a plan as it was stored. */
    void note(RunPlan plan, byte[] deflated) {
        byRun.put(plan.runId(), new Known(digest(deflated), new WeakReference<>(plan)));
    }

    /** Returns the plan stored in these bytes. */
    RunPlan read(String runId, byte[] deflated) throws DataFormatException {
        Known known = byRun.get(runId);
        @Nullable RunPlan held = known == null ? null : known.plan().get();
        if (known != null && held != null && Arrays.equals(known.digest(), digest(deflated))) {
            return held;
        }
        RunPlan plan = EvalJson.readPlan(JsonText.inflate(deflated));
        note(plan, deflated);
        return plan;
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
