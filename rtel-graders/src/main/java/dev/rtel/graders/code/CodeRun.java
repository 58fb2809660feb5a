package dev.rtel.graders.code;

import java.io.IOException;

/** The folder and the Python process of one run; closing ends the process tree, then removes the folder. */
final class CodeRun implements AutoCloseable {
    private final WorkFolder folder;
    private final SolutionHost host;
    private boolean closed;

    CodeRun(String python, long outputBytes) throws IOException {
        folder = new WorkFolder();
        try {
            host = new SolutionHost(python, folder, outputBytes);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    SolutionHost host() {
        return host;
    }

    /** Once only; a second caller waits until the first is done. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            try {
                host.close();
            } finally {
                folder.close();
            }
        }
    }
}
