package dev.rtel.report.html;

import dev.rtel.eval.Completion;
import dev.rtel.eval.Count;
import dev.rtel.eval.GradingDetail;
import dev.rtel.eval.Message;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.RoleUsage;
import dev.rtel.eval.Score;
import dev.rtel.eval.TokenUsage;
import dev.rtel.eval.TrialRecord;
import dev.rtel.eval.UsageFlag;
import dev.rtel.report.Figures;
import dev.rtel.report.html.Page.Fact;
import dev.rtel.report.html.Page.ModelSamples;
import dev.rtel.report.html.Page.TextBlock;
import dev.rtel.report.html.Page.TokenLine;
import dev.rtel.report.html.Page.TrialView;
import dev.rtel.report.html.Trials.Mark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every trial with all that led to its mark; per model the failures first. Texts are cut, in large runs more so, to keep
 * the page one that opens.
 */
final class SamplesBuilder {
    private static final int PROMPT_BYTES = 3000;
    private static final int REPLY_BYTES = 6000;
    private static final int REASONING_BYTES = 4000;
    private static final double PAGE_BYTES = 6_000_000;
    private static final double LEAST_SHARE = 0.05;
    private static final int ANSWER_CHARACTERS = 120;
    private static final int FACT_CHARACTERS = 400;
    private static final String IN_COMPLETIONS = "whole text in completions.jsonl";

    private final Trials trials;
    private final Slugs slugs;
    private final boolean repeated;
    private final double share;

    SamplesBuilder(Trials trials, Slugs slugs) {
        this.trials = trials;
        this.slugs = slugs;
        this.repeated = trials.planned().stream().anyMatch(t -> t.key().epoch() > 1);
        double whole = (double) (PROMPT_BYTES + REPLY_BYTES + REASONING_BYTES) * Math.max(1, trials.detailedCount());
        this.share = Math.max(LEAST_SHARE, Math.min(1, PAGE_BYTES / whole));
    }

    List<ModelSamples> models(List<String> models, Details details) {
        List<ModelSamples> all = new ArrayList<>();
        for (String model : models) {
            List<TrialRecord> records = trials.of(model);
            if (!records.isEmpty()) {
                all.add(model(model, records, details));
            }
        }
        return all;
    }

    private ModelSamples model(String model, List<TrialRecord> records, Details details) {
        StringBuilder summary = new StringBuilder();
        for (Mark mark : new Mark[] {Mark.PASS, Mark.WRONG, Mark.FAILED, Mark.UNSCORED, Mark.QUARANTINED}) {
            long n = records.stream().filter(r -> trials.mark(r) == mark).count();
            if (n > 0) {
                summary.append(summary.isEmpty() ? "" : ", ")
                        .append(n)
                        .append(' ')
                        .append(mark.word);
            }
        }
        List<TrialView> shown = records.stream()
                .sorted(Comparator.comparing(trials::mark))
                .flatMap(r -> details.view(r.key()).stream())
                .toList();
        return new ModelSamples(
                Excerpt.name(model),
                slugs.id("model", model),
                summary.toString(),
                shown.size() < records.size()
                        ? Figures.count(shown.size()) + " of " + Figures.count(records.size())
                                + " trials are shown, what went wrong first. All are in samples.jsonl, and their whole"
                                + " texts in completions.jsonl."
                        : "",
                shown);
    }

    /** What is shown of one trial. */
    TrialView trial(TrialRecord record) {
        Mark mark = trials.mark(record);
        return new TrialView(
                Trials.anchor(slugs, record.key()),
                mark.glyph,
                mark.kind,
                mark.word,
                record.key().task(),
                Excerpt.name(record.key().sample()),
                repeated ? "epoch " + record.key().epoch() : "",
                brief(record),
                answer(record, mark),
                Excerpt.line(record.trial().sample().target().display(), ANSWER_CHARACTERS),
                facts(record, mark),
                record.usage().map(SamplesBuilder::tokens).orElse(List.of()),
                texts(record));
    }

    private static String answer(TrialRecord record, Mark mark) {
        Optional<String> found = record.graded().flatMap(Score.Graded::answer);
        return found.map(a -> Excerpt.line(a, ANSWER_CHARACTERS))
                .orElse(mark == Mark.FAILED ? "no reply" : mark == Mark.UNSCORED ? "not judged" : "none found");
    }

    private static String brief(TrialRecord record) {
        List<String> parts = new ArrayList<>();
        record.usage()
                .filter(u -> u.reasoning().known())
                .ifPresent(u -> parts.add(count(u.reasoning()) + " reasoning tok"));
        record.usage().flatMap(u -> u.cost().usd()).ifPresent(usd -> parts.add(Figures.usd(usd)));
        record.completion().flatMap(Completion::latency).ifPresent(l -> parts.add(Figures.seconds(l.toMillis())));
        if (record.completion().filter(Completion::truncated).isPresent()) {
            parts.add("cut off");
        }
        return String.join(" · ", parts);
    }

