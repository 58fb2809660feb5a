package dev.rtel.it.planted.tasks;

/** Something of a module. */
public final class TaskThing {}
