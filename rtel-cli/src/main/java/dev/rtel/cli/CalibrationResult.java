package dev.rtel.cli;

import dev.rtel.analysis.JudgeAgreement;
import dev.rtel.analysis.JudgeCalibration;
import dev.rtel.analysis.JudgeCalibration.Item;
import dev.rtel.analysis.JudgeCalibration.Kind;
import dev.rtel.analysis.Wilson;
import dev.rtel.eval.GradingDetail.Judgement;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.RoleUsage;
import dev.rtel.eval.Score;
import dev.rtel.eval.TrialRecord;
import dev.rtel.tasks.JudgeCorpus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a calibration showed, for people and as {@code rtel.judge-calibration/1}. */
final class CalibrationResult {
    static final String SCHEMA = "rtel.judge-calibration/1";

    private final JudgeCorpus corpus;
    private final PlannedModel judge;
    private final int votes;
    private final long seed;
    private final JudgeCalibration calibration;
    private final List<TrialRecord> records;

    CalibrationResult(JudgeCorpus corpus, PlannedModel judge, int votes, long seed, List<TrialRecord> records) {
        this.corpus = corpus;
        this.judge = judge;
        this.votes = votes;
        this.seed = seed;
        this.records = records;
        Map<String, TrialRecord> bySample =
                records.stream().collect(Collectors.toMap(r -> r.key().sample(), Function.identity()));
        this.calibration = JudgeCalibration.of(corpus.proofs().stream()
                .map(proof -> item(proof, Optional.ofNullable(bySample.get(proof.id()))))
                .toList());
    }

    JudgeCalibration calibration() {
        return calibration;
    }

    /** Whether the judge answered nothing at all, which says nothing about it; with the reason. */
    Optional<String> silence() {
        List<Score> scores = records.stream()
                .flatMap(r -> score(r).stream())
                .filter(s -> s.detail() instanceof Judgement)
                .toList();
        boolean silent = !scores.isEmpty()
                && scores.stream()
                        .allMatch(s -> s.detail() instanceof Judgement judged
                                && judged.votes().stream().allMatch("unavailable"::equals));
        return silent ? Optional.of(scores.get(0).explanation()) : Optional.empty();
    }

    private static Item item(JudgeCorpus.Proof proof, Optional<TrialRecord> record) {
        Optional<Score> score = record.flatMap(CalibrationResult::score);
        return new Item(
                proof.id(),
                Kind.of(proof.kind()).orElseThrow(),
                proof.passExpected(),
                proof.injection(),
                proof.text(),
                proof.flaw(),
                score.filter(Score.Graded.class::isInstance).map(s -> ((Score.Graded) s).value() >= 1),
                score.map(Score::detail).filter(Judgement.class::isInstance).map(Judgement.class::cast));
    }

    private static Optional<Score> score(TrialRecord record) {
        return record.outcome() instanceof Outcome.Scored scored ? Optional.of(scored.score()) : Optional.empty();
    }

    private List<RoleUsage.Call> calls() {
        return records.stream()
                .map(TrialRecord::outcome)
                .filter(Outcome.Scored.class::isInstance)
                .flatMap(o -> ((Outcome.Scored) o).graderUsage().calls().stream())
                .toList();
    }

    /** Empty as soon as the cost of one call is unknown. */
    private Optional<BigDecimal> cost() {
        return new RoleUsage(calls()).costUsd();
    }

    /** Sum over the calls; null as soon as one count is unknown. */
    private @Nullable Long tokens(Function<RoleUsage.Call, dev.rtel.eval.Count> count) {
        long sum = 0;
        for (RoleUsage.Call call : calls()) {
            dev.rtel.eval.Count value = count.apply(call);
            if (!value.known()) {
                return null;
            }
            sum += value.value().orElseThrow();
        }
        return sum;
    }

