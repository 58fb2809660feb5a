package dev.rtel.wire;

/**
 * How to part output and reasoning where the numbers of a report do not show it.
 *
 * @param beside whether reasoning comes on top of the output
 * @param derives whether a missing reasoning count is what the total exceeds prompt and output by
 * @param told whether the user said so: then the shape of the report does not overrule it
 */
record SplitRule(boolean beside, boolean derives, boolean told) {
    /** The rule for a report of this shape. */
    SplitRule in(UsageReport report) {
        return switch (report.shape()) {
            case BESIDE -> told ? this : new SplitRule(true, true, false);
            case INSIDE -> told ? this : new SplitRule(false, derives, false);
            case OPEN -> this;
        };
    }
}