    private List<Fact> facts(TrialRecord record, Mark mark) {
        List<Fact> facts = new ArrayList<>();
        record.quarantined().ifPresent(q -> facts.add(Fact.of("Quarantined", "counted in no figure: " + line(q))));
        if (record.outcome() instanceof Outcome.Failed failed) {
            facts.add(Fact.of(
                    "Error",
                    failed.failure().type() + ": " + line(failed.failure().message())));
        } else if (record.outcome() instanceof Outcome.Scored scored) {
            score(scored.score(), facts);
            if (mark == Mark.WRONG && record.passedAlone()) {
                facts.add(Fact.of("Twin", "right alone, but its twin did not pass"));
            }
            detail(scored.score().detail(), facts);
            cost(scored, facts);
        } else {
            facts.add(Fact.of("Grading", "not graded yet"));
        }
        record.completion().ifPresent(c -> completion(c, facts));
        facts.add(Fact.of("Attempts", attempts(record)));
        return facts;
    }

    private static void score(Score score, List<Fact> facts) {
        if (score instanceof Score.Graded graded) {
            facts.add(Fact.of("Score", number(graded.value())));
        } else if (score instanceof Score.Unscored unscored) {
            facts.add(Fact.of("Unscored", line(unscored.reason())));
        }
        if (!score.explanation().isBlank()) {
            facts.add(Fact.of("Explanation", line(score.explanation())));
        }
    }

    private static void detail(GradingDetail detail, List<Fact> facts) {
        if (detail instanceof GradingDetail.Extraction e) {
            String tier = e.tier().isPresent() ? ", " + tier(e.tier().getAsInt()) : "";
            facts.add(Fact.of("Extraction", line(e.status()) + tier));
        } else if (detail instanceof GradingDetail.CodeRun run) {
            String reason = run.reason().map(r -> " (" + r + ")").orElse("");
            facts.add(Fact.of(
                    "Code",
                    line(run.status() + reason) + ", " + run.passedCases() + " of " + run.totalCases() + " cases"));
            run.executor()
                    .ifPresent(e -> facts.add(Fact.of(
                            "Ran in",
                            line(e + run.python().map(p -> ", Python " + p).orElse("")))));
        } else if (detail instanceof GradingDetail.Judgement judgement) {
            judgement(judgement, facts);
        } else {
            Flat.facts("grading", detail.toMap())
                    .forEach(f -> facts.add(Fact.mono(Excerpt.line(f.term(), 60), line(f.value()))));
        }
    }

    private static void judgement(GradingDetail.Judgement judgement, List<Fact> facts) {
        facts.add(Fact.mono("Judge", line(judgement.judge())));
        if (!judgement.checkpoints().isEmpty()) {
            facts.add(Fact.of(
                    "Checkpoints",
                    line(judgement.checkpoints().entrySet().stream()
                            .map(e -> e.getKey() + (e.getValue() ? " ✓" : " ✕"))
                            .collect(Collectors.joining(", ")))));
        }
        if (!judgement.fatal().isEmpty()) {
            facts.add(Fact.of("Fatal errors", line(String.join(", ", judgement.fatal()))));
        }
        judgement
                .firstError()
                .ifPresent(e -> facts.add(Fact.of(
                        "First error",
                        "“" + line(e) + "” "
                                + (judgement.quoteVerified()
                                        ? "(quote found in the reply)"
                                        : "(quote not found in the reply)"))));
        if (!judgement.votes().isEmpty()) {
            facts.add(Fact.of("Votes", line(String.join(", ", judgement.votes()))));
        }
        if (judgement.panel().size() > 1) {
            judgement.panel().forEach(vote -> facts.add(Fact.of("Vote of " + line(vote.judge()), line(vote(vote)))));
        }
        facts.add(Fact.of(
                "Injection",
                judgement.injection() ? "the reply tried to steer the judge" : "no attempt to steer the judge"));
        if (!judgement.injectionSigns().isEmpty()) {
            facts.add(Fact.of(
                    "Signs of steering, found without a judge", line(String.join(", ", judgement.injectionSigns()))));
        }
    }

    private static String vote(GradingDetail.Vote vote) {
        String missed = vote.checkpoints().entrySet().stream()
                .filter(e -> !e.getValue())
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        return vote.verdict()
                + (missed.isEmpty() ? "" : ", not met: " + missed)
                + (vote.fatal().isEmpty() ? "" : ", fatal: " + String.join(", ", vote.fatal()))
                + vote.firstError()
                        .map(e -> ", quotes “" + e + "”" + (vote.quoteVerified() ? "" : " (not in the reply)"))
                        .orElse("");
    }

