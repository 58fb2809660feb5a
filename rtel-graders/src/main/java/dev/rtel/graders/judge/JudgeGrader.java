package dev.rtel.graders.judge;

import dev.rtel.eval.Completion;
import dev.rtel.eval.CompletionRequest;
import dev.rtel.eval.GradingDetail;
import dev.rtel.eval.GradingDetail.Vote;
import dev.rtel.eval.Message;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Score;
import dev.rtel.eval.Submission;
import dev.rtel.graders.internal.Thinking;
import dev.rtel.spi.Grader;
import dev.rtel.spi.GradingContext;
import dev.rtel.spi.ModelException;
import dev.rtel.spi.RoleModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Has models check a proof and computes the verdict from the checkpoints that they report. */
final class JudgeGrader implements Grader {
    static final String UNREADABLE = "unreadable";
    static final String UNAVAILABLE = "unavailable";
    private static final int SHORTEST = 40;
    private static final long MAX_TOKENS = 4000;
    private static final Pattern REFUSAL = Pattern.compile(
            "(?:i(?:'m| am) (?:very )?sorry|sorry|i can(?:'t|not)|i(?:'m| am) (?:not able|unable)|i won't|unfortunately, i can)\\b.{0,160}"
                    + "\\b(?:help|assist|comply|provide|answer|do that|prove|solve)\\b.*",
            Pattern.DOTALL);
    private static final String REMINDER =
            "Your reply could not be read. Answer again with exactly one JSON object of the form asked for, every checkpoint id in it, and nothing else.";
    private final JudgeSettings settings;

    JudgeGrader(JudgeSettings settings) {
        this.settings = settings;
    }

    @Override
    public Set<String> requiredRoles() {
        return Set.copyOf(settings.roles());
    }

    @Override
    public String version() {
        return "2+" + JudgePrompt.VERSION;
    }

    @Override
    public Optional<String> check(Sample sample) {
        try {
            Rubric.of(sample);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Score grade(Submission submission, GradingContext context) throws InterruptedException {
        String text = neutral(submission);
        List<String> signs = InjectionSigns.of(text);
        Optional<String> without = withoutJudge(submission, text);
        if (without.isPresent()) {
            return new Score.Graded(0, Optional.empty(), without.get(), notAsked(without.get(), signs));
        }
        Rubric rubric = Rubric.of(submission.sample());
        List<Vote> votes = new ArrayList<>();
        Optional<String> failure = Optional.empty();
        for (String role : settings.roles()) {
            RoleModel judge = context.model(role);
            for (int vote = 1; vote <= settings.votes(); vote++) {
                try {
                    votes.add(vote(judge, JudgePrompt.of(submission, role, vote, rubric, text), rubric, text, context));
                } catch (ModelException e) {
                    failure = Optional.of(String.valueOf(e.getMessage()));
                    votes.add(Vote.without(role, judge.id(), UNAVAILABLE));
                }
            }
        }
        return new Ballot(settings, votes, signs, failure).score();
    }

    private static Vote vote(
            RoleModel judge, JudgePrompt prompt, Rubric rubric, String submission, GradingContext context)
            throws InterruptedException {
        Optional<JudgeReply> reply = read(judge.complete(request(prompt.text(), context)), rubric);
        if (reply.isEmpty()) {
            // the unread reply is not sent back: it may repeat what the submission planted
            reply = read(judge.complete(request(prompt.text() + "\n" + REMINDER, context)), rubric);
        }
        String shown = prompt.fence().harmless(submission).text();
        return reply.map(r -> r.vote(prompt.role(), judge.id(), quote -> Quotes.occurs(quote, submission, shown)))
                .orElseGet(() -> Vote.without(prompt.role(), judge.id(), UNREADABLE));
    }

    /** The submission without thinking and without the name of the model that wrote it. */
    private static String neutral(Submission submission) {
        String text = Thinking.strip(submission.text()).of(submission.text()).strip();
        for (String name : List.of(
                submission.trial().model().id(), submission.trial().model().name())) {
            text = name.length() < 3
                    ? text
                    : Pattern.compile(Pattern.quote(name), Pattern.CASE_INSENSITIVE)
                            .matcher(text)
                            .replaceAll("[model]");
        }
        return text;
    }

    private static Optional<String> withoutJudge(Submission submission, String text) {
        if (text.isEmpty()) {
            return Optional.of("the reply is empty");
        }
        if (submission.completion().truncated()) {
            return Optional.of("the reply was cut off");
        }
        if (visible(text) < SHORTEST) {
            return Optional.of("the reply is shorter than " + SHORTEST + " characters");
        }
        boolean refused = submission
                        .completion()
                        .finishReason()
                        .filter("content_filter"::equals)
                        .isPresent()
                || text.length() < 400
                        && REFUSAL.matcher(text.toLowerCase(Locale.ROOT).replace('\u2019', '\''))
                                .matches();
        return refused ? Optional.of("the model refused") : Optional.empty();
    }

    /** Characters that can be seen, as far as it takes to know that they suffice. */
    private static long visible(String text) {
        return text.codePoints()
                .filter(c -> !Skeleton.invisible(c))
                .limit(SHORTEST)
                .count();
    }

    private static CompletionRequest request(String prompt, GradingContext context) {
        Map<String, @Nullable Object> params = new LinkedHashMap<>();
        params.put("temperature", 0L);
        params.put("max_tokens", MAX_TOKENS);
        Duration left = context.remaining();
        Duration timeout = left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
        return new CompletionRequest(List.of(Message.user(prompt)), params, Map.of(), timeout);
    }

    private static Optional<JudgeReply> read(Completion completion, Rubric rubric) {
        String text = completion.text().orElse("");
        return completion.truncated()
                ? Optional.empty()
                : JudgeReply.read(Thinking.strip(text).of(text), rubric);
    }

    private static GradingDetail notAsked(String reason, List<String> signs) {
        Map<String, @Nullable Object> detail = new LinkedHashMap<>();
        detail.put("kind", "judge");
        detail.put("status", "not-asked");
        detail.put("reason", reason);
        detail.put("injection_detected", !signs.isEmpty());
        detail.put("injection_signs", signs);
        return new GradingDetail.Custom(detail);
    }
}
