package dev.rtel.it;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.rtel.simulator.Simulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Plants a key and looks for it in all that the program says and writes, whatever goes wrong. */
final class SecretTest {
    private static final String BODY = "PlantedQ7xZ3vK9mT2wR8bN5";
    private static final String KEY = "sk-or-v1-" + BODY;
    private static final List<String> SMALL =
            List.of("--roster", "quick.yaml", "--sample", "math-crt-01,proof-cubes-01", "--max-cost", "none", "--yes");

    @TempDir
    private Path folder;

    private final Leaks leaks = new Leaks(BODY);
    private final Set<Path> written = new HashSet<>();
    private Program program = new Program(Path.of(""), Path.of(""), Map.of(), List.of(), List.of());

    /** Where the user put the key. */
    enum Source {
        ENVIRONMENT,
        DOT_ENV,
        KEY_FILE
    }

    @BeforeEach
    void setUp() {
        program = Program.in(folder);
        Demo.quickRoster(program.directory());
    }

    /** Plants the key and returns the options that go with it. */
    private List<String> plant(Source source) throws IOException {
        switch (source) {
            case ENVIRONMENT -> program = program.with("OPENROUTER_API_KEY", KEY);
            case DOT_ENV -> write(".env", "OPENROUTER_API_KEY=\"" + KEY + "\"\n");
            case KEY_FILE -> {
                return List.of("--api-key-file", write("key.txt", KEY + "\n").toString());
            }
        }
        return List.of();
    }

    private Path write(String name, String text) throws IOException {
        Path file = Files.writeString(program.directory().resolve(name), text);
        written.add(file);
        return file;
    }

    private Program.Finished run(String baseUrl, List<String> more) {
        List<String> command = new ArrayList<>(List.of("run", "--base-url", baseUrl, "--debug", "--verbose"));
        command.addAll(SMALL);
        command.addAll(more);
        return program.run(command.toArray(String[]::new));
    }

