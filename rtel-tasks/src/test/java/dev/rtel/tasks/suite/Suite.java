package dev.rtel.tasks.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The bundled task files as plain trees, read without the production loader. */
final class Suite {
    static final List<String> TASKS = List.of("aime-math", "logic", "code-debugging", "formal-proofs");

    private static final YAMLMapper YAML = new YAMLMapper();

    private Suite() {}

    /** One sample and the task it belongs to. */
    record Item(String task, JsonNode node) {
        String id() {
            return node.get("id").asString();
        }

        String input() {
            return node.get("input").asString();
        }

        JsonNode metadata() {
            return node.get("metadata");
        }

        JsonNode generator() {
            return metadata().get("source").path("generator");
        }

        JsonNode params() {
            return generator().get("params");
        }

        /** The gold answer of a math sample. */
        int number() {
            return Integer.parseInt(node.get("target").asString());
        }

        /** The gold answer of a logic sample. */
        List<Boolean> claims() {
            List<Boolean> claims = new ArrayList<>();
            for (JsonNode claim : node.get("target")) {
                claims.add(claim.booleanValue());
            }
            return claims;
        }
    }

    static JsonNode file(String task) {
        String path = "/dev/rtel/tasks/bundled/" + task + ".yaml";
        try (InputStream in = Objects.requireNonNull(Suite.class.getResourceAsStream(path), path)) {
            return YAML.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Item> of(String task) {
        List<Item> items = new ArrayList<>();
        for (JsonNode sample : file(task).get("samples")) {
            items.add(new Item(task, sample));
        }
        return items;
    }

    static List<Item> all() {
        return TASKS.stream().flatMap(task -> of(task).stream()).toList();
    }

    static Item item(String id) {
        return all().stream().filter(item -> item.id().equals(id)).findFirst().orElseThrow();
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array) {
            texts.add(element.asString());
        }
        return texts;
    }

    static int words(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }
}
