package dev.rtel.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A plain table: every column as wide as its widest cell; words left, figures right. */
final class Columns {
    private static final int WIDEST = 44;
    private final List<String> heads;
    private final int words;
    private final List<List<String>> rows = new ArrayList<>();

    /** A table whose first {@code words} columns hold words. */
    Columns(int words, String... heads) {
        this.words = words;
        this.heads = List.of(heads);
    }

    /** Adds a row; what a server or file said is made safe for a terminal. */
    void row(List<String> cells) {
        rows.add(cells.stream().map(Columns::cut).toList());
    }

    /** The lines, the heads first. */
    List<String> lines() {
        List<List<String>> all = new ArrayList<>();
        all.add(heads);
        all.addAll(rows);
        int[] widths = IntStream.range(0, heads.size())
                .map(i ->
                        all.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
                .toArray();
        return all.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        return IntStream.range(0, row.size())
                .mapToObj(i -> {
                    String space = " ".repeat(widths[i] - row.get(i).length());
                    return i < words ? row.get(i) + space : space + row.get(i);
                })
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    private static String cut(String text) {
        String safe = Plain.text(text);
        return safe.length() <= WIDEST ? safe : safe.substring(0, WIDEST - 1) + "…";
    }
}
