package dev.rtel.it.planted.tasks;

import java.io.IOException;

final class StartsProcess {
    void start() throws IOException {
        new ProcessBuilder("true").start();
    }
}
