package dev.rtel.simulator;

import java.util.List;
import java.util.Optional;

/** Finds the fault that hits a request; depends on seed, trial and attempt, never on the order of arrival. */
final class FaultPlan {
    private final List<Fault> faults;
    private final long seed;

    FaultPlan(List<Fault> faults, long seed) {
        this.faults = List.copyOf(faults);
        this.seed = seed;
    }

    Optional<Fault> find(ModelProfile model, ChatRequest request) {
        Dice dice = new Dice(seed, request.trialOrText(), Integer.toString(request.attempt()));
        String trial = request.metadata().getOrDefault(ChatRequest.TRIAL, "");
        for (int i = 0; i < faults.size(); i++) {
            Fault fault = faults.get(i);
            boolean spared = fault.kind().isForStreamsOnly() && !request.stream();
            if (!spared && fault.hits(model.id(), trial, request.attempt(), dice.roll("fault/" + i))) {
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }
}
