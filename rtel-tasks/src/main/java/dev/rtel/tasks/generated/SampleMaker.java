package dev.rtel.tasks.generated;

import dev.rtel.config.ConfigException;
import dev.rtel.eval.Sample;
import dev.rtel.plan.Fingerprints;
import dev.rtel.tasks.internal.SplitMix;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the samples of a request. Each has a random stream of its own, so that a longer request of the same seed starts
 * with the samples of a shorter one. Not thread-safe.
 */
final class SampleMaker {
    static final String CANARY = "RTEL-CANARY 5b1f0c0e-7d52-4f0e-9a66-2f6d1c3a9e41";
    static final String LICENCE = "Apache-2.0";
    /** Day of the first version of the generators; a day of the run would make equal seeds unequal. */
    private static final String CREATED = "2026-11-25";

    private static final int ROUNDS = 200;
    private static final int DRAWS = 200;

    private final Request request;
    private final SplitMix streams;
    private final Deck deck;
    private final Set<String> known = new HashSet<>();
    private final String prefix;

    SampleMaker(Request request) {
        this.request = request;
        this.streams = new SplitMix(request.seed());
        this.deck = new Deck(new SplitMix(streams.next()));
        // samples of other parameters are other samples, also by name
        String rest = request.rest();
        this.prefix = request.generator().name() + "-" + request.seed() + "-"
                + (rest.isEmpty() ? "" : Fingerprints.sha256(rest).substring(0, 6) + "-");
    }

    List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < request.count(); i++) {
            samples.add(sample(i));
        }
        return List.copyOf(samples);
    }

    private Sample sample(int index) {
        SplitMix random = new SplitMix(streams.next());
        Level level = request.level().orElse(Level.values()[index % Level.values().length]);
        List<Boolean> truths = List.of();
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, Object> values = values(level, random);
            if (values.get(Generator.CLAIMS) instanceof Long claims) {
                truths = truths.isEmpty() ? deck.next(claims.intValue()) : truths;
                values.put(Generator.CLAIMS, (long) truths.size());
            }
            Choices choices = new Choices(level, values, truths);
            for (int draw = 0; draw < DRAWS; draw++) {
                Optional<Draft> draft = request.generator().draw(choices, random);
                if (draft.isPresent() && known.add(draft.get().key())) {
                    return sample(index, choices, draft.get());
                }
            }
        }
        throw new ConfigException("generated:" + request.word() + ": only " + index
                + " different samples of these parameters were found, " + request.count()
                + " were asked for; ask for fewer, or give other parameters");
    }

    private Map<String, Object> values(Level level, SplitMix random) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Knob knob : request.generator().knobs()) {
            Object given = request.given().get(knob.name());
            if (given != null) {
                values.put(knob.name(), given);
            } else if (knob.isNumber()) {
                Knob.Range range = knob.usual().get(level.ordinal());
                int low = Math.max(range.low(), request.generator().least(knob.name(), request.given()));
                values.put(knob.name(), (long) random.between(low, Math.max(low, range.high())));
            } else {
                values.put(knob.name(), random.pick(knob.words()));
            }
        }
        return values;
    }

    private Sample sample(int index, Choices choices, Draft draft) {
        Generator generator = request.generator();
        List<String> tags = new ArrayList<>(generator.tags());
        tags.add("generated");
        tags.addAll(draft.tags());
        tags.add("difficulty:" + choices.level().word());
        choices.values().forEach((name, value) -> tags.add(name + ":" + value));
        String number = String.valueOf(index + 1);
        return Sample.builder(prefix + "0".repeat(Math.max(0, 3 - number.length())) + number)
                .input(draft.input())
                .target(draft.target())
                .workload(draft.workload())
                .tags(tags)
                .metadata(metadata(index, choices, draft))
                .fields(draft.fields())
                .build();
    }

    private Map<String, @Nullable Object> metadata(int index, Choices choices, Draft draft) {
        Generator generator = request.generator();
        Map<String, @Nullable Object> origin = new LinkedHashMap<>();
        origin.put("name", generator.name());
        origin.put("version", generator.version());
        origin.put("seed", request.seed());
        origin.put("sample", index + 1);
        origin.put("params", choices.values());
        Map<String, @Nullable Object> source = new LinkedHashMap<>();
        source.put("kind", "own");
        source.put("created", CREATED);
        source.put("generator", origin);
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("title", draft.title());
        metadata.put("difficulty", choices.level().word());
        // as a file would be read
        metadata.put("chance", draft.chance().equals("0") ? (Number) 0L : new BigDecimal(draft.chance()));
        metadata.put("workload_unit", generator.workloadUnit());
        metadata.put("licence", LICENCE);
        metadata.put("source", source);
        metadata.put("checks", generator.checks());
        metadata.put("canary", CANARY);
        metadata.putAll(draft.metadata());
        return metadata;
    }
}
