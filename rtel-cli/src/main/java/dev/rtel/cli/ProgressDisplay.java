package dev.rtel.cli;

import dev.rtel.config.ConfigException;
import dev.rtel.eval.Attempt;
import dev.rtel.eval.Failure;
import dev.rtel.eval.Outcome;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.Trial;
import dev.rtel.eval.TrialRecord;
import dev.rtel.run.Progress;
import dev.rtel.run.RunListener;
import dev.rtel.run.RunSummary;
import java.io.PrintStream;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/** Shows a run's progress on standard error: a line redrawn in place, a line a trial, or nothing. */
final class ProgressDisplay implements RunListener {
    private static final Set<String> KINDS = Set.of("auto", "bar", "lines", "none");
    private static final int WIDTH = 24;
    private final PrintStream err;
    private final boolean bar;
    private boolean drawn;

    private ProgressDisplay(PrintStream err, boolean bar) {
        this.err = err;
        this.bar = bar;
    }

    /** Refuses a word that is no kind of display. */
    static void check(String kind) {
        if (!KINDS.contains(kind)) {
            throw new ConfigException("--progress is '" + kind + "', expected auto, bar, lines or none");
        }
    }

    static RunListener of(Session session) {
        String kind = session.options().quiet ? "none" : session.options().progress;
        boolean bar = kind.equals("bar")
                || kind.equals("auto") && session.surroundings().terminal();
        return kind.equals("none")
                ? new RunListener() {}
                : new ProgressDisplay(session.surroundings().err(), bar);
    }

    @Override
    public void runStarted(RunPlan plan, int pending, List<Attempt> unknown) {
        if (pending < plan.trials().size()) {
            err.println((plan.trials().size() - pending) + " of "
                    + plan.trials().size() + " trials are done already; " + pending + " to go.");
        }
        for (Attempt attempt : unknown) {
            err.println("! sent, outcome unknown: " + Plain.text(attempt.trial().toString()) + " attempt "
                    + attempt.number() + " as " + attempt.role() + " at "
                    + attempt.sentAt().truncatedTo(ChronoUnit.SECONDS)
                    + attempt.generationId()
                            .map(id -> " (" + Plain.text(id) + ")")
                            .orElse(""));
        }
    }

    @Override
    public void attemptFailed(Trial trial, Attempt attempt, Failure failure, Duration wait) {
        clear();
        err.println("! " + Plain.text(trial.key().toString()) + ": " + Plain.text(failure.message())
                + (wait.isZero()
                        ? ""
                        : String.format(java.util.Locale.ROOT, "; next try in %.1f s", wait.toMillis() / 1000.0)));
    }

    @Override
    public void trialFinished(TrialRecord record, Progress progress) {
        String cost = progress.knownCostUsd().setScale(4, RoundingMode.HALF_UP).toPlainString();
        if (bar) {
            int full = progress.total() == 0 ? 0 : WIDTH * progress.done() / progress.total();
            err.print("\r" + "█".repeat(full) + "░".repeat(WIDTH - full) + "  " + progress.done() + "/"
                    + progress.total() + "   pass " + progress.passed() + "  fail "
                    + (progress.done()
                            - progress.passed()
                            - progress.failed()
                            - progress.unscored()
                            - progress.quarantined())
                    + "  error " + progress.failed() + "  unscored " + progress.unscored()
                    + (progress.quarantined() == 0 ? "" : "  quarantined " + progress.quarantined())
                    + "   $" + cost + "\u001b[K");
            err.flush();
            drawn = true;
            return;
        }
        err.println(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + progress.done() + "/" + progress.total()
                + " pass=" + progress.passed() + " error=" + progress.failed() + " unscored=" + progress.unscored()
                + (progress.quarantined() == 0 ? "" : " quarantined=" + progress.quarantined()) + " cost=" + cost
                + " last=" + Plain.text(record.key().model()) + ":"
                + Plain.text(record.key().sample()) + ":" + word(record)
                + record.usage()
                        .filter(u -> u.reasoning().known())
                        .map(u -> ":" + u.reasoning().value().getAsLong() + "tok")
                        .orElse("")
                + record.completion()
                        .flatMap(c -> c.latency())
                        .map(l -> String.format(java.util.Locale.ROOT, ":%.1fs", l.toMillis() / 1000.0))
                        .orElse(""));
    }

    @Override
    public void modelCollapsed(PlannedModel model, String reason) {
        clear();
        err.println("! " + Plain.text(model.name()) + " " + Plain.text(reason)
                + "; its remaining trials are quarantined, the other models go on.");
    }

    @Override
    public void runFinished(RunSummary summary) {
        clear();
    }

    private static String word(TrialRecord record) {
        if (record.quarantined().isPresent()) {
            return "quarantined";
        }
        if (record.outcome() instanceof Outcome.Failed) {
            return "error";
        }
        if (record.graded().isEmpty()) {
            return "unscored";
        }
        return record.passedAlone() ? "pass" : "fail";
    }

    private void clear() {
        if (drawn) {
            err.print("\r\u001b[K");
            drawn = false;
        }
    }
}
