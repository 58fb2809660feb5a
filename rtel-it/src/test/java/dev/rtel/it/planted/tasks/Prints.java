package dev.rtel.it.planted.tasks;

final class Prints {
    void print() {
        System.out.println("x");
    }
}
