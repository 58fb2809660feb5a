package dev.rtel.cli;

import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.RunPlan;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Refuses to start a run that needs a key when there is none. Servers on this machine may do without. */
final class ApiKeys {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

    private ApiKeys() {}

    static void require(Session session, RunPlan plan, @Nullable Path keyFile, boolean rolesOnly) {
        Stream<PlannedModel> models =
                Stream.concat(rolesOnly ? Stream.empty() : plan.models().stream(), plan.roles().values().stream());
        models.filter(m -> m.client().provider().equals("openrouter"))
                .filter(m -> !local(m))
                .map(m -> m.client().config().string("api_key_env").orElse("OPENROUTER_API_KEY"))
                .distinct()
                .filter(name -> session.secret(name, keyFile).isEmpty())
                .findFirst()
                .ifPresent(name -> {
                    throw new CliException(
                            ExitCode.ACCOUNT,
                            "no-api-key",
                            "no API key found",
                            "Looked at: " + name + " in the environment and in ./.env, and --api-key-file.\n"
                                    + "Set one, e.g.  printf '" + name
                                    + "=…' > .env   or try it without a key:  rtel demo");
                });
    }

    private static boolean local(PlannedModel model) {
        Optional<String> url = model.client().config().string("base_url");
        return url.map(u -> URI.create(u).getHost()).filter(LOOPBACK::contains).isPresent();
    }
}
