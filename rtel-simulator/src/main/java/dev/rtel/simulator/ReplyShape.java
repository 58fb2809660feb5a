package dev.rtel.simulator;

/**
 * The form of all replies of a model. Immutable.
 *
 * @param usage form of the usage object
 * @param usageChunk form of the usage chunk of a stream
 * @param content form of the message content
 * @param finish finish reason
 * @param reasoning what replies show of the thinking
 * @param echo name of the model in the reply
 * @param paddingBlocks blocks of white space before the JSON text of a reply that is not streamed
 * @param commentsBefore comments before the first chunk of a stream
 * @param commentsBetween comments between two chunks of a stream
 */
public record ReplyShape(
        UsageShape usage,
        UsageChunk usageChunk,
        ContentShape content,
        FinishShape finish,
        ReasoningText reasoning,
        ModelEcho echo,
        int paddingBlocks,
        int commentsBefore,
        int commentsBetween) {
    /** As the reference describes it: complete and consistent, no reasoning text, one comment before a stream. */
    public static final ReplyShape WELL_BEHAVED = new ReplyShape(
            UsageShape.FULL,
            UsageChunk.REPEATED_FINISH,
            ContentShape.STRING,
            FinishShape.OF_ANSWER,
            ReasoningText.NONE,
            ModelEcho.CANONICAL,
            0,
            1,
            0);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a number is negative
     */
    public ReplyShape {
        Checks.notNegative("padding blocks", paddingBlocks);
        Checks.notNegative("comments before a stream", commentsBefore);
        Checks.notNegative("comments between chunks", commentsBetween);
    }

    /** Returns a copy with another trait. */
    public ReplyShape with(Shape trait) {
        return new ReplyShape(
                trait instanceof UsageShape other ? other : usage,
                trait instanceof UsageChunk other ? other : usageChunk,
                trait instanceof ContentShape other ? other : content,
                trait instanceof FinishShape other ? other : finish,
                trait instanceof ReasoningText other ? other : reasoning,
                trait instanceof ModelEcho other ? other : echo,
                paddingBlocks,
                commentsBefore,
                commentsBetween);
    }

    /** Returns a copy with another number of blocks of white space before a whole reply. */
    public ReplyShape withPadding(int blocks) {
        return new ReplyShape(
                usage, usageChunk, content, finish, reasoning, echo, blocks, commentsBefore, commentsBetween);
    }

    /** Returns a copy with other numbers of comments before the first chunk of a stream and between two chunks. */
    public ReplyShape withComments(int before, int between) {
        return new ReplyShape(usage, usageChunk, content, finish, reasoning, echo, paddingBlocks, before, between);
    }

    /** Returns the form in which thinking is shown; a zero count beside a text needs a text. */
    ReasoningText shownReasoning() {
        return reasoning == ReasoningText.NONE && usage == UsageShape.ZERO_WITH_TEXT ? ReasoningText.TEXT : reasoning;
    }
}
