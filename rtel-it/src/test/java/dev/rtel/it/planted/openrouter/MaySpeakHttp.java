package dev.rtel.it.planted.openrouter;

import java.net.http.HttpClient;

final class MaySpeakHttp {
    HttpClient client() {
        return HttpClient.newHttpClient();
    }
}
