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
    /** Status 200 with no choices and no error. Nothing is billed. */
    CHOICES_EMPTY(Spending.NOTHING),
    /** Status 200, part of an answer, an error in the choice and finish reason {@code error}. Nothing is billed. */
    ERROR_IN_CHOICE(Spending.NOTHING),
    /** Status 200 with the completion inside of a {@code provider} object. The answer is billed. */
    NESTED_COMPLETION(Spending.ANSWER),
    /** Status 200 with an empty body. Nothing is billed. */
    EMPTY_BODY(Spending.NOTHING),
    /** Status 200 with padding and nothing else; in a stream comments and nothing else. Nothing is billed. */
    BLANK_BODY(Spending.NOTHING),
    /** The connection ends before the model answers. Nothing is billed. */
    CUT_CONNECTION(Spending.NOTHING),
    /** The connection ends in the middle of the body, or of a chunk. The answer is billed. */
    CUT_BODY(Spending.ANSWER),
    /** Padding, then the first half of the JSON text, as a complete body. The answer is billed. */
    TRUNCATED_JSON(Spending.ANSWER),
    /** Blocks of white space before the JSON text of an ordinary reply; in a stream comments. The answer is billed. */
    PADDING(Spending.ANSWER),
    /** An ordinary reply that is billed at once and sent after the fault's delay; a stream pauses in its middle. */
    STALL(Spending.ANSWER),
    /** The model refuses; the refusal is billed. */
    REFUSAL(Spending.ANSWER),
    /** A reply from the response cache: header {@code X-OpenRouter-Cache-Status: HIT} and zero usage, not billed. */
    CACHE_HIT(Spending.NOTHING),
    /** An ordinary reply whose {@code model} names another model. The answer is billed. */
    OTHER_MODEL(Spending.ANSWER),
    /** Another provider serves than was asked for, at its own price. The answer is billed. */
    OTHER_PROVIDER(Spending.ANSWER),
    /** An ordinary reply with the fault's shapes. The answer is billed. */
    SHAPE(Spending.ANSWER),
    /** Streams only: half of the answer, then a chunk with an error and finish reason {@code error}. Nothing is billed. */
    STREAM_ERROR(Spending.NOTHING, true),
    /** Streams only: half of the answer, then a chunk with an error and no choices. Nothing is billed. */
    STREAM_ERROR_WITHOUT_CHOICES(Spending.NOTHING, true),
    /** Streams only: the usage chunk says that the token limit was reached and has no finish reason. Billed. */
    STREAM_TOKEN_LIMIT(Spending.ANSWER, true),
    /** Streams only: the connection ends before finish reason and usage. The answer is billed. */
    CUT_BEFORE_USAGE(Spending.ANSWER, true),
    /** Streams only: the connection ends after the usage, without {@code [DONE]}. The answer is billed. */
    CUT_AFTER_USAGE(Spending.ANSWER, true),
    /** Streams only: the regular end, but no {@code [DONE]}. The answer is billed. */
    NO_DONE(Spending.ANSWER, true);

    private final Spending spending;
    private final boolean streamsOnly;

    FaultKind(Spending spending) {
        this(spending, false);
    }

    FaultKind(Spending spending, boolean streamsOnly) {
        this.spending = spending;
        this.streamsOnly = streamsOnly;
    }

    /** Tells whether the account pays for an answer although the request went wrong. */
    public boolean isBilled() {
        return spending == Spending.ANSWER;
    }

    /** Tells whether requests for whole replies are spared. */
    public boolean isForStreamsOnly() {
        return streamsOnly;
    }

    private enum Spending {
        NOTHING,
        ANSWER
    }
}
