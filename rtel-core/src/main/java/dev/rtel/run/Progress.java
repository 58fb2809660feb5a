package dev.rtel.run;

import java.math.BigDecimal;

/**
 * Counts so far.
 *
 * @param done trials with an outcome, those of earlier sessions included
 * @param total trials of the plan
 * @param passed trials passed, twins not looked at; none of the quarantined ones here and below
 * @param failed trials without a completion
 * @param unscored trials the grader could not decide
 * @param quarantined trials that are left out of every figure
 * @param knownCostUsd sum of the known costs, roles included; calls of unknown cost are not in it
 */
public record Progress(
        int done, int total, int passed, int failed, int unscored, int quarantined, BigDecimal knownCostUsd) {}
