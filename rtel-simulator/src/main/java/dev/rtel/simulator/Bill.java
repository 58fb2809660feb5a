package dev.rtel.simulator;

import java.math.BigDecimal;
import java.util.List;

/**
 * All completions that were paid for up to a moment. The line of a stream is there from its beginning with the cost of the
 * whole reply; if the client leaves early, a later bill has the smaller cost.
 *
 * @param lines one line per paid completion, in the order of payment
 */
public record Bill(List<BillLine> lines) {
    /** Copies the lines. */
    public Bill {
        lines = List.copyOf(lines);
    }

    /** Returns the sum of all costs in USD, with what is paid to providers directly. */
    public BigDecimal totalCost() {
        return lines.stream().map(BillLine::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Returns the lines of one model. */
    public Bill ofModel(String modelId) {
        return new Bill(
                lines.stream().filter(line -> line.model().equals(modelId)).toList());
    }

    /** Returns the lines of one trial key, one per paid attempt. */
    public Bill ofTrial(String trial) {
        return new Bill(lines.stream()
                .filter(line -> line.trial().filter(trial::equals).isPresent())
                .toList());
    }
}
