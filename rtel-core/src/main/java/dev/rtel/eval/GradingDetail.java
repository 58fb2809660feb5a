package dev.rtel.eval;

import dev.rtel.common.PlainData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** How a grader came to its score: structured, typed, the {@code grading} object of {@code samples.jsonl}. */
public sealed interface GradingDetail {
    /** Nothing to tell. */
    record None() implements GradingDetail {
        @Override
        public Map<String, @Nullable Object> toMap() {
            return Map.of();
        }
    }

    /**
     * An answer was looked for in the reply's text.
     *
     * @param status {@code extracted}, {@code no-answer} or {@code ambiguous}
     * @param tier 1 explicit marker, 2 declarative sentence, 3 last line; empty when nothing was found
     * @param start first UTF-16 index of the answer in the reply, where known
     * @param end index after it
     */
    record Extraction(String status, OptionalInt tier, OptionalInt start, OptionalInt end) implements GradingDetail {
        @Override
        public Map<String, @Nullable Object> toMap() {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("kind", "extraction");
            map.put("status", status);
            map.put("tier", tier.isPresent() ? tier.getAsInt() : null);
            map.put("span", start.isPresent() && end.isPresent() ? List.of(start.getAsInt(), end.getAsInt()) : null);
            return map;
        }
    }

    /**
     * Code was run.
     *
     * @param status {@code PASS, WRONG, RAISED, LOAD_ERROR, NO_CODE, TIMEOUT, OUTPUT_LIMIT, DISK_LIMIT, CRASH,
     *     PROTOCOL_ERROR} or {@code INFRA}
     * @param reason why, in a word, e.g. of NO_CODE; empty when the status says all
     * @param executor id of the backend, empty when nothing was run
     * @param python version of the interpreter, empty when nothing was run
     * @param passedCases cases or tests answered correctly
     * @param totalCases cases or tests there are; 0 where that was not found out
     * @param output what the code printed, cut and cleaned; empty when nothing
     * @param facts plain data on how it was run: containment, limits, user, milliseconds
     */
    record CodeRun(
            String status,
            Optional<String> reason,
            Optional<String> executor,
            Optional<String> python,
            int passedCases,
            int totalCases,
            Optional<String> output,
            Map<String, @Nullable Object> facts)
            implements GradingDetail {
        /** Copies the facts; a detail stored without them has none. */
        public CodeRun(
                String status,
                Optional<String> reason,
                Optional<String> executor,
                Optional<String> python,
                int passedCases,
                int totalCases,
                @Nullable Optional<String> output,
                @Nullable Map<String, @Nullable Object> facts) {
            this.status = status;
            this.reason = reason;
            this.executor = executor;
            this.python = python;
            this.passedCases = passedCases;
            this.totalCases = totalCases;
            this.output = output == null ? Optional.empty() : output;
            this.facts = facts == null ? Map.of() : PlainData.copyOf(facts);
        }

        /** A run of which no more is known. */
        public CodeRun(
                String status,
                Optional<String> reason,
                Optional<String> executor,
                Optional<String> python,
                int passedCases,
                int totalCases) {
            this(status, reason, executor, python, passedCases, totalCases, Optional.empty(), Map.of());
        }

        @Override
        public Map<String, @Nullable Object> toMap() {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("kind", "code");
            map.put("status", status);
            map.put("reason", reason.orElse(null));
            map.put("executor", executor.orElse(null));
            map.put("python", python.orElse(null));
            map.put("passed_cases", passedCases);
            map.put("total_cases", totalCases);
            map.put("output", output.orElse(null));
            map.putAll(facts);
            return map;
        }
    }

    /**
     * A judge decided.
     *
     * @param judge id of the judging model
     * @param checkpoints id of each checkpoint and whether it was met, in rubric order
     * @param fatal ids of fatal errors found
     * @param firstError the error quoted from the submission; empty when none was claimed
     * @param quoteVerified whether that quote really occurs in the submission
     * @param injection whether the submission tried to steer the judge
     * @param votes verdict of each vote, {@code pass} or {@code fail}
     */
    record Judgement(
            String judge,
            Map<String, Boolean> checkpoints,
            List<String> fatal,
            Optional<String> firstError,
            boolean quoteVerified,
            boolean injection,
            List<String> votes)
            implements GradingDetail {
        /** Copies the collections, order kept. */
        public Judgement {
            checkpoints = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(checkpoints));
            fatal = List.copyOf(fatal);
            votes = List.copyOf(votes);
        }

        @Override
        public Map<String, @Nullable Object> toMap() {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("kind", "judge");
            map.put("judge", judge);
            map.put("checkpoints", checkpoints);
            map.put("fatal", fatal);
            map.put("first_error", firstError.orElse(null));
            map.put("quote_verified", quoteVerified);
            map.put("injection", injection);
            map.put("votes", votes);
            return map;
        }
    }

    /** A custom grader's own plain data. */
    record Custom(Map<String, @Nullable Object> values) implements GradingDetail {
        /** Copies the values. */
        public Custom(Map<String, @Nullable Object> values) {
            values = PlainData.copyOf(values);
            this.values = values;
        }

        @Override
        public Map<String, @Nullable Object> toMap() {
            return values;
        }
    }

    /** Returns the detail as plain data, keys in a fixed order; {@code kind} names the type except for custom data. */
    Map<String, @Nullable Object> toMap();
}
