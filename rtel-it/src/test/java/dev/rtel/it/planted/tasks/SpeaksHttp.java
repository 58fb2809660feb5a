package dev.rtel.it.planted.tasks;

import java.net.http.HttpClient;

final class SpeaksHttp {
    HttpClient client() {
        return HttpClient.newHttpClient();
    }
}
