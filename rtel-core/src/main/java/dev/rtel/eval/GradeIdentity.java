package dev.rtel.eval;

import dev.rtel.common.PlainData;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What, beside the sample, decides a score.
 *
 * @param name of the grader
 * @param settings of the grader
 * @param version of the grader, its extraction contract and prompts included
 * @param roles models in the roles the grader uses
 */
public record GradeIdentity(
        String name, Map<String, @Nullable Object> settings, String version, Map<String, PlannedModel> roles) {
    /** Copies the maps. */
    public GradeIdentity(
            String name, Map<String, @Nullable Object> settings, String version, Map<String, PlannedModel> roles) {
        settings = PlainData.copyOf(settings);
        roles = java.util.Collections.unmodifiableMap(new TreeMap<>(roles));
        this.name = name;
        this.settings = settings;
        this.version = version;
        this.roles = roles;
    }
}
