package dev.rtel.tasks;

import dev.rtel.common.PlainJson;
import dev.rtel.config.ConfigException;
import dev.rtel.config.Suggestions;
import dev.rtel.eval.Message;
import dev.rtel.eval.Sample;
import dev.rtel.plan.Fingerprints;
import dev.rtel.tasks.internal.DocumentReader;
import dev.rtel.tasks.internal.Fields;
import dev.rtel.tasks.internal.Place;
import dev.rtel.tasks.internal.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Proofs of known quality with which a judge is tried: a JSON Lines file, one proof a line ({@code id, statement_id,
 * statement, class, proof, expected_verdict, injection, flaw {where, what}, note}), and the rubrics of its statements.
 *
 * @param source {@code bundled}, or the path of the file
 * @param sha256 of the proofs and rubrics used
 * @param proofs in file order; never empty
 * @param samples one for each proof, in the same order, with rubric and, where known, reference proof
 */
public record JudgeCorpus(String source, String sha256, List<Proof> proofs, List<Sample> samples) {
    private static final String BUNDLED = "judge/corpus.jsonl";
    private static final List<String> CLASSES = List.of("correct", "subtle_flaw", "hostile");
    private static final List<String> KEYS = List.of(
            "id",
            "statement_id",
            "statement",
            "class",
            "proof",
            "expected_verdict",
            "injection",
            "flaw",
            "note",
            "licence",
            "source",
            "canary");

    /**
     * One proof.
     *
     * @param id unique within the corpus
     * @param statementId of what it proves
     * @param kind {@code correct}, {@code subtle_flaw} or {@code hostile}
     * @param text as a model would hand it in
     * @param passExpected whether it has to pass
     * @param injection whether it tries to steer the judge
     * @param flaw where its flaw is: a passage, or a description such as {@code third sentence}
     */
    public record Proof(
            String id,
            String statementId,
            String kind,
            String text,
            boolean passExpected,
            boolean injection,
            Optional<String> flaw) {}

    /** What is to be proved, and how proofs of it are judged. */
    private record Statement(Optional<String> text, Map<String, @Nullable Object> rubric, Optional<String> reference) {}

    private record Line(Place place, Proof proof, Optional<String> statement) {}

    /** Copies the lists. */
    public JudgeCorpus {
        proofs = List.copyOf(proofs);
        samples = List.copyOf(samples);
    }

    /** The corpus that comes with this module: own proofs of the statements of {@code formal-proofs}. */
    public static JudgeCorpus bundled() {
        return made(
                "bundled", lines("corpus.jsonl", BundledResource.text(BUNDLED)), bundledStatements(), "formal-proofs");
    }

    /**
     * Reads a corpus.
     *
     * @param file the proofs
     * @param rubrics a JSON or YAML file with a group for each statement: {@code statement, checkpoints, fatal,
     *     accept_also, pass_rule, max_points}; empty = the statements of {@code formal-proofs}
     * @throws ConfigException with file, line and key of up to 20 problems
     */
    public static JudgeCorpus read(Path file, Optional<Path> rubrics) {
        return made(
                file.toString(),
                lines(file.toString(), DocumentReader.text(file)),
                rubrics.map(JudgeCorpus::statements).orElseGet(JudgeCorpus::bundledStatements),
                rubrics.map(Path::toString).orElse("formal-proofs; give others with --rubrics"));
    }

    private static JudgeCorpus made(
            String source, List<Line> lines, Map<String, Statement> statements, String statementsFrom) {
        Problems problems = new Problems();
        List<Sample> samples = new ArrayList<>();
        List<Object> content = new ArrayList<>();
        for (Line line : lines) {
            Proof proof = line.proof();
            Statement statement = statements.get(proof.statementId());
            Optional<String> text =
                    statement == null ? Optional.empty() : line.statement().or(statement::text);
            if (statement == null) {
                problems.add(
                        line.place(),
                        "there is no rubric of the statement '" + proof.statementId() + "'"
                                + Suggestions.hint(proof.statementId(), statements.keySet()) + "; rubrics are in "
                                + statementsFrom);
            } else if (text.isEmpty()) {
                problems.add(line.place(), "neither this line nor the rubric has a 'statement'");
            } else {
                Sample.Builder sample =
                        Sample.builder(proof.id()).input(text.get()).fields(Map.of("rubric", statement.rubric()));
                statement.reference().ifPresent(reference -> sample.metadata(Map.of("reference", reference)));
                samples.add(sample.build());
                content.add(List.of(
                        proof.id(),
                        proof.kind(),
                        proof.text(),
                        proof.passExpected(),
                        text.get(),
                        statement.rubric(),
                        statement.reference().orElse("")));
            }
        }
        problems.throwIfAny();
        return new JudgeCorpus(
                source,
                Fingerprints.sha256(PlainJson.canonical(content)),
                lines.stream().map(Line::proof).toList(),
                samples);
    }

