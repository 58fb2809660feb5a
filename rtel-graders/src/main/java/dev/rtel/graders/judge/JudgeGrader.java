package dev.rtel.graders.judge;

import dev.rtel.eval.Completion;
import dev.rtel.eval.CompletionRequest;
import dev.rtel.eval.GradingDetail;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Has a model check a proof and computes the verdict from the checkpoints it reports. */
final class JudgeGrader implements Grader {
    static final String ROLE = "judge";
    private static final int SHORTEST = 40;
    private static final long MAX_TOKENS = 4000;
    private static final Pattern REFUSAL = Pattern.compile(
            "(?:i(?:'m| am) (?:very )?sorry|sorry|i can(?:'t|not)|i(?:'m| am) (?:not able|unable)|i won't|unfortunately, i can)\\b.{0,160}"
                    + "\\b(?:help|assist|comply|provide|answer|do that|prove|solve)\\b.*",
            Pattern.DOTALL);
    private static final String REMINDER =
            "Your reply could not be read. Answer again with exactly one JSON object of the form asked for, every checkpoint id in it, and nothing else.";

    @Override
    public Set<String> requiredRoles() {
        return Set.of(ROLE);
    }

    @Override
    public String version() {
        return "1+" + JudgePrompt.VERSION;
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
        Optional<String> without = withoutJudge(submission, text);
        if (without.isPresent()) {
            return new Score.Graded(0, Optional.empty(), without.get(), notAsked(without.get()));
        }
        Rubric rubric = Rubric.of(submission.sample());
        RoleModel judge = context.model(ROLE);
        String prompt = JudgePrompt.of(submission.sample(), submission.trial().key(), rubric, text);
        try {
            Completion first = judge.complete(request(List.of(Message.user(prompt)), context));
            Optional<JudgeReply> reply = read(first, rubric);
            if (reply.isEmpty()) {
                // the unread reply is not sent back: it may repeat what the submission planted
                Completion second = judge.complete(request(List.of(Message.user(prompt + "\n" + REMINDER)), context));
                reply = read(second, rubric);
            }
            return reply.map(r -> score(r, judge.id(), text))
                    .orElseGet(() ->
                            Score.unscored("judge-unreadable", "two replies of the judge held no readable verdict"));
        } catch (ModelException e) {
            return Score.unscored("judge-unavailable", "the judge did not answer: " + e.getMessage());
        }
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
        if (text.length() < SHORTEST) {
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

    private static CompletionRequest request(List<Message> messages, GradingContext context) {
        Map<String, @Nullable Object> params = new LinkedHashMap<>();
        params.put("temperature", 0L);
        params.put("max_tokens", MAX_TOKENS);
        Duration left = context.remaining();
        Duration timeout = left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
        return new CompletionRequest(messages, params, Map.of(), timeout);
    }

    private static Optional<JudgeReply> read(Completion completion, Rubric rubric) {
        String text = completion.text().orElse("");
        return completion.truncated()
                ? Optional.empty()
                : JudgeReply.read(Thinking.strip(text).of(text), rubric);
    }

    private static Score score(JudgeReply reply, String judge, String submission) {
        boolean pass = reply.passes();
        boolean verified = reply.firstError().isPresent()
                && squeezed(submission).contains(squeezed(reply.firstError().get()));
        var detail = new GradingDetail.Judgement(
                judge,
                reply.checkpoints(),
                reply.fatal(),
                reply.firstError(),
                verified,
                reply.injection(),
                List.of(pass ? "pass" : "fail"));
        long met = reply.checkpoints().values().stream().filter(m -> m).count();
        String explanation = met + " of " + reply.checkpoints().size() + " checkpoints met, "
                + (reply.fatal().isEmpty() ? "no fatal error" : "fatal: " + String.join(", ", reply.fatal()));
        return new Score.Graded(pass ? 1 : 0, Optional.of(pass ? "pass" : "fail"), explanation, detail);
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static GradingDetail notAsked(String reason) {
        Map<String, @Nullable Object> detail = new LinkedHashMap<>();
        detail.put("kind", "judge");
        detail.put("status", "not-asked");
        detail.put("reason", reason);
        return new GradingDetail.Custom(detail);
    }
}
