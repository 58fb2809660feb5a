package dev.rtel.cli;

import dev.rtel.config.Config;
import dev.rtel.eval.Completion;
import dev.rtel.eval.CompletionRequest;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.Sample;
import dev.rtel.plan.ModelEntry;
import dev.rtel.spi.AttemptContext;
import dev.rtel.spi.Model;
import dev.rtel.spi.Task;
import dev.rtel.tasks.JudgeCorpus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A corpus as the task and the contestant of a run, so that a judge is tried exactly as it will be used. */
final class CalibrationCorpus {
    /** Client, and model id, of the contestant: it hands in the proofs and costs nothing. */
    static final String CLIENT = "calibration";

    private static final String ID = "calibration/corpus";

    private CalibrationCorpus() {}

    static ModelEntry contestant() {
        return ModelEntry.of(ID, CLIENT, Map.of());
    }

    static Model model(JudgeCorpus corpus) {
        return new Proofs(
                corpus.proofs().stream().collect(Collectors.toMap(JudgeCorpus.Proof::id, Function.identity())));
    }

    /** The proofs in an order that depends on the seed alone. */
    static Task task(JudgeCorpus corpus, int votes, long seed) {
        List<Sample> samples = new ArrayList<>(corpus.samples());
        Random dice = new Random(seed);
        for (int i = samples.size() - 1; i > 0; i--) {
            int j = dice.nextInt(i + 1);
            Sample moved = samples.get(i);
            samples.set(i, samples.get(j));
            samples.set(j, moved);
        }
        return new Samples(corpus.sha256(), List.copyOf(samples), votes);
    }

    private record Proofs(Map<String, JudgeCorpus.Proof> proofs) implements Model {
        @Override
        public String id() {
            return ID;
        }

        @Override
        public Completion complete(CompletionRequest request, AttemptContext context) {
            JudgeCorpus.Proof proof = proofs.get(context.trial().sample());
            if (proof == null) {
                throw new IllegalStateException(
                        "the corpus has no proof '" + context.trial().sample() + "'");
            }
            return Completion.builder().text(proof.text()).finishReason("stop").build();
        }

        @Override
        public boolean playback() {
            return true;
        }
    }

    private record Samples(String version, List<Sample> samples, int votes) implements Task {
        @Override
        public String name() {
            return "judge-calibration";
        }

        @Override
        public String category() {
            return "proof";
        }

        @Override
        public ComponentSpec grader() {
            return new ComponentSpec("judge", Config.of("judge-calibration", Map.of("votes", (long) votes)));
        }
    }
}
