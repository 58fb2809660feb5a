package dev.rtel.it.planted.simulator;

import dev.rtel.it.planted.eval.Late;

final class SeesCore {
    Late late() {
        return new Late();
    }
}
