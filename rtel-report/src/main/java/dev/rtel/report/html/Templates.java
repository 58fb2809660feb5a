package dev.rtel.report.html;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import com.github.mustachejava.MustacheException;
import com.github.mustachejava.reflect.Guard;
import com.github.mustachejava.reflect.MissingWrapper;
import com.github.mustachejava.reflect.ReflectionObjectHandler;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * The bundled templates. The style sheet is written between two of them rather than by one, so that no template needs
 * an unescaped value. Thread-safe.
 */
final class Templates {
    private static final String FOLDER = "/dev/rtel/report/html/";

    private final Mustache head;
    private final Mustache body;
    private final String style = resource("report.css");
    private final String simulatedStyle = resource("simulated.css");

    Templates() {
        EscapingFactory factory = new EscapingFactory();
        head = factory.compile("head.mustache");
        body = factory.compile("body.mustache");
    }

    void write(Page page, OutputStream out) throws IOException {
        String css = page.simulated() ? style + simulatedStyle : style;
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        try {
            head.execute(writer, List.of(page, new StyleSource("sha256-" + sha256(css))));
            writer.write(css);
            body.execute(writer, page);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (MustacheException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e;
        }
        writer.flush();
    }

    /** The content security policy's name for the style sheet. */
    record StyleSource(String styleSource) {}

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Reader open(String name) {
        InputStream in = Templates.class.getResourceAsStream(FOLDER + name);
        if (in == null) {
            throw new IllegalStateException("the jar lacks " + FOLDER + name + "; rebuild or replace it");
        }
        return new InputStreamReader(in, StandardCharsets.UTF_8);
    }

    private static String resource(String name) {
        try (Reader reader = open(name)) {
            StringBuilder text = new StringBuilder();
            char[] buffer = new char[4096];
            for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
                text.append(buffer, 0, n);
            }
            // an HTML parser drops carriage returns before it hashes
            return text.toString().replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Escapes by {@link VisibleText} and refuses names the view model does not have. */
    private static final class EscapingFactory extends DefaultMustacheFactory {
        EscapingFactory() {
            super(Templates::open);
            setObjectHandler(new ReflectionObjectHandler() {
                @Override
                protected MissingWrapper createMissingWrapper(String name, List<Guard> guards) {
                    throw new MustacheException("the page has no value named '" + name + "'");
                }
            });
        }

        @Override
        public void encode(String value, Writer writer) {
            try {
                writer.write(VisibleText.escaped(value));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
