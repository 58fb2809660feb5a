package dev.rtel.it.planted.report;

import dev.rtel.it.planted.report.html.Back;

/** One half of a cycle. */
public final class There {
    Back back() {
        return new Back();
    }
}
