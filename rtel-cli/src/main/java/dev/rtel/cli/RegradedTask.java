package dev.rtel.cli;

import dev.rtel.config.ConfigException;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.Message;
import dev.rtel.eval.RunPlan;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Trial;
import dev.rtel.spi.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A task under another grader, which asks what was asked: another grader's answer-format line would be another prompt. */
record RegradedTask(
        String name, String version, String category, List<Sample> samples, ComponentSpec grader, double passAt)
        implements Task {

    /**
     * The task with its targets as they are now and its messages as they were sent.
     *
     * @throws ConfigException if an input was changed since
     */
    static RegradedTask of(Task task, ComponentSpec grader, double passAt, RunPlan plan) {
        Map<String, List<Message>> sent = new HashMap<>();
        for (Trial trial : plan.trials()) {
            if (trial.key().task().equals(task.name())) {
                sent.putIfAbsent(trial.key().sample(), trial.messages());
            }
        }
        List<Sample> samples = new ArrayList<>();
        for (Sample sample : task.samples()) {
            List<Message> messages = sent.get(sample.id());
            if (messages != null && !asked(sample.input(), messages)) {
                throw new ConfigException("cannot regrade " + plan.runId() + ": the input of sample '" + sample.id()
                        + "' of task '" + task.name() + "' changed since; start a new run, or restore it");
            }
            samples.add(messages == null ? sample : with(sample, messages));
        }
        return new RegradedTask(task.name(), task.version(), task.category(), List.copyOf(samples), grader, passAt);
    }

    /** Whether these messages are that input, with an answer-format line or without. */
    private static boolean asked(List<Message> input, List<Message> messages) {
        int last = input.size() - 1;
        return messages.size() == input.size()
                && messages.subList(0, last).equals(input.subList(0, last))
                && messages.get(last).role().equals(input.get(last).role())
                && messages.get(last)
                        .content()
                        .startsWith(input.get(last).content().stripTrailing());
    }

    private static Sample with(Sample sample, List<Message> messages) {
        return new Sample(
                sample.id(),
                messages,
                sample.target(),
                sample.locale(),
                sample.choices(),
                sample.workload(),
                sample.twinOf(),
                sample.tags(),
                sample.metadata(),
                sample.fields());
    }

    @Override
    public String answerFormat() {
        return NO_FORMAT;
    }
}
