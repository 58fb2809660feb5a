package dev.rtel.graders.code;

import dev.rtel.spi.CodeExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The folders and processes of one run; closing ends the processes, then removes the folders. */
final class CodeRun implements AutoCloseable {
    private final Backend backend;
    private final PythonProbe python;
    private final long outputBytes;
    private final List<HostProcess> hosts = new ArrayList<>();
    private final List<WorkFolder> folders = new ArrayList<>();
    private boolean closed;

    CodeRun(Backend backend, PythonProbe python, long outputBytes) {
        this.backend = backend;
        this.python = python;
        this.outputBytes = outputBytes;
    }

    /** Starts one process of the run and has it lock itself in; nothing of the submission is there yet. */
    LockedHost open(String script, boolean objects, Duration wall, long memory)
            throws IOException, InterruptedException, HostProcess.EndedException {
        Compiled program = Compiled.of(python, script);
        WorkFolder folder = backend.needsFolder() ? new WorkFolder(backend.changesUser()) : null;
        HostProcess process = start(program, folder);
        return LockedHost.of(backend, process, backend.settings(python, folder), objects, wall, memory);
    }

    /** The run is closed between two starts, never during one. */
    private synchronized HostProcess start(Compiled program, @Nullable WorkFolder folder)
            throws IOException, InterruptedException {
        var variables = new TreeMap<String, String>();
        variables.put("PATH", "/usr/bin:/bin");
        variables.put("LANG", "C.UTF-8");
        variables.put("LC_ALL", "C.UTF-8");
        variables.put("PYTHONHASHSEED", "0");
        if (folder != null) {
            folders.add(folder);
            variables.put("HOME", folder.path().toString());
            variables.put("TMPDIR", folder.path().toString());
        }
        if (closed) {
            folders.forEach(WorkFolder::close);
            throw new InterruptedException("the run is over");
        }
        boolean contained = backend.promise() == CodeExecutor.Containment.CONTAINED;
        List<String> command = backend.command(python, Compiled.LAUNCHER, variables);
        HostProcess process = new HostProcess(command, variables, folder, outputBytes, contained, program.bytes());
        hosts.add(process);
        return process;
    }

    /** Once only; a second caller waits until the first is done. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            try {
                hosts.forEach(HostProcess::close);
            } finally {
                folders.forEach(WorkFolder::close);
            }
        }
    }
}
