package dev.rtel.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The fault plans of the chaos profiles. What makes an attempt fail comes first, what only looks odd comes last. */
final class ChaosFaults {
    private static final List<Integer> PASSING = List.of(408, 500, 502, 503, 504, 524, 529);
    private static final List<Integer> LASTING = List.of(400, 403, 404, 412, 413, 422);
    /** Kinds with an own line in the plan of everything, or with none because they end a run. */
    private static final Set<FaultKind> APART = EnumSet.of(
            FaultKind.STATUS,
            FaultKind.SHAPE,
            FaultKind.PADDING,
            FaultKind.STALL,
            FaultKind.REFUSAL,
            FaultKind.CACHE_HIT,
            FaultKind.OTHER_MODEL,
            FaultKind.OTHER_PROVIDER,
            FaultKind.OUT_OF_CREDIT,
            FaultKind.DAILY_LIMIT);

    private ChaosFaults() {}

    static List<Fault> gentle() {
        return List.of(
                often(0.02, Fault.of(FaultKind.RATE_LIMITED).withRetryAfterSeconds(1)),
                often(0.01, Fault.status(502)),
                often(0.01, Fault.status(503)),
                often(0.1, Fault.of(FaultKind.PADDING)));
    }

    static List<Fault> rough(Duration stall) {
        List<Fault> faults = new ArrayList<>();
        faults.add(often(0.02, Fault.of(FaultKind.RATE_LIMITED).withRetryAfterSeconds(1)));
        PASSING.forEach(status -> faults.add(often(0.01, Fault.status(status))));
        Stream.of(
                        FaultKind.HTML_ERROR,
                        FaultKind.ERROR_IN_BODY,
                        FaultKind.ERROR_IN_CHOICE,
                        FaultKind.EMPTY_BODY,
                        FaultKind.CUT_CONNECTION,
                        FaultKind.CUT_BODY,
                        FaultKind.TRUNCATED_JSON,
                        FaultKind.STREAM_ERROR,
                        FaultKind.CUT_BEFORE_USAGE)
                .forEach(kind -> faults.add(often(0.01, Fault.of(kind))));
        faults.add(often(0.01, Fault.of(FaultKind.STALL).withDelay(stall)));
        faults.add(often(0.02, Fault.shape(UsageShape.DETAILS_NULL)));
        faults.add(often(0.02, Fault.shape(UsageChunk.EMPTY_CHOICES)));
        faults.add(often(0.1, Fault.of(FaultKind.PADDING)));
        return List.copyOf(faults);
    }

    static List<Fault> everything(Duration stall) {
        List<Fault> faults = new ArrayList<>();
        for (FaultKind kind : EnumSet.complementOf(EnumSet.copyOf(APART))) {
            faults.add(often(0.008, Fault.of(kind)));
        }
        PASSING.forEach(status -> faults.add(often(0.005, Fault.status(status))));
        LASTING.forEach(status -> faults.add(often(0.0002, Fault.status(status))));
        for (ErrorShape form : ErrorShape.values()) {
            boolean lasts = form == ErrorShape.MODERATION;
            Fault fault = Fault.status(lasts ? 403 : 503).withError(form);
            faults.add(often(lasts ? 0.0002 : 0.002, fault));
        }
        for (WaitHint hint : WaitHint.values()) {
            faults.add(often(0.002, Fault.of(FaultKind.RATE_LIMITED).withRetryAfterSeconds(1, hint)));
        }
        faults.add(often(0.01, Fault.of(FaultKind.STALL).withDelay(stall)));
        Stream.of(FaultKind.REFUSAL, FaultKind.CACHE_HIT, FaultKind.OTHER_MODEL, FaultKind.OTHER_PROVIDER)
                .forEach(kind -> faults.add(often(0.002, Fault.of(kind))));
        shapes().forEach(shape -> faults.add(often(0.002, Fault.shape(shape))));
        faults.add(often(0.1, Fault.of(FaultKind.PADDING)));
        return List.copyOf(faults);
    }

    private static Stream<Shape> shapes() {
        return Stream.<Shape[]>of(
                        UsageShape.values(),
                        UsageChunk.values(),
                        ContentShape.values(),
                        FinishShape.values(),
                        ReasoningText.values(),
                        ModelEcho.values())
                .flatMap(Stream::of);
    }

    private static Fault often(double probability, Fault fault) {
        return fault.withProbability(probability);
    }
}
