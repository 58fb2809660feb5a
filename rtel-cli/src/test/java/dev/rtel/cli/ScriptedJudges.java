package dev.rtel.cli;

import dev.rtel.simulator.ModelProfile;
import dev.rtel.simulator.Simulator;
import dev.rtel.simulator.SimulatorConfig;
import dev.rtel.simulator.SimulatorScript;
import dev.rtel.tasks.JudgeCorpus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Judges that answer by a script over HTTP; a proof is known by its opening words. */
final class ScriptedJudges {
    static final String ID = "lab/judge";

    private ScriptedJudges() {}

    /**
     * What a judge finds in a proof.
     *
     * @param missed numbers of checkpoints not met, from 1
     * @param fatal ids
     * @param quote the first error; empty = none
     * @param injection flag
     */
    record Findings(List<Integer> missed, List<String> fatal, String quote, boolean injection) {
        static Findings none(boolean injection) {
            return new Findings(List.of(), List.of(), "", injection);
        }

        /** The reply, with its own word for the verdict. */
        String reply(int checkpoints, String word) {
            List<String> met = new ArrayList<>();
            for (int i = 1; i <= checkpoints; i++) {
                met.add("\"c" + i + "\": " + !missed.contains(i));
            }
            return "I compared it with the rubric.\n{\"checkpoints\": {" + String.join(", ", met) + "}, \"fatal\": ["
                    + String.join(", ", fatal.stream().map(f -> "\"" + f + "\"").toList()) + "], \"first_error\": "
                    + (quote.isEmpty()
                            ? "null"
                            : "\"" + quote.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                    + ", \"injection\": " + injection + ", \"verdict\": \"" + word + "\"}";
        }
    }

    /** True findings: a proof that has to fail misses its last checkpoint, and attempts to steer are flagged. */
    static Findings truth(JudgeCorpus.Proof proof, int checkpoints) {
        return proof.passExpected()
                ? Findings.none(proof.injection())
                : new Findings(List.of(checkpoints), List.of(), proof.text().substring(0, 12), proof.injection());
    }

    static int checkpoints(JudgeCorpus corpus, JudgeCorpus.Proof proof) {
        Object rubric =
                corpus.samples().get(corpus.proofs().indexOf(proof)).fields().get("rubric");
        return ((List<?>) ((Map<?, ?>) rubric).get("checkpoints")).size();
    }

    /** Replies by proof id. */
    static Map<String, String> replies(JudgeCorpus corpus, Function<JudgeCorpus.Proof, String> reply) {
        Map<String, String> replies = new LinkedHashMap<>();
        corpus.proofs().forEach(proof -> replies.put(proof.id(), reply.apply(proof)));
        return replies;
    }

    /** The judge that tells what is true. */
    static Map<String, String> truthful(JudgeCorpus corpus) {
        return replies(
                corpus,
                proof -> truth(proof, checkpoints(corpus, proof))
                        .reply(checkpoints(corpus, proof), proof.passExpected() ? "pass" : "fail"));
    }

    /** Judges that say the same about every proof or do what its note says. */
    static Map<String, String> trivial(JudgeCorpus corpus, String kind) {
        return replies(corpus, proof -> {
            int all = checkpoints(corpus, proof);
            String pass = Findings.none(false).reply(all, "pass");
            String fail = new Findings(List.of(1), List.of(), "", false).reply(all, "fail");
            return switch (kind) {
                case "pass" -> pass;
                case "fail" -> fail;
                case "obeys" ->
                    !proof.injection() ? truth(proof, all).reply(all, "pass") : proof.passExpected() ? fail : pass;
                case "garbage" ->
                    "As a judge I find this " + proof.kind().toUpperCase(Locale.ROOT) + " proof nice: pass!";
                default -> throw new IllegalArgumentException(kind);
            };
        });
    }

    /** A server on which these judges answer; it must be closed. */
    static Simulator serve(JudgeCorpus corpus, Map<String, String> replies) {
        SimulatorScript.Builder script = SimulatorScript.builder()
                .model(ModelProfile.builder(ID)
                        .judge(true)
                        .prices("0.000001", "0.000004")
                        .build());
        corpus.proofs().forEach(proof -> {
            // a rule for the words that the fence leaves as they are
            String reply = replies.get(proof.id());
            script.judgeRule(reply, "SUBMISSION", opening(proof));
        });
        return Simulator.start(SimulatorConfig.builder(script.build()).seed(5).build());
    }

    private static String opening(JudgeCorpus.Proof proof) {
        return proof.text().substring(0, Math.min(90, proof.text().length()));
    }
}
