package dev.rtel.graders.answer;

import dev.rtel.eval.GradingDetail;
import java.util.OptionalInt;

/**
 * What was found in a reply.
 *
 * @param reading the value, or that there was none or more than one
 * @param tier 1 to 3; 0 when nothing was found
 * @param start first UTF-16 index in the reply of what was read; -1 when nothing was
 * @param end index after it
 */
record Extracted(Reading reading, int tier, int start, int end) {
    static final Extracted NOTHING = new Extracted(Reading.NONE, 0, -1, -1);

    String status() {
        return switch (reading.kind()) {
            case ONE -> "extracted";
            case NONE -> "no-answer";
            case SEVERAL -> "ambiguous";
        };
    }

    GradingDetail.Extraction detail() {
        return new GradingDetail.Extraction(
                status(),
                tier == 0 ? OptionalInt.empty() : OptionalInt.of(tier),
                start < 0 ? OptionalInt.empty() : OptionalInt.of(start),
                start < 0 ? OptionalInt.empty() : OptionalInt.of(end));
    }
}
