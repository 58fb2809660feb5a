package dev.rtel.simulator;

/** What a reply shows of the thinking. */
public enum ReasoningText implements Shape {
    /** Nothing; the tokens are counted all the same. */
    NONE,
    /** The full text, about four characters a token. */
    TEXT,
    /** A summary of about a tenth of the text, beside an encrypted block. */
    SUMMARY,
    /** No text, only a signed entry in {@code reasoning_details}. */
    SIGNATURE
}
