package dev.rtel.cli;

import dev.rtel.Rtel;
import dev.rtel.config.ConfigException;
import dev.rtel.spi.Components;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sets up the facade as the command line uses it: everything on the class path, secrets from the surroundings. */
final class Toolbox {
    private Toolbox() {}

    static Rtel.Builder builder(Session session, @Nullable Path keyFile, String codeSandbox) {
        Rtel.Builder builder = Rtel.builder()
                .discoverProviders(Toolbox.class.getClassLoader())
                .secrets(name -> session.secret(name, keyFile))
                .option("code-sandbox", codeSandbox);
        // the environment alone: a file that lies in some folder must not be able to allow it
        Optional<String> allowed =
                Optional.ofNullable(session.surroundings().environment().get("RTEL_ALLOW_UNSAFE_CODE"));
        if (codeSandbox.equals("unsafe") && !allowed.equals(Optional.of("yes"))) {
            throw new ConfigException("--code-sandbox unsafe runs code of models without containment; it needs"
                    + " RTEL_ALLOW_UNSAFE_CODE=yes in the environment as well");
        }
        allowed.ifPresent(value -> builder.option("allow-unsafe-code", value));
        return builder;
    }

    /** The registries alone, for listings. */
    static Components components() {
        return Components.of(
                List.of(),
                Optional.of(Toolbox.class.getClassLoader()),
                Clock.systemUTC(),
                n -> Optional.empty(),
                java.util.Map.of());
    }
}
