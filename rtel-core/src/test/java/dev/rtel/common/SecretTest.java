package dev.rtel.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void noTextFormShowsTheCredential() {
        Secret secret = new Secret("sk-very-private");
        assertThat(secret.reveal()).isEqualTo("sk-very-private");
        assertThat(secret + " " + List.of(secret) + String.format("%s", secret)).doesNotContain("private");
        assertThat(secret).isNotEqualTo(new Secret("sk-very-private"));
    }
}
