package dev.rtel.graders.judge;

import dev.rtel.common.PlainJson;
import dev.rtel.eval.GradingDetail.Judgement;
import dev.rtel.eval.GradingDetail.Vote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A judge's reply, read.
 *
 * @param checkpoints id to met, in rubric order
 * @param fatal ids of fatal errors
 * @param firstError quote; empty when none was claimed
 * @param injection whether an attempt to steer was reported
 * @param stated the judge's own verdict, which decides nothing
 */
record JudgeReply(
        Map<String, Boolean> checkpoints,
        List<String> fatal,
        Optional<String> firstError,
        boolean injection,
        Optional<String> stated) {
    private static final int MOST_TRIES = 60;

    /** All checkpoints met and no fatal error; the judge's own word does not count. */
    boolean passes() {
        return fatal.isEmpty() && !checkpoints.containsValue(false);
    }

    /**
     * The vote that this reply is.
     *
     * @param occurs whether a quote stands in the submission
     */
    Vote vote(String role, String judge, Predicate<String> occurs) {
        return new Vote(
                role,
                judge,
                passes() ? Judgement.PASS : Judgement.FAIL,
                stated,
                checkpoints,
                fatal,
                firstError,
                firstError.filter(occurs).isPresent(),
                injection);
    }

    /** Reads the last complete JSON object with a checkpoints key, in a fence or after prose; empty if there is none. */
    static Optional<JudgeReply> read(String text, Rubric rubric) {
        int key = text.lastIndexOf("\"checkpoints\"");
        for (int tries = 0; key >= 0 && tries < MOST_TRIES; ) {
            int open = text.lastIndexOf('{', key);
            while (open >= 0 && tries++ < MOST_TRIES) {
                Optional<Map<String, @Nullable Object>> object = object(text, open);
                if (object.isPresent() && object.get().containsKey("checkpoints")) {
                    return reply(object.get(), rubric);
                }
                open = text.lastIndexOf('{', open - 1);
            }
            key = text.lastIndexOf("\"checkpoints\"", key - 1);
        }
        return Optional.empty();
    }

    private static Optional<Map<String, @Nullable Object>> object(String text, int open) {
        int depth = 0;
        boolean inText = false;
        int limit = Math.min(text.length(), open + 60_000);
        for (int i = open; i < limit; i++) {
            char c = text.charAt(i);
            if (inText) {
                i += c == '\\' ? 1 : 0;
                inText = c != '"';
            } else if (c == '"') {
                inText = true;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                try {
                    return Optional.of(PlainJson.readObject(text.substring(open, i + 1)));
                } catch (PlainJson.MalformedJsonException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<JudgeReply> reply(Map<String, @Nullable Object> object, Rubric rubric) {
        if (!(object.get("checkpoints") instanceof Map<?, ?> met)) {
            return Optional.empty();
        }
        Map<String, Boolean> checkpoints = new LinkedHashMap<>();
        for (String id : rubric.checkpoints().keySet()) {
            if (!(met.get(id) instanceof Boolean value)) {
                return Optional.empty();
            }
            checkpoints.put(id, value);
        }
        List<String> fatal = new ArrayList<>();
        Object listed = object.get("fatal");
        // a list that is left out is no finding that there is nothing
        if (!(listed instanceof List<?>) && !rubric.fatal().isEmpty()) {
            return Optional.empty();
        }
        if (listed instanceof List<?> ids) {
            for (Object id : ids) {
                if (!(id instanceof String name) || !rubric.fatal().containsKey(name)) {
                    return Optional.empty();
                }
                if (!fatal.contains(name)) {
                    fatal.add(name);
                }
            }
        }
        Optional<String> error = object.get("first_error") instanceof String quote && !quote.isBlank()
                ? Optional.of(quote)
                : Optional.empty();
        Optional<String> stated = object.get("verdict") instanceof String word && !word.isBlank()
                ? Optional.of(word.strip().toLowerCase(Locale.ROOT))
                        .filter(w -> w.equals(Judgement.PASS) || w.equals(Judgement.FAIL))
                : Optional.empty();
        return Optional.of(
                new JudgeReply(checkpoints, fatal, error, Boolean.TRUE.equals(object.get("injection")), stated));
    }
}
