package dev.rtel.graders.code;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the interpreter a backend can use, and remembers it. Thread-safe. */
final class Interpreters {
    private static final List<String> USUAL = List.of("python3", "/usr/bin/python3", "/usr/local/bin/python3");
    private final Optional<String> chosen;
    private final Map<String, PythonProbe> asked = new LinkedHashMap<>();

    /** @param chosen the user's own choice, a command or a path; empty = the usual places */
    Interpreters(Optional<String> chosen) {
        this.chosen = chosen;
    }

    synchronized PythonProbe of(Backend backend) throws InterruptedException {
        PythonProbe first = ask(chosen.orElse(USUAL.get(0)));
        // bwrap gives the child folders of its own around the interpreter
        if (!first.available() || !backend.changesUser() || first.forEverybody()) {
            return first;
        }
        if (chosen.isEmpty()) {
            for (String other : USUAL.subList(1, USUAL.size())) {
                PythonProbe found = ask(other);
                if (found.available() && found.forEverybody()) {
                    return found;
                }
            }
        }
        return new PythonProbe(
                false,
                "",
                "",
                "no python: " + first.executable() + " cannot be read by another user, to which the code changes from"
                        + " root; install python3 in /usr, or run as an ordinary user",
                List.of());
    }

    private PythonProbe ask(String command) throws InterruptedException {
        PythonProbe known = asked.get(command);
        if (known == null) {
            known = PythonProbe.of(command);
            asked.put(command, known);
        }
        return known;
    }
}
