package dev.rtel.eval;

import java.util.List;

/**
 * Writes outcomes and ends of attempts by hand, in the form that {@link EvalJson} reads by data binding: this runs for
 * every write of every trial and takes a third of the time so. What is unknown or verbatim is left out.
 */
final class OutcomeJson extends WrittenJson {
    private static final int USUAL_LENGTH = 2048;

    private OutcomeJson() {
        super(USUAL_LENGTH);
    }

    static String of(Outcome outcome) {
        OutcomeJson json = new OutcomeJson();
        json.outcome(outcome);
        return json.out.toString();
    }

    static String of(Attempt.End end) {
        OutcomeJson json = new OutcomeJson();
        json.out.append('{');
        json.field("at", end.at().toString());
        end.failure().ifPresent(failure -> json.failure("failure", failure));
        json.field("usage", end.usage());
        json.field("costUsd", end.costUsd());
        json.field("generationId", end.generationId());
        return json.out.append('}').toString();
    }

    private void outcome(Outcome outcome) {
        out.append('{');
        if (outcome instanceof Outcome.Completed completed) {
            field("kind", "completed");
            completion(completed.completion());
            roles("roleCalls", completed.roleCalls());
        } else if (outcome instanceof Outcome.Scored scored) {
            field("kind", "scored");
            completion(scored.completion());
            usage(scored.usage());
            name("score");
            score(scored.score());
            roles("graderUsage", scored.graderUsage());
        } else if (outcome instanceof Outcome.Failed failed) {
            field("kind", "failed");
            failure("failure", failed.failure());
        }
        out.append('}');
    }

    private void completion(Completion completion) {
        name("completion");
        out.append('{');
        field("text", completion.text());
        field("reasoning", completion.reasoning());
        field("finishReason", completion.finishReason());
        field("usage", completion.usage());
        field("latency", completion.latency().map(Object::toString));
        field("ttft", completion.ttft().map(Object::toString));
        field("ttftContent", completion.ttftContent().map(Object::toString));
        field("provider", completion.provider());
        field("servedModel", completion.servedModel());
        field("generationId", completion.generationId());
        field("cacheHit", completion.cacheHit());
        completion.billing().ifPresent(this::billing);
        out.append('}');
    }

    private void billing(BillingRecord billing) {
        name("billing");
        out.append('{');
        field("id", billing.id());
        field("prompt", billing.prompt());
        field("cached", billing.cached());
        field("completion", billing.completion());
        field("reasoning", billing.reasoning());
        field("costUsd", billing.costUsd());
        field("provider", billing.provider());
        field("model", billing.model());
        field("cancelled", billing.cancelled());
        out.append('}');
    }

    private void usage(TokenUsage usage) {
        name("usage");
        out.append('{');
        count("prompt", usage.prompt());
        count("cached", usage.cached());
        count("response", usage.response());
        count("reasoning", usage.reasoning());
        field("reasoningRaw", usage.reasoningRaw());
        count("completion", usage.completion());
        name("cost");
        out.append('{');
        field("usd", usage.cost().usd());
        field("source", usage.cost().source().name());
        out.append('}');
        field("flags", usage.flags().stream().map(Enum::name).toList());
        out.append('}');
    }

    private void count(String name, Count count) {
        name(name);
        out.append('{');
        field("value", count.value());
        field("source", count.source().name());
        out.append('}');
    }

    private void score(Score score) {
        out.append('{');
        if (score instanceof Score.Graded graded) {
            field("kind", "graded");
            field("value", graded.value());
            field("answer", graded.answer());
        } else if (score instanceof Score.Unscored unscored) {
            field("kind", "unscored");
            field("reason", unscored.reason());
        }
        field("explanation", score.explanation());
        name("detail");
        detail(score.detail());
        out.append('}');
    }

    private void detail(GradingDetail detail) {
        out.append('{');
        if (detail instanceof GradingDetail.None) {
            field("kind", "none");
        } else if (detail instanceof GradingDetail.Extraction extraction) {
            field("kind", "extraction");
            field("status", extraction.status());
            field("tier", extraction.tier());
            field("start", extraction.start());
            field("end", extraction.end());
        } else if (detail instanceof GradingDetail.CodeRun run) {
            field("kind", "code");
            field("status", run.status());
            field("reason", run.reason());
            field("executor", run.executor());
            field("python", run.python());
            field("passedCases", run.passedCases());
            field("totalCases", run.totalCases());
            field("output", run.output());
            if (!run.facts().isEmpty()) {
                field("facts", run.facts());
            }
        } else if (detail instanceof GradingDetail.Judgement judgement) {
            field("kind", "judge");
            field("judge", judgement.judge());
            field("checkpoints", judgement.checkpoints());
            field("fatal", judgement.fatal());
            field("firstError", judgement.firstError());
            field("quoteVerified", judgement.quoteVerified());
            field("injection", judgement.injection());
            field("votes", judgement.votes());
            field("injectionSigns", judgement.injectionSigns());
            panel(judgement.panel());
        } else if (detail instanceof GradingDetail.Custom custom) {
            field("kind", "custom");
            field("values", custom.values());
        }
        out.append('}');
    }

    private void panel(List<GradingDetail.Vote> votes) {
        name("panel");
        out.append('[');
        for (int i = 0; i < votes.size(); i++) {
            GradingDetail.Vote vote = votes.get(i);
            out.append(i == 0 ? "{" : ",{");
            field("role", vote.role());
            field("judge", vote.judge());
            field("verdict", vote.verdict());
            field("stated", vote.stated());
            field("checkpoints", vote.checkpoints());
            field("fatal", vote.fatal());
            field("firstError", vote.firstError());
            field("quoteVerified", vote.quoteVerified());
            field("injection", vote.injection());
            out.append('}');
        }
        out.append(']');
    }

    private void roles(String name, RoleUsage roles) {
        name(name);
        out.append("{\"calls\":[");
        List<RoleUsage.Call> calls = roles.calls();
        for (int i = 0; i < calls.size(); i++) {
            RoleUsage.Call call = calls.get(i);
            out.append(i == 0 ? "{" : ",{");
            field("role", call.role());
            field("model", call.model());
            completion(call.completion());
            usage(call.usage());
            out.append('}');
        }
        out.append("]}");
    }

    private void failure(String name, Failure failure) {
        name(name);
        out.append('{');
        field("type", failure.type());
        field("message", failure.message());
        field("retryable", failure.retryable());
        out.append('}');
    }
}
