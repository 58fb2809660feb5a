package dev.rtel.cli;

import java.util.Arrays;
import java.util.List;

/** Sets the level of the bundled logger before its first use. */
final class Logging {
    private Logging() {}

    static void configure(String[] args) {
        List<String> list = Arrays.asList(args);
        String level = list.contains("--debug") ? "debug" : list.contains("-v") || list.contains("--verbose") ? "info" : "warn";
        System.setProperty("org.slf4j.simpleLogger.log.dev.rtel", level);
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        System.setProperty("org.slf4j.simpleLogger.showThreadName", "false");
        System.setProperty("org.slf4j.simpleLogger.showShortLogName", "true");
    }
}
