package dev.rtel.graders.code;

import dev.rtel.eval.CodeJob;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks the process that holds the submission; from here on what breaks is the submission's fault. */
final class SubmissionHost {
    private final HostProcess process;
    private final long deadline;
    private long number;

    SubmissionHost(HostProcess process, CodeJob job) {
        this.process = process;
        this.deadline = System.nanoTime() + job.limits().wall().toNanos();
    }

    /** Hands the code over; returns why it cannot be loaded, empty if it is. */
    String load(CodeJob job) throws HostProcess.EndedException, InterruptedException {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("op", "load");
        request.put("entry", job.entry());
        byte[] source = job.source().getBytes(StandardCharsets.UTF_8);
        request.put("source", Base64.getEncoder().encodeToString(source));
        Map<String, @Nullable Object> reply = ask(request);
        if (reply.get("raised") instanceof Map<?, ?> raised) {
            return "loading the code ended with " + name(raised);
        }
        if (!Boolean.TRUE.equals(reply.get("loaded"))) {
            throw new HostProcess.EndedException("PROTOCOL_ERROR", "the reply to loading is none");
        }
        return "";
    }

    /** Sends a request under the next id; the reply must carry it. */
    Map<String, @Nullable Object> ask(Map<String, Object> request)
            throws HostProcess.EndedException, InterruptedException {
        request.put("id", number);
        Map<String, @Nullable Object> reply = process.ask(request, deadline);
        if (!Objects.equals(reply.get("id"), number)) {
            throw new HostProcess.EndedException("PROTOCOL_ERROR", "a reply does not carry the id of the request");
        }
        number++;
        return reply;
    }

    long deadline() {
        return deadline;
    }

    static String name(Map<?, ?> raised) {
        Object types = raised.get("types");
        String name = types instanceof List<?> list && !list.isEmpty() ? String.valueOf(list.get(0)) : "an exception";
        return name.length() > 100 ? name.substring(0, 100) : name;
    }
}
