package dev.rtel.it.planted.cli;

final class MayPrint {
    void print() {
        System.out.println("x");
    }
}
