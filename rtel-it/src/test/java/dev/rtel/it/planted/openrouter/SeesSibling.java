package dev.rtel.it.planted.openrouter;

import dev.rtel.it.planted.tasks.TaskThing;

final class SeesSibling {
    TaskThing[] things() {
        return new TaskThing[0];
    }
}
