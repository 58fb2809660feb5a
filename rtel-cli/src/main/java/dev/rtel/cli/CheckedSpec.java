package dev.rtel.cli;

import dev.rtel.openrouter.CatalogEndpoint;
import dev.rtel.openrouter.CatalogModel;
import dev.rtel.plan.RunSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A specification that was held against the providers' lists.
 *
 * @param spec the specification with what the lists say: prices, hosts, other names of models
 * @param findings errors first
 * @param sources what was looked at, a sentence each
 * @param listed what the live list says, by model id; without what it does not know
 * @param hosts who serves each model, by id, as far as the list told
 */
record CheckedSpec(
        RunSpec spec,
        List<Finding> findings,
        List<String> sources,
        Map<String, CatalogModel> listed,
        Map<String, List<CatalogEndpoint>> hosts) {
    /** Tells the warnings, and refuses a run that would go wrong. */
    RunSpec orRefuse(Session session) {
        return without(session, Set.of(Finding.Severity.ERROR, Finding.Severity.ACCOUNT));
    }

    /**
     * Tells everything, and refuses only what concerns the whole account: the models of a run that has begun cannot be
     * chosen again, and one that was withdrawn is no reason to leave the others unfinished.
     */
    RunSpec orRefuseAccount(Session session) {
        return without(session, Set.of(Finding.Severity.ACCOUNT));
    }

    private RunSpec without(Session session, Set<Finding.Severity> refused) {
        findings.stream()
                .filter(finding -> !refused.contains(finding.severity()))
                .forEach(finding -> session.remark("! " + Plain.text(finding.toString())));
        List<String> wrong = findings.stream()
                .filter(finding -> refused.contains(finding.severity()))
                .map(Finding::toString)
                .toList();
        if (!wrong.isEmpty()) {
            throw new CliException(
                    exit(),
                    "preflight",
                    "the run would go wrong, nothing was sent: " + String.join("; ", wrong),
                    "Check again with:  rtel models check");
        }
        return spec;
    }

    ExitCode exit() {
        if (Finding.anyOf(findings, Finding.Severity.ACCOUNT)) {
            return ExitCode.ACCOUNT;
        }
        return Finding.anyOf(findings, Finding.Severity.ERROR) ? ExitCode.USAGE : ExitCode.DONE;
    }
}
