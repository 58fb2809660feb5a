package dev.rtel.it.planted.tasks;

final class Counts {
    static int count;

    private Counts() {}
}
