package dev.rtel.eval;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * A text kept as the provider sent it, reply or billing record, and where in an outcome it belongs. Stores keep these
 * texts apart and put them back for {@code ResultStore.Projection.FULL}.
 *
 * @param kind {@code reply} and {@code generation} (the billing record) of the contestant, {@code role-1},
 *     {@code role-1-generation}, {@code role-2}, … of the roles in call order
 * @param belongsTo digest of what the text belongs to: the completion by its fingerprint, provider's id, text and
 *     latency, for a billing record also its figures. A record that comes back without the text has the same digest, and
 *     then the text stored under it stays. Lasting: stores may keep it
 * @param text the text; empty when it was not kept or not read
 */
public record Verbatim(String kind, long belongsTo, Optional<String> text) {
    private static final String REPLY = "reply";
    private static final String GENERATION = "generation";

    /** Lists the places of a record's outcome, with their texts where it holds them. */
    public static List<Verbatim> of(TrialRecord record) {
        List<Verbatim> places = new ArrayList<>();
        RoleUsage roles = RoleUsage.none();
        if (record.outcome() instanceof Outcome.Completed completed) {
            add(places, record.trial(), completed.completion(), REPLY, GENERATION);
            roles = completed.roleCalls();
        } else if (record.outcome() instanceof Outcome.Scored scored) {
            add(places, record.trial(), scored.completion(), REPLY, GENERATION);
            roles = scored.graderUsage();
        }
        int number = 1;
        for (RoleUsage.Call call : roles.calls()) {
            String kind = role(number++);
            add(places, record.trial(), call.completion(), kind, kind + "-" + GENERATION);
        }
        return places;
    }

    /**
     * Puts texts into an outcome: these and no others.
     *
     * @param texts by kind; kinds that the outcome has no place for are ignored
     */
    public static Outcome put(Outcome outcome, Map<String, String> texts) {
        if (texts.isEmpty()) {
            return outcome.withoutVerbatim();
        }
        if (outcome instanceof Outcome.Completed completed) {
            return new Outcome.Completed(
                    put(completed.completion(), texts, REPLY, GENERATION), put(completed.roleCalls(), texts));
        }
        if (outcome instanceof Outcome.Scored scored) {
            return new Outcome.Scored(
                    put(scored.completion(), texts, REPLY, GENERATION),
                    scored.usage(),
                    scored.score(),
                    put(scored.graderUsage(), texts));
        }
        return outcome;
    }

    private static void add(
            List<Verbatim> places, Trial trial, Completion completion, String reply, String generation) {
        Digest digest = new Digest()
                .add(trial.completionFingerprint())
                .add(completion.generationId())
                .add(completion.text())
                .add(completion.latency().map(Duration::toNanos).orElse(-1L));
        long answer = digest.value;
        places.add(new Verbatim(reply, digest.add(reply).value, completion.raw()));
        if (completion.billing().isPresent()) {
            BillingRecord billing = completion.billing().get();
            digest.value = answer;
            places.add(new Verbatim(generation, digest.add(billing).add(generation).value, billing.raw()));
        }
    }

    private static RoleUsage put(RoleUsage roles, Map<String, String> texts) {
        int[] number = {1};
        UnaryOperator<Completion> next = completion -> {
            String kind = role(number[0]++);
            return put(completion, texts, kind, kind + "-" + GENERATION);
        };
        return roles.with(next);
    }

    private static Completion put(Completion completion, Map<String, String> texts, String reply, String generation) {
        return completion.toBuilder()
                .raw(texts.get(reply))
                .billing(completion
                        .billing()
                        .map(b -> b.withRaw(Optional.ofNullable(texts.get(generation))))
                        .orElse(null))
                .build();
    }

    private static String role(int number) {
        return "role-" + number;
    }

    /** FNV-1a with 64 bits over UTF-16 units; lengths are mixed in, so that parts cannot run into each other. */
    private static final class Digest {
        private static final long PRIME = 0x100000001b3L;

        private long value = 0xcbf29ce484222325L;

        Digest add(long number) {
            for (int shift = 0; shift < Long.SIZE; shift += Short.SIZE) {
                value = (value ^ (number >>> shift & 0xffff)) * PRIME;
            }
            return this;
        }

        Digest add(String text) {
            long hash = add(text.length()).value;
            for (int i = 0; i < text.length(); i++) {
                hash = (hash ^ text.charAt(i)) * PRIME;
            }
            value = hash;
            return this;
        }

        Digest add(Optional<String> text) {
            return text.isPresent() ? add(text.get()) : add(-1);
        }

        Digest add(OptionalLong number) {
            return number.isPresent() ? add(1).add(number.getAsLong()) : add(-1);
        }

        Digest add(BillingRecord billing) {
            return add(billing.id())
                    .add(billing.prompt())
                    .add(billing.cached())
                    .add(billing.completion())
                    .add(billing.reasoning())
                    .add(billing.costUsd().map(BigDecimal::toString))
                    .add(billing.provider())
                    .add(billing.model())
                    .add(billing.cancelled() ? 1 : 0);
        }
    }
}
