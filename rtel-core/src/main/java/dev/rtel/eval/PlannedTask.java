package dev.rtel.eval;

/**
 * A task of the run, as planned.
 *
 * @param name unique name
 * @param version changes with the content
 * @param category e.g. {@code math}
 * @param source where it came from, as named by the user: bundled name, path or {@code provider:arguments}
 * @param sha256 digest over version, grader and samples
 * @param grader grader by name and settings
 * @param passAt a sample is passed when its score is at least this
 */
public record PlannedTask(
        String name,
        String version,
        String category,
        String source,
        String sha256,
        ComponentSpec grader,
        double passAt) {}
