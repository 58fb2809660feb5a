package dev.rtel.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The account behind the key: what is spent and what is left. Thread-safe. */
final class Account {
    static final String NO_CREDIT = "Insufficient credits. Add more using https://openrouter.ai/credits";
    private static final BigDecimal UNLIMITED_CREDITS = new BigDecimal("1000000");

    private final Optional<BigDecimal> credit;
    private final Ledger ledger;

    Account(Optional<BigDecimal> credit, Ledger ledger) {
        this.credit = credit;
        this.ledger = ledger;
    }

    /** Refuses a request that the account cannot pay in the worst case. */
    void check(ModelProfile model, Endpoint endpoint, ChatRequest request) {
        if (credit.isEmpty()) {
            return;
        }
        BigDecimal left = credit.get().subtract(ledger.spent());
        if (left.signum() <= 0) {
            throw new ApiError(402, NO_CREDIT);
        }
        long wanted = request.maxTokens().orElse(model.maxCompletionTokens());
        long promptTokens = Answerer.promptTokens(request);
        if (Charge.of(model, endpoint, promptTokens, wanted).account().compareTo(left) > 0) {
            BigDecimal promptCost = Charge.of(model, endpoint, promptTokens, 0).account();
            BigDecimal oneToken = Charge.of(model, endpoint, 0, 1).account();
            BigDecimal affordable = oneToken.signum() == 0
                    ? BigDecimal.ZERO
                    : left.subtract(promptCost).max(BigDecimal.ZERO).divide(oneToken, 0, RoundingMode.DOWN);
            throw new ApiError(
                    402,
                    "This request requires more credits, or fewer max_tokens. You requested up to " + wanted
                            + " tokens, but can only afford " + affordable.toPlainString() + ".");
        }
    }

    Reply key() {
        ObjectNode body = Json.object();
        ObjectNode data = body.putObject("data");
        data.put("label", "sk-or-v1-sim...key");
        credit.ifPresentOrElse(amount -> Json.putMoney(data, "limit", amount), () -> data.putNull("limit"));
        credit.ifPresentOrElse(
                amount -> Json.putMoney(
                        data, "limit_remaining", amount.subtract(ledger.spent()).max(BigDecimal.ZERO)),
                () -> data.putNull("limit_remaining"));
        data.putNull("limit_reset").put("include_byok_in_limit", false);
        for (String name : new String[] {"usage", "usage_daily", "usage_weekly", "usage_monthly"}) {
            Json.putMoney(data, name, ledger.spent());
        }
        for (String name : new String[] {"byok_usage", "byok_usage_daily", "byok_usage_weekly", "byok_usage_monthly"}) {
            Json.putMoney(data, name, ledger.spentElsewhere());
        }
        data.put("is_free_tier", false).put("is_management_key", false).put("is_provisioning_key", false);
        data.put("creator_user_id", "user_simulated").putNull("expires_at");
        data.putObject("free_model_daily_requests")
                .put("limit", 50)
                .put("used", 0)
                .put("remaining", 50);
        data.putNull("organization_id").putNull("workspace_id").putArray("allowed_data_regions");
        data.putObject("rate_limit")
                .put("requests", -1)
                .put("interval", "10s")
                .put("note", "This field is deprecated and safe to ignore.");
        return Reply.json(200, body);
    }

    Reply credits() {
        ObjectNode body = Json.object();
        ObjectNode data = body.putObject("data");
        Json.putMoney(data, "total_credits", credit.orElse(UNLIMITED_CREDITS));
        Json.putMoney(data, "total_usage", ledger.spent());
        return Reply.json(200, body);
    }
}
