package dev.rtel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Finds a secret in files: as it is, any twelve characters of it (a cut excerpt), in Base64 at any alignment, in
 * hexadecimal digits, backwards, and within the compressed columns of a store.
 */
final class Leaks {
    private static final int EXCERPT = 12;
    private final Set<String> forms = new TreeSet<>();

    /** @param secret its random part; letters and digits only, so that no other encoding changes it */
    Leaks(String secret) {
        assertThat(secret).matches("[A-Za-z0-9]{20,}");
        for (int i = 0; i + EXCERPT <= secret.length(); i++) {
            forms.add(secret.substring(i, i + EXCERPT));
        }
        forms.add(new StringBuilder(secret).reverse().toString());
        byte[] bytes = secret.getBytes(StandardCharsets.US_ASCII);
        StringBuilder hex = new StringBuilder();
        for (byte b : bytes) {
            hex.append(String.format("%02x", b));
        }
        forms.add(hex.toString());
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = new byte[shift + bytes.length];
            System.arraycopy(bytes, 0, shifted, shift, bytes.length);
            String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // the first and last characters also hold bits of what stands around the secret
            forms.add(text.substring(shift == 0 ? 0 : 4, text.length() - 4));
        }
    }

    /** Places below the folders where the secret stands, those files excepted that the user wrote it into. */
    List<String> below(List<Path> folders, Set<Path> excepted) {
        List<String> found = new ArrayList<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(Files::isRegularFile)
                        .filter(file -> !excepted.contains(file))
                        .forEach(file -> {
                            in(bytes(file)).forEach(form -> found.add(file + ": '" + form + "'"));
                            if (file.toString().endsWith(".db")) {
                                found.addAll(inStore(file));
                            }
                        });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    /** Forms of the secret in these bytes. */
    List<String> in(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return forms.stream().filter(text::contains).toList();
    }

    private List<String> inStore(Path file) {
        List<String> found = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names = statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            assertThat(tables).as("tables of %s", file).contains("raw", "attempt");
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
                    while (rows.next()) {
                        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                            String place = file + ", " + table + "."
                                    + rows.getMetaData().getColumnName(column);
                            in(plain(rows.getObject(column))).forEach(form -> found.add(place + ": '" + form + "'"));
                        }
                    }
                }
            }
            return found;
        } catch (SQLException e) {
            throw new AssertionError("the store '" + file + "' cannot be read", e);
        }
    }

    private static byte[] plain(Object value) {
        return value instanceof byte[] blob
                ? inflated(blob)
                : String.valueOf(value).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] inflated(byte[] blob) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(blob);
            var out = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            while (!inflater.finished()) {
                int n = inflater.inflate(buffer);
                if (n == 0) {
                    return blob;
                }
                out.write(buffer, 0, n);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            return blob; // not compressed: looked at as it is
        } finally {
            inflater.end();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
