package dev.rtel.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A published evaluation of 23 models with all the gaps that real usage reports have. */
class PublishedRunsTest {
    private static final Path FILE = Path.of(
            System.getProperty("rtel.shared", "../../shared"), "data", "lrm-token-economy", "evaluation_stats.csv");

    @Test
    void elevenOfTwentyThreeModelsCanBeRankedByReasoningTokensAndAllHaveE0() throws IOException {
        Assumptions.assumeTrue(Files.exists(FILE), "no published runs at " + FILE);
        Map<String, List<EfficiencySummary.Item>> items = new TreeMap<>();
        Map<String, List<TokenDecomposition.Item>> generated = new TreeMap<>();
        List<String> lines = Files.readAllLines(FILE);
        List<String> header = cells(lines.get(0));
        for (String line : lines.subList(1, lines.size())) {
            List<String> row = cells(line);
            String model = row.get(header.indexOf("model_name"));
            boolean right = Double.parseDouble(row.get(header.indexOf("total_score"))) >= 1;
            OptionalLong completion = count(row.get(header.indexOf("tokens_completion")));
            OptionalLong reasoning = count(row.get(header.indexOf("tokens_reasoning")));
            items.computeIfAbsent(model, m -> new ArrayList<>())
                    .add(new EfficiencySummary.Item(
                            right, reasoning, completion, true, OptionalDouble.empty(), OptionalDouble.empty()));
            generated
                    .computeIfAbsent(model, m -> new ArrayList<>())
                    .add(new TokenDecomposition.Item(right, true, completion));
        }

        assertThat(items).hasSize(23);
        assertThat(items.values().stream()
                        .filter(i -> EfficiencySummary.of(i, 0.95).status().rankable())
                        .count())
                .isEqualTo(11);
        assertThat(generated.values())
                .allSatisfy(i -> assertThat(TokenDecomposition.of(i).e0()).isPresent());
    }

    private static OptionalLong count(String cell) {
        return cell.isBlank() ? OptionalLong.empty() : OptionalLong.of(Math.round(Double.parseDouble(cell)));
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (char c : line.toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
