package dev.rtel.openrouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.rtel.eval.Completion;
import dev.rtel.eval.TrialKey;
import dev.rtel.spi.ModelException;
import dev.rtel.testkit.SimpleAttempt;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Https is what the JVM's default makes of it, however late it is set up: chains and host names are checked. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DeferredTlsTest {
    private static final char[] PASSWORD = "only-for-this-test".toCharArray();

    @TempDir
    private Path folder;

    private SSLContext before;

    @BeforeEach
    void rememberTheDefault() throws Exception {
        before = SSLContext.getDefault();
    }

    @AfterEach
    void putTheDefaultBack() {
        SSLContext.setDefault(before);
    }

    @Test
    void aServerWhoseCertificateNobodyKnowsIsRefused() throws Exception {
        KeyStore keys = selfSigned("ip:127.0.0.1");
        try (Https server = new Https(keys)) {
            assertThatThrownBy(() -> call(server))
                    .isInstanceOfSatisfying(
                            ModelException.class,
                            failure -> assertThat(failure.failure().type()).isEqualTo("connection"));
        }
    }

    @Test
    void aServerThatTheDefaultTrustsAnswers() throws Exception {
        KeyStore keys = selfSigned("ip:127.0.0.1");
        SSLContext.setDefault(trusting(keys));
        try (Https server = new Https(keys)) {
            assertThat(call(server).text()).contains("42");
        }
    }

    @Test
    void aTrustedCertificateOfAnotherHostIsRefused() throws Exception {
        KeyStore keys = selfSigned("dns:elsewhere.example");
        SSLContext.setDefault(trusting(keys));
        try (Https server = new Https(keys)) {
            assertThatThrownBy(() -> call(server)).isInstanceOf(ModelException.class);
        }
    }

    private static Completion call(Https server) throws InterruptedException {
        return Servers.model(server.url(), Map.of())
                .complete(
                        Servers.request(),
                        SimpleAttempt.of(new TrialKey("mini", "logic", "q1", 1), 1, Duration.ofSeconds(20)));
    }

    private KeyStore selfSigned(String name) throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=rtel test",
                        "-ext",
                        "san=" + name,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static SSLContext trusting(KeyStore keys) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), new SecureRandom());
        return context;
    }

    /** An https server on this machine. */
    private static final class Https implements AutoCloseable {
        private final HttpsServer server;

        Https(KeyStore keys) throws Exception {
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), null, new SecureRandom());
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            server.createContext("/", exchange -> {
                try (exchange) {
                    exchange.getRequestBody().readAllBytes();
                    byte[] answer = Servers.ANSWER.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                }
            });
            server.start();
        }

        String url() {
            return "https://127.0.0.1:" + server.getAddress().getPort() + "/v1";
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
