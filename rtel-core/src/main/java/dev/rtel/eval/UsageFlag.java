package dev.rtel.eval;

/** Something noteworthy about a usage report; the words are those of {@code samples.jsonl}. */
public enum UsageFlag {
    /** A reported count was negative: nothing was used. */
    NEGATIVE("negative"),
    /** The provider counts reasoning beside the completion, not inside it. */
    ADDITIVE("additive"),
    /** More reasoning than completion was reported: the split is unknown, the number kept as raw. */
    REASONING_EXCEEDS_COMPLETION("reasoning-exceeds-completion"),
    /** No reasoning count was reported. */
    REASONING_MISSING("reasoning-missing"),
    /** The reported total is not the sum of its parts. */
    TOTAL_MISMATCH("total-mismatch"),
    /** 0 was reported although reasoning text is there: not valid for ranking. */
    ZERO_WITH_TEXT("zero-with-text"),
    /** The reply's usage and the billing record differ; the reply's is kept. */
    USAGE_GENERATION_DIFFER("usage-generation-differ"),
    /** Whether reasoning is inside the completion could not be seen and was assumed. */
    RELATION_ASSUMED("relation-assumed"),
    /** The provider answered from a response cache. */
    CACHE_HIT("cache-hit"),
    /** Another provider served the call than the entry is pinned to: its counts may be another tokenizer's. */
    OTHER_PROVIDER("other-provider"),
    /** A quantisation served the call that the entry does not ask for. */
    OTHER_QUANTIZATION("other-quantization");

    private final String word;

    UsageFlag(String word) {
        this.word = word;
    }

    /** Returns the word used in files. */
    public String word() {
        return word;
    }

    /** Finds a flag by its word. */
    public static UsageFlag of(String word) {
        for (UsageFlag flag : values()) {
            if (flag.word.equals(word)) {
                return flag;
            }
        }
        throw new IllegalArgumentException("unknown usage flag '" + word + "'");
    }
}
