package dev.rtel.eval;

import java.util.Optional;

/**
 * What the judge saw of a job.
 *
 * @param status {@code PASS, WRONG, RAISED, LOAD_ERROR, TIMEOUT, OUTPUT_LIMIT, DISK_LIMIT, CRASH, PROTOCOL_ERROR}, or
 *     {@code INFRA} which says nothing about the code
 * @param explanation why, without hidden values
 * @param passedCases cases answered correctly
 * @param executor id of the executor
 * @param runtime version of the interpreter, where one was started
 * @param output what the code printed, cut and cleaned
 */
public record CodeVerdict(
        String status, String explanation, int passedCases, String executor, Optional<String> runtime, String output) {}
