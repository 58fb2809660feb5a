package dev.rtel.eval;

import dev.rtel.common.PlainData;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the judge saw of a job.
 *
 * @param status {@code PASS, WRONG, RAISED, LOAD_ERROR, TIMEOUT, OUTPUT_LIMIT, DISK_LIMIT, CRASH, PROTOCOL_ERROR}, or
 *     {@code INFRA} which says nothing about the code
 * @param explanation why, without hidden values
 * @param passedCases cases or tests answered correctly
 * @param totalCases cases or tests there are; 0 where that was not found out
 * @param executor id of the executor
 * @param runtime version of the interpreter, where one was started
 * @param output what the code printed, cut and cleaned
 * @param facts plain data on how it was run, the same for equal jobs: containment, limits, what else the executor
 *     wants recorded
 */
public record CodeVerdict(
        String status,
        String explanation,
        int passedCases,
        int totalCases,
        String executor,
        Optional<String> runtime,
        String output,
        Map<String, @Nullable Object> facts) {
    /** Copies the facts. */
    public CodeVerdict(
            String status,
            String explanation,
            int passedCases,
            int totalCases,
            String executor,
            Optional<String> runtime,
            String output,
            Map<String, @Nullable Object> facts) {
        this.status = status;
        this.explanation = explanation;
        this.passedCases = passedCases;
        this.totalCases = totalCases;
        this.executor = executor;
        this.runtime = runtime;
        this.output = output;
        this.facts = PlainData.copyOf(facts);
    }
}
