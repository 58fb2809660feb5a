package dev.rtel.tasks.internal;

/**
 * Where a value stands.
 *
 * @param file the file as the user named it
 * @param line from 1; that of the key, for values with a key
 * @param path e.g. {@code samples[2].target}; empty for the whole file
 */
public record Place(String file, int line, String path) {
    /** The place of a member of the group here. */
    public Place member(String key, int memberLine) {
        return new Place(file, memberLine, path.isEmpty() ? key : path + "." + key);
    }

    /** The place of an item of the list here. */
    public Place item(int index, int itemLine) {
        return new Place(file, itemLine, path + "[" + index + "]");
    }

    /** Returns {@code file:line}. */
    public String fileAndLine() {
        return file + ":" + line;
    }

    /** Puts a problem into words: {@code file:line: path: what}. */
    public String say(String what) {
        return fileAndLine() + ": " + (path.isEmpty() ? "" : path + ": ") + what;
    }
}
