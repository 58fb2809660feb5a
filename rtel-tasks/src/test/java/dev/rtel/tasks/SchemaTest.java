package dev.rtel.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.common.PlainJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.dataformat.yaml.YAMLMapper;

class SchemaTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bundled/aime-math.yaml",
                "bundled/logic.yaml",
                "bundled/code-debugging.yaml",
                "bundled/formal-proofs.yaml"
            })
    void everyKeyOfABundledTaskIsInTheTaskSchema(String file) throws IOException {
        assertThat(unknownKeys(yaml(file), schema("task"), schema("task"), "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rosters/default.yaml", "rosters/current.yaml"})
    void everyKeyOfABundledRosterIsInTheRosterSchema(String file) throws IOException {
        assertThat(unknownKeys(yaml(file), schema("roster"), schema("roster"), ""))
                .isEmpty();
    }

    @Test
    void keysThatTheSchemaDoesNotKnowAreFoundByThisTest() throws IOException {
        Map<String, Object> task = Map.of("tsk", "t", "samples", List.of(Map.of("id", "a", "inptu", "q")));
        assertThat(unknownKeys(task, schema("task"), schema("task"), ""))
                .containsExactlyInAnyOrder(".tsk", ".samples[].inptu");
    }

    @Test
    void theSchemasKnowExactlyTheKeysOfTheReaders() throws IOException {
        assertThat(keys(definition(schema("task"), "sample"))).isEqualTo(new TreeSet<>(SampleReader.KEYS));
        assertThat(keys(definition(schema("task"), "case"))).isEqualTo(new TreeSet<>(SampleReader.CASE_KEYS));
        assertThat(keys(definition(schema("task"), "rubric"))).isEqualTo(new TreeSet<>(SampleReader.RUBRIC_KEYS));
        assertThat(keys(definition(schema("roster"), "role"))).isEqualTo(new TreeSet<>(EntryReader.ROLE_KEYS));
        List<String> model = new ArrayList<>(EntryReader.ROLE_KEYS);
        model.add(EntryReader.SWEEP);
        assertThat(keys(definition(schema("roster"), "model"))).isEqualTo(new TreeSet<>(model));
    }

    @ParameterizedTest
    @ValueSource(strings = {"task", "roster"})
    void everyReferenceLeadsSomewhere(String name) throws IOException {
        Map<String, Object> schema = schema(name);
        assertThat(schema.get("$schema")).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        List<String> references = new ArrayList<>();
        collectReferences(schema, references);
        assertThat(references)
                .isNotEmpty()
                .allSatisfy(ref -> assertThat(definition(schema, ref.replace("#/$defs/", "")))
                        .isNotNull());
    }

    private static List<String> unknownKeys(
            Object value, Map<String, Object> node, Map<String, Object> root, String path) {
        List<String> unknown = new ArrayList<>();
        Map<String, Object> schema = resolved(node, root, value);
        if (value instanceof List<?> list && schema.get("items") != null) {
            list.forEach(item -> unknown.addAll(unknownKeys(item, map(schema.get("items")), root, path + "[]")));
        }
        if (value instanceof Map<?, ?> members && schema.get("properties") != null) {
            members.forEach((key, inner) -> {
                Object property = map(schema.get("properties")).get(key);
                if (property instanceof Map) {
                    unknown.addAll(unknownKeys(inner, map(property), root, path + "." + key));
                } else if (Boolean.FALSE.equals(property)
                        || property == null && Boolean.FALSE.equals(schema.get("additionalProperties"))) {
                    unknown.add(path + "." + key);
                }
            });
        }
        if (value instanceof Map<?, ?> members && schema.get("additionalProperties") instanceof Map<?, ?> each) {
            members.values().forEach(inner -> unknown.addAll(unknownKeys(inner, map(each), root, path + ".*")));
        }
        return unknown;
    }

    private static Map<String, Object> resolved(Map<String, Object> node, Map<String, Object> root, Object value) {
        if (node.get("$ref") instanceof String ref) {
            return resolved(definition(root, ref.replace("#/$defs/", "")), root, value);
        }
        if (node.get("oneOf") instanceof List<?> options) {
            String type = value instanceof Map ? "object" : value instanceof List ? "array" : "string";
            return options.stream()
                    .map(SchemaTest::map)
                    .filter(option -> type.equals(option.get("type")))
                    .findFirst()
                    .orElse(Map.of());
        }
        return node;
    }

    private static void collectReferences(Object node, List<String> found) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (key.equals("$ref")) {
                    found.add((String) value);
                }
                collectReferences(value, found);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(item -> collectReferences(item, found));
        }
    }

    private static TreeSet<String> keys(Map<String, Object> definition) {
        return new TreeSet<>(map(definition.get("properties")).keySet());
    }

    private static Map<String, Object> definition(Map<String, Object> schema, String name) {
        return map(map(schema.get("$defs")).get(name));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static Map<String, Object> schema(String name) throws IOException {
        return PlainJson.readObject(text("schema/" + name + ".schema.json"));
    }

    private static Object yaml(String file) throws IOException {
        return new YAMLMapper().readValue(text(file), Object.class);
    }

    private static String text(String path) throws IOException {
        try (InputStream in = Objects.requireNonNull(TaskFile.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
