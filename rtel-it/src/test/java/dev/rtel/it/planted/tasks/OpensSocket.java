package dev.rtel.it.planted.tasks;

import java.io.IOException;
import java.net.Socket;

final class OpensSocket {
    Socket open() throws IOException {
        return new Socket("127.0.0.1", 1);
    }
}