    private static void cost(Outcome.Scored scored, List<Fact> facts) {
        facts.add(Fact.of(
                "Cost",
                scored.usage().cost().usd().map(Figures::usd).orElse("unknown") + " ("
                        + scored.usage().cost().source().word() + ")"));
        if (!scored.graderUsage().calls().isEmpty()) {
            RoleUsage usage = scored.graderUsage();
            facts.add(Fact.of(
                    "Judge cost",
                    usage.costUsd().map(Figures::usd).orElse("unknown") + " in "
                            + usage.calls().size() + (usage.calls().size() == 1 ? " call" : " calls")));
        }
        if (!scored.usage().flags().isEmpty()) {
            facts.add(Fact.of(
                    "Usage flags",
                    scored.usage().flags().stream().map(UsageFlag::word).collect(Collectors.joining(", "))));
        }
    }

    private static void completion(Completion completion, List<Fact> facts) {
        completion
                .finishReason()
                .ifPresent(f -> facts.add(Fact.of(
                        "Finish reason", line(f) + (completion.truncated() ? ": cut off, counts as wrong" : ""))));
        completion
                .latency()
                .ifPresent(l -> facts.add(Fact.of(
                        "Latency",
                        seconds(l)
                                + completion
                                        .ttft()
                                        .map(t -> ", first token after " + seconds(t))
                                        .orElse(""))));
        completion.provider().ifPresent(p -> facts.add(Fact.of("Provider", line(p))));
        completion.servedModel().ifPresent(s -> facts.add(Fact.mono("Served model", line(s))));
        completion.generationId().ifPresent(g -> facts.add(Fact.mono("Generation id", line(g))));
        if (completion.cacheHit()) {
            facts.add(Fact.of("Cache", "answered from a response cache"));
        }
    }

    private static String attempts(TrialRecord record) {
        boolean nothing = record.waste().tokens().orElse(-1) == 0
                && record.waste().costUsd().filter(c -> c.signum() == 0).isPresent();
        if (nothing) {
            return String.valueOf(record.attempts());
        }
        String tokens = record.waste().tokens().isPresent()
                ? Figures.tokens(record.waste().tokens().getAsLong()) + " tokens"
                : "unknown tokens";
        return record.attempts() + "; failed ones used " + tokens + ", "
                + record.waste().costUsd().map(Figures::usd).orElse("unknown cost");
    }

    private static List<TokenLine> tokens(TokenUsage usage) {
        List<TokenLine> lines = new ArrayList<>();
        lines.add(line("prompt", usage.prompt()));
        lines.add(line("of these cached", usage.cached()));
        lines.add(line("reasoning", usage.reasoning()));
        if (usage.reasoningRaw().isPresent()) {
            lines.add(new TokenLine(
                    "reasoning as reported", Figures.tokens(usage.reasoningRaw().getAsLong()), "not used"));
        }
        lines.add(line("response", usage.response()));
        lines.add(line("completion", usage.completion()));
        return lines;
    }

    private static TokenLine line(String name, Count count) {
        return new TokenLine(name, count(count), count.source().word());
    }

    private static String count(Count count) {
        return count.value().isPresent() ? Figures.tokens(count.value().getAsLong()) : "unknown";
    }

    private List<TextBlock> texts(TrialRecord record) {
        List<TextBlock> blocks = new ArrayList<>();
        blocks.add(block("Prompt", prompt(record.trial().messages()), PROMPT_BYTES));
        record.completion().ifPresent(c -> {
            blocks.add(block("Reply", c.text().orElse("(no text)"), REPLY_BYTES));
            c.reasoning().ifPresent(r -> blocks.add(block("Visible reasoning", r, REASONING_BYTES)));
        });
        return blocks;
    }

    private TextBlock block(String label, String text, int bytes) {
        Excerpt excerpt = Excerpt.of(text, (int) (bytes * share), IN_COMPLETIONS);
        return new TextBlock(label, excerpt, !excerpt.note().isEmpty());
    }

    private static String prompt(List<Message> messages) {
        return messages.size() == 1 && messages.get(0).role().equals("user")
                ? messages.get(0).content()
                : messages.stream()
                        .map(m -> "[" + m.role() + "]\n" + m.content())
                        .collect(Collectors.joining("\n\n"));
    }

    private static String tier(int tier) {
        return switch (tier) {
            case 1 -> "tier 1: explicit marker";
            case 2 -> "tier 2: declarative sentence";
            case 3 -> "tier 3: last line";
            default -> "tier " + tier;
        };
    }

    private static String line(String text) {
        return Excerpt.line(text, FACT_CHARACTERS);
    }

    private static String number(double value) {
        return java.math.BigDecimal.valueOf(value)
                .setScale(3, java.math.RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String seconds(Duration duration) {
        return Figures.seconds(duration.toMillis());
    }
}
