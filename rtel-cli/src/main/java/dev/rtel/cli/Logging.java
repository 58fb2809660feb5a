package dev.rtel.cli;

import java.util.Arrays;
import java.util.List;

/** Sets the level of the bundled logger before its first use. */
final class Logging {
    private Logging() {}

    static void configure(String[] args) {
        List<String> list = Arrays.asList(args);
        boolean verbose = list.contains("-v") || list.contains("--verbose");
        // what went wrong is told by the command itself; the log's stack traces are for those who ask
        String level = list.contains("--debug") ? "debug" : verbose ? "info" : "error";
        System.setProperty("org.slf4j.simpleLogger.log.dev.rtel", level);
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", verbose ? "warn" : "error");
        System.setProperty("org.slf4j.simpleLogger.showThreadName", "false");
        System.setProperty("org.slf4j.simpleLogger.showShortLogName", "true");
    }
}
