package dev.rtel.simulator;

/** What goes wrong with a request for a completion. */
public enum FaultKind {
    /** An ordinary JSON error with the fault's status, for example 500, 502 or 503. Nothing is billed. */
    STATUS(Spending.NOTHING),
    /** Status 429 of the provider, with the fault's wait hint in header and body. Nothing is billed. */
    RATE_LIMITED(Spending.NOTHING),
    /** Status 429 of OpenRouter's own daily limit, which lasts until the next day. Nothing is billed. */
    DAILY_LIMIT(Spending.NOTHING),
    /** Status 402: no credit left. Nothing is billed. */
    OUT_OF_CREDIT(Spending.NOTHING),
    /** The fault's status with an HTML page as body. Nothing is billed. */
    HTML_ERROR(Spending.NOTHING),
    /** Status 200 with a top-level error and no choices. Nothing is billed. */
    ERROR_IN_BODY(Spending.NOTHING),
    /** Status 200 with null choices and no error. Nothing is billed. */
    CHOICES_NULL(Spending.NOTHING),
    /** Status 200, part of an answer, an error in the choice and finish reason {@code error}. Nothing is billed. */
    ERROR_IN_CHOICE(Spending.NOTHING),
    /** Status 200 with an empty body. Nothing is billed. */
    EMPTY_BODY(Spending.NOTHING),
    /** The connection ends before the model answers. Nothing is billed. */
    CUT_CONNECTION(Spending.NOTHING),
    /** The connection ends in the middle of the body. The answer is billed. */
    CUT_BODY(Spending.ANSWER),
    /** Padding, then the first half of the JSON text, as a complete body. The answer is billed. */
    TRUNCATED_JSON(Spending.ANSWER),
    /** Blocks of white space before the JSON text of an ordinary reply. The answer is billed. */
    PADDING(Spending.ANSWER),
    /** An ordinary reply that is billed at once and sent after the fault's delay. */
    STALL(Spending.ANSWER),
    /** The model refuses; the refusal is billed. */
    REFUSAL(Spending.ANSWER),
    /** A reply from the response cache: header {@code X-OpenRouter-Cache-Status: HIT} and zero usage, not billed. */
    CACHE_HIT(Spending.NOTHING),
    /** An ordinary reply whose {@code model} names another model. The answer is billed. */
    OTHER_MODEL(Spending.ANSWER);

    private final Spending spending;

    FaultKind(Spending spending) {
        this.spending = spending;
    }

    /** Tells whether the account pays for an answer although the request went wrong. */
    public boolean isBilled() {
        return spending == Spending.ANSWER;
    }

    private enum Spending {
        NOTHING,
        ANSWER
    }
}
