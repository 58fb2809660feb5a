package dev.rtel.it.planted.common;

import dev.rtel.it.planted.eval.Late;

final class LooksAhead {
    Late late() {
        return new Late();
    }
}