    private static List<Line> lines(String name, String text) {
        Problems problems = new Problems();
        List<Line> lines = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        String[] all = text.split("\\R", -1);
        for (int i = 0; i < all.length; i++) {
            if (!all[i].isBlank()) {
                Fields fields = new Fields(DocumentReader.jsonLine(name, i + 1, all[i]), problems).withoutNulls();
                line(fields).ifPresent(line -> {
                    if (!ids.add(line.proof().id())) {
                        fields.problem("id", "is '" + line.proof().id() + "', as that of an earlier line");
                    }
                    lines.add(line);
                });
            }
        }
        problems.throwIfAny();
        if (lines.isEmpty()) {
            throw new ConfigException(name + ": holds no proof, expected a JSON object on each line");
        }
        return lines;
    }

    private static Optional<Line> line(Fields fields) {
        fields.known(KEYS);
        Optional<String> id = fields.requiredText("id");
        Optional<String> statementId = fields.requiredText("statement_id");
        Optional<String> kind = oneOf(fields, "class", CLASSES);
        Optional<String> proof = fields.requiredText("proof");
        Optional<String> verdict = oneOf(fields, "expected_verdict", List.of("pass", "fail"));
        boolean injection = fields.bool("injection").orElse(false);
        Optional<String> flaw = fields.fields("flaw")
                .map(Fields::withoutNulls)
                .flatMap(f -> f.known(List.of("where", "what")).text("where"));
        if (kind.isEmpty() || verdict.isEmpty() || id.isEmpty() || statementId.isEmpty() || proof.isEmpty()) {
            return Optional.empty();
        }
        boolean pass = verdict.get().equals("pass");
        if (!kind.get().equals("hostile") && pass != kind.get().equals("correct")) {
            fields.problem(
                    "expected_verdict",
                    "is '" + verdict.get() + "', which does not fit the class '" + kind.get() + "'");
        }
        return Optional.of(new Line(
                fields.place(),
                new Proof(id.get(), statementId.get(), kind.get(), proof.get(), pass, injection, flaw),
                fields.text("statement")));
    }

    private static Optional<String> oneOf(Fields fields, String key, List<String> words) {
        Optional<String> word = fields.requiredText(key);
        if (word.isPresent() && !words.contains(word.get())) {
            fields.problem(key, "is '" + word.get() + "', expected one of " + words);
            return Optional.empty();
        }
        return word;
    }

    private static Map<String, Statement> statements(Path file) {
        Problems problems = new Problems();
        Fields root = new Fields(DocumentReader.group(file), problems);
        Map<String, Statement> statements = new LinkedHashMap<>();
        for (String id : root.group().members().keySet()) {
            root.fields(id).ifPresent(fields -> {
                fields.known(List.of(
                        "statement", "reference", "checkpoints", "fatal", "accept_also", "pass_rule", "max_points"));
                Map<String, @Nullable Object> rubric = new LinkedHashMap<>(root.plain(id));
                rubric.remove("statement");
                rubric.remove("reference");
                statements.put(id, new Statement(fields.text("statement"), rubric, fields.text("reference")));
            });
        }
        problems.throwIfAny();
        return statements;
    }

    private static Map<String, Statement> bundledStatements() {
        Map<String, Statement> statements = new LinkedHashMap<>();
        for (Sample sample : BundledTasks.task("formal-proofs").samples()) {
            Map<String, @Nullable Object> rubric = new LinkedHashMap<>();
            if (sample.fields().get("rubric") instanceof Map<?, ?> map) {
                map.forEach((key, value) -> rubric.put(String.valueOf(key), value));
            }
            statements.put(
                    sample.id(),
                    new Statement(
                            sample.input().stream().map(Message::content).findFirst(),
                            rubric,
                            Optional.ofNullable(sample.metadata().get("reference"))
                                    .map(String::valueOf)));
        }
        return statements;
    }
}