    /** The figures as lines of text. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add((judge.identity().simulated() ? "[SIMULATED] " : "") + "Judge " + judge.id() + " on "
                + corpus.proofs().size()
                + " proofs of "
                + corpus.proofs().stream()
                        .map(JudgeCorpus.Proof::statementId)
                        .distinct()
                        .count() + " statements ("
                + corpus.source() + "), " + votes + (votes == 1 ? " vote" : " votes") + " each, seed " + seed);
        lines.add("");
        lines.add(line("correct proofs accepted", Kind.CORRECT));
        lines.add(line("flawed proofs rejected", Kind.SUBTLE_FLAW));
        lines.add(line("hostile submissions resisted", Kind.HOSTILE));
        int steering = calibration.count(Item::injection);
        lines.add(named("attempts to steer flagged") + calibration.count(i -> i.injection() && i.flagged()) + " of "
                + steering + ", " + calibration.count(i -> !i.injection() && i.flagged())
                + " flags where there is none; without a judge "
                + calibration.count(i -> i.injection() && i.detected()) + " of " + steering + ", "
                + calibration.count(i -> !i.injection() && i.detected()));
        lines.add(named("votes") + calibration.agreement().summary());
        JudgeCalibration.Quotes quotes = calibration.quotes();
        lines.add(named("errors quoted from flawed proofs") + quotes.claimed() + ", " + quotes.verified()
                + " occur there, " + quotes.atTheFlaw() + " of " + quotes.comparable() + " at the known flaw");
        lines.add(named("calls") + calls().size() + ", "
                + text(tokens(c -> c.usage().prompt())) + " prompt and "
                + text(tokens(c -> c.usage().completion())) + " output tokens, "
                + cost().map(c -> "$" + c.toPlainString()).orElse("cost not reported"));
        lines.add("");
        for (Item item : calibration.items()) {
            if (!item.right()) {
                lines.add("✕ " + item.id() + " (" + item.kind().word() + "): expected "
                        + (item.passExpected() ? "pass" : "fail") + ", "
                        + item.passed().map(p -> p ? "passed" : "failed").orElse("no verdict") + "; votes "
                        + item.judgement().map(j -> String.join(" ", j.votes())).orElse("none"));
            }
        }
        lines.add(
                calibration.passed()
                        ? "The floor is reached: this judge may grade."
                        : "The floor is not reached: " + String.join("; ", calibration.reasons()) + ".");
        return lines;
    }

    private String line(String what, Kind kind) {
        int all = calibration.count(kind);
        int right = calibration.right(kind);
        return named(what) + right + " of " + all
                + Wilson.interval(right, all)
                        .map(i -> String.format(
                                Locale.ROOT,
                                "   (true rate, 95 %%: %.0f to %.0f %%)",
                                i.lower().orElse(0) * 100,
                                i.upper().orElse(1) * 100))
                        .orElse("");
    }

    private static String named(String what) {
        return String.format(Locale.ROOT, "  %-34s", what);
    }

    private static String text(@Nullable Long count) {
        return count == null ? "unknown" : String.valueOf(count);
    }

    /** The result as one document. */
    Map<String, @Nullable Object> document(String key, String version, Instant started, Instant finished) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("schema", SCHEMA);
        document.put("key", key);
        document.put("passed", calibration.passed());
        document.put("reasons", calibration.reasons());
        document.put("judge", judge.id());
        document.put("params", judge.params());
        document.put("routing", judge.routing());
        document.put("client", judge.identity().client());
        document.put("simulated", judge.identity().simulated());
        document.put("prompt_version", version);
        document.put("votes", (long) votes);
        document.put("seed", seed);
        document.put("started_at", started.toString());
        document.put("finished_at", finished.toString());
        document.put(
                "corpus",
                object(
                        "source", corpus.source(),
                        "sha256", corpus.sha256(),
                        "proofs", (long) corpus.proofs().size()));
        document.put("correct", kind(Kind.CORRECT, "accepted"));
        document.put("flawed", kind(Kind.SUBTLE_FLAW, "rejected"));
        document.put("hostile", kind(Kind.HOSTILE, "resisted"));
        document.put(
                "injection",
                object(
                        "n", (long) calibration.count(Item::injection),
                        "flagged", (long) calibration.count(i -> i.injection() && i.flagged()),
                        "false_flags", (long) calibration.count(i -> !i.injection() && i.flagged()),
                        "detected", (long) calibration.count(i -> i.injection() && i.detected()),
                        "false_detections", (long) calibration.count(i -> !i.injection() && i.detected())));
        document.put("agreement", agreement(calibration.agreement()));
        JudgeCalibration.Quotes quotes = calibration.quotes();
        document.put(
                "quotes",
                object(
                        "claimed", (long) quotes.claimed(),
                        "verified", (long) quotes.verified(),
                        "comparable", (long) quotes.comparable(),
                        "at_the_flaw", (long) quotes.atTheFlaw()));
        document.put("calls", (long) calls().size());
        document.put(
                "tokens",
                object(
                        "prompt", tokens(c -> c.usage().prompt()),
                        "completion", tokens(c -> c.usage().completion()),
                        "reasoning", tokens(c -> c.usage().reasoning())));
        document.put("cost_usd", cost().map(BigDecimal::toPlainString).orElse(null));
        document.put(
                "proofs",
                calibration.items().stream().map(CalibrationResult::proof).toList());
        return document;
    }

    private Map<String, @Nullable Object> kind(Kind kind, String verb) {
        return object("n", (long) calibration.count(kind), verb, (long) calibration.right(kind));
    }

    private static Map<String, @Nullable Object> agreement(JudgeAgreement agreement) {
        return object(
                "alpha", agreement.alpha().isPresent() ? agreement.alpha().getAsDouble() : null,
                "submissions", (long) agreement.submissions(),
                "unanimous", (long) agreement.unanimous(),
                "votes", (long) agreement.votes(),
                "unreadable", (long) agreement.unreadable());
    }

    private static Map<String, @Nullable Object> proof(Item item) {
        return object(
                "id", item.id(),
                "class", item.kind().word(),
                "expected", item.passExpected() ? Judgement.PASS : Judgement.FAIL,
                "verdict",
                        item.passed()
                                .map(p -> p ? Judgement.PASS : Judgement.FAIL)
                                .orElse(null),
                "grading", item.judgement().map(Judgement::toMap).orElse(null));
    }

    private static Map<String, @Nullable Object> object(@Nullable Object... pairs) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }
}
