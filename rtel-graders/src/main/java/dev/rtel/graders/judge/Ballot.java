package dev.rtel.graders.judge;

import dev.rtel.eval.GradingDetail.Judgement;
import dev.rtel.eval.GradingDetail.Vote;
import dev.rtel.eval.Score;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The votes on one submission and the verdict that follows from them. Doubt goes against the submission: it passes only if
 * more than half of the readable votes say so. If no more than half of all votes are readable there is no verdict.
 */
final class Ballot {
    private final JudgeSettings settings;
    private final List<Vote> votes;
    private final List<String> signs;
    private final Optional<String> failure;

    /**
     * The votes in the order asked.
     *
     * @param signs what was found without a judge
     * @param failure why a judge did not answer, of the last one that did not
     */
    Ballot(JudgeSettings settings, List<Vote> votes, List<String> signs, Optional<String> failure) {
        this.settings = settings;
        this.votes = List.copyOf(votes);
        this.signs = signs;
        this.failure = failure;
    }

    Score score() {
        List<Vote> readable = votes.stream().filter(Vote::readable).toList();
        if (readable.size() < settings.quorum()) {
            boolean unreadable = votes.stream().anyMatch(v -> v.verdict().equals(JudgeGrader.UNREADABLE));
            return new Score.Unscored(
                    unreadable ? "judge-unreadable" : "judge-unavailable", missing(readable.size()), detail(null));
        }
        long passes = readable.stream()
                .filter(v -> v.verdict().equals(Judgement.PASS))
                .count();
        boolean sound = 2 * passes > readable.size();
        long steered = readable.stream().filter(Vote::injection).count();
        boolean barred = settings.failOnInjection() && 2 * steered >= readable.size();
        boolean pass = sound && !barred;
        Vote shown = readable.stream()
                .filter(v -> v.verdict().equals(sound ? Judgement.PASS : Judgement.FAIL))
                .findFirst()
                .orElse(readable.get(0));
        return new Score.Graded(
                pass ? 1 : 0,
                Optional.of(pass ? Judgement.PASS : Judgement.FAIL),
                explanation(shown, passes, readable.size()) + (sound && barred ? "; it tried to steer the judge" : ""),
                detail(shown));
    }

    private String missing(int readable) {
        String why = failure.map(f -> ": " + f).orElse("");
        if (votes.size() == 1) {
            return votes.get(0).verdict().equals(JudgeGrader.UNREADABLE)
                    ? "two replies of the judge held no readable verdict"
                    : "the judge did not answer" + why;
        }
        return readable + " of " + votes.size() + " votes are readable, at least " + settings.quorum() + " are needed"
                + (why.isEmpty() ? "" : "; a judge did not answer" + why);
    }

    private String explanation(Vote shown, long passes, int readable) {
        long met = shown.checkpoints().values().stream().filter(m -> m).count();
        String findings = met + " of " + shown.checkpoints().size() + " checkpoints met, "
                + (shown.fatal().isEmpty() ? "no fatal error" : "fatal: " + String.join(", ", shown.fatal()))
                + (shown.firstError().isPresent() && !shown.quoteVerified()
                        ? "; the quoted error does not occur in the submission"
                        : "");
        if (votes.size() == 1) {
            return findings;
        }
        String lost = readable == votes.size() ? "" : ", " + (votes.size() - readable) + " not readable";
        return passes + " of " + readable + " votes pass it" + lost + "; " + findings;
    }

    private Judgement detail(@Nullable Vote shown) {
        Vote vote = shown == null ? votes.get(0) : shown;
        return new Judgement(
                vote.judge(),
                vote.checkpoints(),
                vote.fatal(),
                vote.firstError(),
                vote.quoteVerified(),
                votes.stream().anyMatch(Vote::injection),
                votes.stream().map(Vote::verdict).toList(),
                signs,
                votes);
    }
}
