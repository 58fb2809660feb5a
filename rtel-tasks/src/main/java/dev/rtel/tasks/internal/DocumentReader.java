package dev.rtel.tasks.internal;

import dev.rtel.config.ConfigException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;

/** Reads YAML 1.2 or JSON files into {@link SourceNode}s. Thread-safe. */
public final class DocumentReader {
    /** Larger files are refused: 16 MiB. */
    public static final int MAX_BYTES = 16 << 20;

    private static final JsonFactory JSON = new JsonFactory();
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .loadSettings(LoadSettings.builder().setCodePointLimit(MAX_BYTES).build())
            .build();

    private DocumentReader() {}

    /**
     * Reads a file whose root is a group of keys. Names ending in {@code .json} are JSON, {@code .yaml} and
     * {@code .yml} YAML, others JSON when they start with a brace.
     *
     * @throws ConfigException if the file cannot be read or is neither
     */
    public static SourceNode.Group group(Path file) {
        return group(file.toString(), text(file));
    }

    /** The same for text that is there already; the name decides about the format and appears in messages. */
    public static SourceNode.Group group(String name, String text) {
        SourceNode root = isJson(name, text) ? json(name, 1, text) : yaml(name, text);
        if (root instanceof SourceNode.Group group) {
            return group;
        }
        throw new ConfigException(root.place().say("the file is " + root.describe() + ", expected a group of keys"));
    }

    /**
     * Reads one line of a JSON Lines file.
     *
     * @throws ConfigException if it is no JSON object
     */
    public static SourceNode.Group jsonLine(String name, int line, String text) {
        if (json(name, line, text) instanceof SourceNode.Group group) {
            return group;
        }
        throw new ConfigException(name + ":" + line + ": expected one JSON object on each line");
    }

    /**
     * Reads a whole file as strict UTF-8; a byte order mark is dropped.
     *
     * @throws ConfigException if it is absent, unreadable, too large or not UTF-8
     */
    public static String text(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new ConfigException(file + ": is a folder, expected a file");
            }
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                throw new ConfigException(file + ": has " + size + " bytes, expected at most " + MAX_BYTES
                        + "; split it, or keep the samples in a .jsonl file beside it");
            }
            return decode(file.toString(), 1, Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new ConfigException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be read: " + e, e);
        }
    }

    /**
     * Decodes strict UTF-8; a byte order mark is dropped.
     *
     * @throws ConfigException naming the line of the first byte that does not fit
     */
    public static String decode(String name, int firstLine, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            int line = firstLine;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw new ConfigException(name + ":" + line + ": the file is not UTF-8; save it with that encoding");
        }
        String text = out.flip().toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static boolean isJson(String name, String text) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".yaml") || lower.endsWith(".yml")) {
            return false;
        }
        String start = text.stripLeading();
        return lower.endsWith(".json") || start.startsWith("{") || start.startsWith("[");
    }

    private static SourceNode json(String name, int firstLine, String text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            return new TreeBuilder(parser, name, firstLine).read();
        } catch (JacksonException e) {
            throw new ConfigException(
                    name + ":" + (firstLine - 1 + line(e)) + ": not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static SourceNode yaml(String name, String text) {
        try (JsonParser parser = YAML.createParser(ObjectReadContext.empty(), text)) {
            return new TreeBuilder(parser, name, text.codePoints().toArray()).read();
        } catch (JacksonException e) {
            throw YamlErrors.of(name, line(e), e.getOriginalMessage(), e);
        } catch (YamlEngineException e) {
            throw YamlErrors.of(name, 1, String.valueOf(e.getMessage()), e);
        }
    }

    private static int line(JacksonException e) {
        return e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
    }
}
