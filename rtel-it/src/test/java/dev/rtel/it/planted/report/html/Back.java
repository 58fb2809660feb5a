package dev.rtel.it.planted.report.html;

import dev.rtel.it.planted.report.There;

/** The other half of a cycle. */
public final class Back {
    There there() {
        return new There();
    }
}
