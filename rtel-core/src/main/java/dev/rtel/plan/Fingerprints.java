package dev.rtel.plan;

import dev.rtel.common.PlainJson;
import dev.rtel.eval.GradeIdentity;
import dev.rtel.eval.Message;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Target;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Digests that decide what a resumed run may keep. Neither holds timeouts, concurrency or retries. Each starts with a
 * scheme number, so that a later scheme never equals an earlier one.
 */
public final class Fingerprints {
    private Fingerprints() {}

    /** Digest of all that decides the answer: model id, client kind, host class, routing, params, messages, epoch. */
    public static String completion(PlannedModel model, List<Message> messages, int epoch) {
        Map<String, @Nullable Object> identity = new LinkedHashMap<>();
        identity.put("model_id", model.id());
        identity.put("client", model.identity().client());
        identity.put("simulated", model.identity().simulated());
        identity.put("routing", model.routing());
        identity.put("params", model.params());
        identity.put(
                "messages",
                messages.stream().map(m -> List.of(m.role(), m.content())).toList());
        identity.put("epoch", epoch);
        return "c1:" + sha256(PlainJson.canonical(identity));
    }

    /** Digest of all that decides the score: target, grader, settings, version, grader fields, roles used. */
    public static String grade(Sample sample, GradeIdentity grader) {
        Map<String, @Nullable Object> identity = new LinkedHashMap<>();
        identity.put("target", target(sample.target()));
        identity.put("fields", sample.fields());
        identity.put("locale", sample.locale().orElse(null));
        identity.put("choices", sample.choices());
        identity.put("grader", grader.name());
        identity.put("settings", grader.settings());
        identity.put("version", grader.version());
        Map<String, @Nullable Object> roles = new LinkedHashMap<>();
        grader.roles().forEach((role, model) -> {
            Map<String, @Nullable Object> bound = new LinkedHashMap<>();
            bound.put("id", model.id());
            bound.put("params", model.params());
            roles.put(role, bound);
        });
        identity.put("roles", roles);
        return "g1:" + sha256(PlainJson.canonical(identity));
    }

    /** SHA-256 of the text's UTF-8 bytes in lower-case hex. */
    public static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static @Nullable Object target(Target target) {
        if (target instanceof Target.Text text) {
            return text.value();
        }
        if (target instanceof Target.Claims claims) {
            return claims.values();
        }
        return target instanceof Target.AnyOf any ? Map.of("any_of", any.values()) : null;
    }
}
