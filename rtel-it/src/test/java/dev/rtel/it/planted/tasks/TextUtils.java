package dev.rtel.it.planted.tasks;

final class TextUtils {}
