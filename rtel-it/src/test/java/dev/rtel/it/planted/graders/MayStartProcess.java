package dev.rtel.it.planted.graders;

import java.io.IOException;

final class MayStartProcess {
    void start() throws IOException {
        new ProcessBuilder("true").start();
    }
}
