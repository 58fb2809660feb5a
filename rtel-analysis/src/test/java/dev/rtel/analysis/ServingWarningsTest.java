package dev.rtel.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.eval.CatalogFacts;
import dev.rtel.eval.CatalogFacts.Endpoint;
import dev.rtel.eval.Leaderboard;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.UsageFlag;
import dev.rtel.eval.Waste;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServingWarningsTest {
    private final TestRun run = new TestRun().task("sums", 4);

    private Optional<String> warning(String code) {
        return LeaderboardCalculator.of(run.plan(), run.records, Leaderboard.Policy.standard(), TestRun.START)
                .warnings()
                .stream()
                .filter(warning -> warning.code().equals(code))
                .map(Leaderboard.Warning::text)
                .findFirst();
    }

    @Test
    void aMixtureOfHostsIsNamedWithItsQuantisations() {
        PlannedModel plain = run.planned("a/m", "a/m");
        run.models.add(new PlannedModel(
                plain.name(),
                plain.id(),
                plain.client(),
                plain.extractor(),
                plain.params(),
                plain.routing(),
                plain.identity(),
                plain.maxConcurrency(),
                false,
                false,
                new CatalogFacts(
                        Set.of(),
                        List.of(
                                new Endpoint("Acme", "acme/fp8", Optional.of("fp8")),
                                new Endpoint("Bolt", "bolt", Optional.of("bf16"))))));
        run.answer("a/m", 1).provider("Acme").add();
        run.answer("a/m", 2).provider("Acme").add();
        run.answer("a/m", 3).provider("Bolt").add();
        assertThat(warning("mixed-providers").orElseThrow())
                .contains("a/m was served by 2 providers (Acme 2, Bolt 1) at quantisations bf16, fp8");
    }

    @Test
    void oneHostIsNoMixture() {
        run.model("a/m");
        run.answer("a/m", 1).provider("Acme").add();
        run.answer("a/m", 2).provider("Acme").add();
        assertThat(warning("mixed-providers")).isEmpty();
    }

    @Test
    void flagsOfServingAreCountedByModel() {
        run.model("a/m").model("b/n");
        run.answer("a/m", 1)
                .flags(UsageFlag.OTHER_PROVIDER, UsageFlag.OTHER_QUANTIZATION)
                .add();
        run.answer("b/n", 1).flags(UsageFlag.OTHER_PROVIDER).add();
        run.answer("b/n", 2).flags(UsageFlag.OTHER_PROVIDER).add();
        run.answer("b/n", 3).flags(UsageFlag.USAGE_GENERATION_DIFFER).add();
        assertThat(warning("other-provider").orElseThrow()).contains(": 3 (a/m 1, b/n 2)");
        assertThat(warning("other-quantization").orElseThrow()).contains(": 1 (a/m 1)");
        assertThat(warning("usage-generation-differ").orElseThrow()).contains("(b/n 1)");
    }

    @Test
    void whatWasPricedAndWhatWasWastedUnknownIsSaid() {
        run.model("a/m");
        run.answer("a/m", 1).priced("0.1").add();
        run.answer("a/m", 2).cost("0.1").wasted(Waste.unknown()).add();
        run.answer("a/m", 3).wasted(Waste.unknown()).addFailed("timeout");
        assertThat(warning("priced").orElseThrow()).contains("(a/m 1)", "price book");
        assertThat(warning("waste-unknown").orElseThrow()).contains("(a/m 2)", "rtel reconcile");
    }
}
