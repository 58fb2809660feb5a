package dev.rtel.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VerbatimTest {
    private static final Completion REPLY = Completion.builder()
            .text("4")
            .latency(Duration.ofMillis(7))
            .generationId("gen-1")
            .raw("{\"reply\":1}")
            .billing(billing("0.5", Optional.of("{\"bill\":1}")))
            .build();
    private static final Completion VERDICT = Completion.builder()
            .text("pass")
            .raw("{\"verdict\":1}")
            .billing(billing("0.1", Optional.of("{\"bill\":2}")))
            .build();
    private static final Outcome OUTCOME = new Outcome.Completed(
            REPLY,
            new RoleUsage(List.of(
                    new RoleUsage.Call("judge", "lab/j", VERDICT, TokenUsage.unknown()),
                    new RoleUsage.Call("judge", "lab/j", Completion.builder().build(), TokenUsage.unknown()))));

    private static BillingRecord billing(String usd, Optional<String> raw) {
        return new BillingRecord(
                Optional.of("gen-1"),
                OptionalLong.of(1),
                OptionalLong.empty(),
                OptionalLong.of(2),
                OptionalLong.of(1),
                Optional.of(new BigDecimal(usd)),
                Optional.of("Lab"),
                Optional.of("lab/m"),
                false,
                raw);
    }

    private static TrialRecord record(Outcome outcome, String completionFingerprint) {
        PlannedModel model = new PlannedModel(
                "m",
                "lab/m",
                ComponentSpec.of("replay"),
                ComponentSpec.of("usage"),
                Map.of(),
                Map.of(),
                new Origin("replay", false),
                OptionalInt.empty(),
                false,
                false);
        PlannedTask task = new PlannedTask("t", "1", "math", "t", "00", ComponentSpec.of("exact"), 1);
        Sample sample = Sample.of("s", "?", Target.of("4"));
        Trial trial = new Trial(
                new TrialKey("m", "t", "s", 1), model, task, sample, sample.input(), completionFingerprint, "g1");
        return new TrialRecord("run", trial, outcome, 1, Waste.none(), Instant.EPOCH, Instant.EPOCH, Optional.empty());
    }

    private static Map<String, Long> digests(Outcome outcome) {
        return Verbatim.of(record(outcome, "c1")).stream()
                .collect(Collectors.toMap(Verbatim::kind, Verbatim::belongsTo));
    }

    private static Outcome reply(Completion completion) {
        return new Outcome.Completed(completion);
    }

    @Test
    void everyTextHasItsPlace() {
        assertThat(Verbatim.of(record(OUTCOME, "c1")))
                .extracting(Verbatim::kind, Verbatim::text)
                .containsExactly(
                        tuple("reply", Optional.of("{\"reply\":1}")),
                        tuple("generation", Optional.of("{\"bill\":1}")),
                        tuple("role-1", Optional.of("{\"verdict\":1}")),
                        tuple("role-1-generation", Optional.of("{\"bill\":2}")),
                        tuple("role-2", Optional.empty()));
        assertThat(Verbatim.of(record(new Outcome.Failed(new Failure("timeout", "", true)), "c1")))
                .isEmpty();
    }

    @Test
    void textsTakenOutCanBePutBack() {
        Map<String, String> texts = Verbatim.of(record(OUTCOME, "c1")).stream()
                .filter(v -> v.text().isPresent())
                .collect(Collectors.toMap(Verbatim::kind, v -> v.text().orElseThrow()));

        Outcome bare = OUTCOME.withoutVerbatim();

        assertThat(Verbatim.of(record(bare, "c1"))).extracting(Verbatim::text).containsOnly(Optional.empty());
        assertThat(Verbatim.put(bare, texts)).isEqualTo(OUTCOME);
        assertThat(Verbatim.put(OUTCOME, Map.of("reply", "other")))
                .isEqualTo(Verbatim.put(bare, Map.of("reply", "other")));
    }

    @Test
    void theDigestIsTheSameWithoutTheTexts() {
        assertThat(digests(OUTCOME.withoutVerbatim())).isEqualTo(digests(OUTCOME));
        assertThat(digests(OUTCOME).values()).doesNotHaveDuplicates();
    }

    @Test
    void theDigestIsLastingSinceStoresKeepIt() {
        assertThat(digests(OUTCOME))
                .containsEntry("reply", -5328353152926183746L)
                .containsEntry("generation", 2924321355356641413L);
    }

    static Stream<Function<Completion.Builder, Completion.Builder>> otherReplies() {
        return Stream.of(
                b -> b.text("5"),
                b -> b.text(null),
                b -> b.latency(Duration.ofNanos(7_000_001)),
                b -> b.latency(null),
                b -> b.generationId("gen-2"),
                b -> b.generationId(null));
    }

    @ParameterizedTest
    @MethodSource("otherReplies")
    void anotherReplyHasOtherDigests(Function<Completion.Builder, Completion.Builder> change) {
        Map<String, Long> other = digests(reply(change.apply(REPLY.toBuilder()).build()));

        assertThat(other.get("reply")).isNotEqualTo(digests(reply(REPLY)).get("reply"));
        assertThat(other.get("generation")).isNotEqualTo(digests(reply(REPLY)).get("generation"));
    }

    @Test
    void anotherIdentityHasOtherDigests() {
        assertThat(Verbatim.of(record(reply(REPLY), "c2")))
                .extracting(Verbatim::belongsTo)
                .doesNotContainAnyElementsOf(digests(reply(REPLY)).values());
    }

    @Test
    void anotherBillHasAnotherDigestAndTheReplyKeepsIts() {
        Completion rebilled =
                REPLY.toBuilder().billing(billing("0.50", Optional.empty())).build();

        assertThat(digests(reply(rebilled)).get("reply"))
                .isEqualTo(digests(reply(REPLY)).get("reply"));
        assertThat(digests(reply(rebilled)).get("generation"))
                .isNotEqualTo(digests(reply(REPLY)).get("generation"));
    }

    @Test
    void partsCannotRunIntoEachOther() {
        Completion one = Completion.builder().generationId("ab").text("c").build();
        Completion two = Completion.builder().generationId("a").text("bc").build();

        assertThat(digests(reply(one))).isNotEqualTo(digests(reply(two)));
    }
}
