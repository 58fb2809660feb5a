package dev.rtel.graders.code;

import java.io.IOException;

/** How a submission is examined in one run. */
interface Examination {
    /**
     * What came out.
     *
     * @param status as of a verdict, never {@code INFRA}
     * @param explanation why, without hidden values
     * @param passed cases or tests answered rightly
     * @param total cases or tests there are
     * @param host where it ran
     */
    record Result(String status, String explanation, int passed, int total, LockedHost host) {}

    /** @throws HostProcess.EndedException if the sandbox or the tests broke: it says nothing about the submission */
    Result of(CodeRun run) throws IOException, InterruptedException, HostProcess.EndedException;
}
