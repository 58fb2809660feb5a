package dev.rtel.it.planted.bare;

final class Unmarked {}
