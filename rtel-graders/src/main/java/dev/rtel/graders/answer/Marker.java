package dev.rtel.graders.answer;

/**
 * A place that announces an answer. Indices of the cleaned text.
 *
 * @param tier 1 explicit, 2 declarative sentence
 * @param start first index of the marker
 * @param valueStart first index of what it announces
 * @param valueEnd index after it
 * @param complete whether it is syntactically closed: brace, tag, or line break after it
 * @param line whether the value is the rest of a line and has to be cut at the end of its sentence
 * @param quoted whether the marker stands in quotation marks inside a sentence
 * @param nextLine whether the value is the line below a heading
 */
record Marker(
        int tier,
        int start,
        int valueStart,
        int valueEnd,
        boolean complete,
        boolean line,
        boolean quoted,
        boolean nextLine) {}