    /** Scans working directory, store, results, output of all processes, temporary files, user configuration. */
    private void assertThatTheKeyIsNowhere() {
        assertThat(leaks.below(List.of(folder), written))
                .as("places where the key or a part of it stands")
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void aKeyThatWorksIsUsedAndLeftNowhere(Source source) throws IOException {
        List<String> options = plant(source);
        try (var simulator = Simulator.start(
                Demo.simulator(Duration.ofMillis(5)).acceptedKey(KEY).build())) {
            Program.Finished ended =
                    run(simulator.baseUri().toString(), options).withExit(0);
            assertThat(ended.out()).contains("x-ai/grok-4.3@low");
            assertThat(simulator.bill().lines()).as("the key was accepted").hasSizeGreaterThanOrEqualTo(12);
        }
        program.run("config", "--debug").withExit(0);
        program.run("doctor", "--verbose");
        assertThat(program.directory().resolve(".rtel/rtel.db")).exists();
        assertThat(program.directory().resolve("results")).isNotEmptyDirectory();
        assertThatTheKeyIsNowhere();
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void aKeyThatIsRefusedIsLeftNowhere(Source source) throws IOException {
        List<String> options = plant(source);
        try (var simulator = Simulator.start(
                Demo.simulator(Duration.ofMillis(5)).acceptedKey("another").build())) {
            run(simulator.baseUri().toString(), options).withExit(6);
            assertThat(simulator.bill().lines()).isEmpty();
        }
        assertThatTheKeyIsNowhere();
    }

    @ParameterizedTest
    @CsvSource({
        "400, json",
        "401, json",
        "402, json",
        "403, html",
        "404, json",
        "429, json",
        "500, json",
        "502, html",
        "200, error",
        "200, html",
        "200, reply"
    })
    void aServerThatEchoesTheKeyDoesNotBringItIn(int status, String form) throws IOException {
        List<String> options = new ArrayList<>(plant(Source.ENVIRONMENT));
        options.addAll(List.of("--retries", "0", "--model", "openai/gpt-4.1"));
        var server =
                new WireMockServer(WireMockConfiguration.options().dynamicPort().globalTemplating(true));
        server.start();
        try {
            server.stubFor(any(anyUrl())
                    .willReturn(aResponse()
                            .withStatus(status)
                            .withHeader("Content-Type", form.equals("html") ? "text/html" : "application/json")
                            .withHeader("X-Echo", "{{request.headers.Authorization}}")
                            .withHeader("WWW-Authenticate", "{{request.headers.Authorization}}")
                            .withBody(echo(status, form))));
            run(server.baseUrl() + "/api/v1", options);
            server.verify(anyRequestedFor(anyUrl())
                    .withHeader(
                            "Authorization", com.github.tomakehurst.wiremock.client.WireMock.equalTo("Bearer " + KEY)));
        } finally {
            server.stop();
        }
        if (status == 200) {
            program.run("show", "--debug").withExit(0);
        }
        assertThatTheKeyIsNowhere();
    }

    private static String echo(int status, String form) {
        String key = "{{request.headers.Authorization}}";
        return switch (form) {
            case "html" -> "<html><body><h1>" + status + "</h1><pre>Authorization: " + key + "</pre></body></html>";
            case "reply" ->
                "{\"id\":\"gen-1-" + key + "\",\"model\":\"openai/gpt-4.1\",\"provider\":\"" + key
                        + "\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\","
                        + "\"reasoning\":\"You sent " + key + "\",\"content\":\"You sent " + key
                        + "\\n\\nFinal answer: 1\"}}],"
                        + "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":10,\"total_tokens\":20,\"cost\":0.001}}";
            default ->
                "{\"error\":{\"code\":" + (status == 200 ? 502 : status) + ",\"message\":\"bad header Authorization: "
                        + key + "\",\"metadata\":{\"headers\":{\"authorization\":\"" + key + "\"},\"raw\":\"" + key
                        + "\"}}}";
        };
    }

    @Test
    void aKeyThatFitsNoHeaderIsNotQuoted() throws IOException {
        Path file = write("key.txt", KEY + "\nsecond line\n");
        run("http://127.0.0.1:9/api/v1", List.of("--api-key-file", file.toString()))
                .withExit(2);
        assertThatTheKeyIsNowhere();
    }

    @Test
    void aMalformedLineOfDotEnvIsNotQuoted() throws IOException {
        write(".env", "OPENROUTER_API_KEY " + KEY + "\n");
        assertThat(run("http://127.0.0.1:9/api/v1", List.of()).withExit(2).err())
                .contains(".env:1");
        assertThatTheKeyIsNowhere();
    }

    @Test
    void theSearchFindsAKeyInEveryDisguise() throws IOException {
        String bearer = "{\"authorization\":\"Bearer " + KEY + "\"}";
        for (String text : List.of(
                bearer,
                "…" + KEY.substring(12, 30) + "…",
                Base64.getEncoder().encodeToString(KEY.getBytes(StandardCharsets.UTF_8)),
                Base64.getEncoder().encodeToString(("x" + KEY + "yz").getBytes(StandardCharsets.UTF_8)),
                Base64.getUrlEncoder().encodeToString(("user:" + KEY).getBytes(StandardCharsets.UTF_8)))) {
            assertThat(leaks.in(text.getBytes(StandardCharsets.UTF_8))).as(text).isNotEmpty();
        }
        assertThat(leaks.in("OPENROUTER_API_KEY sk-or-v1-[redacted]".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        Files.writeString(folder.resolve("work/notes.txt"), bearer);
        assertThat(leaks.below(List.of(folder), Set.of())).isNotEmpty();
    }

    @Test
    void theSearchFindsAKeyInACompressedColumn() throws Exception {
        Path store = folder.resolve("planted.db");
        var deflater = new Deflater();
        byte[] buffer = new byte[1000];
        deflater.setInput(("{\"echo\":\"" + KEY + "\",\"padding\":\"" + "ab".repeat(200) + "\"}")
                .getBytes(StandardCharsets.UTF_8));
        deflater.finish();
        int length = deflater.deflate(buffer);
        deflater.end();
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + store);
                var statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE attempt (x)");
            statement.executeUpdate("CREATE TABLE raw (deflated BLOB)");
            try (var insert = connection.prepareStatement("INSERT INTO raw VALUES (?)")) {
                insert.setBytes(1, java.util.Arrays.copyOf(buffer, length));
                insert.executeUpdate();
            }
        }
        assertThat(leaks.below(List.of(folder), Set.of())).anyMatch(place -> place.contains("raw.deflated"));
    }
}
