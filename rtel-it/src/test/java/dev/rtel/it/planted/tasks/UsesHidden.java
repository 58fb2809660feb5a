package dev.rtel.it.planted.tasks;

import dev.rtel.it.planted.internal.Hidden;

final class UsesHidden {
    Hidden hidden() {
        return new Hidden();
    }
}
