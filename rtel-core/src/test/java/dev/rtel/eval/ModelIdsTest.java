package dev.rtel.eval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelIdsTest {
    @ParameterizedTest
    @CsvSource({
        "openai/gpt-5.2, openai/gpt-5.2, true",
        "openai/gpt-5.2, OpenAI/GPT-5.2, true",
        "openai/gpt-5.2:free, openai/gpt-5.2, true",
        "deepseek/deepseek-r1:free, deepseek/deepseek-r1:nitro, true",
        "gpt-5.2, openai/gpt-5.2, true",
        "gpt-5.2:free, openai/gpt-5.2, true",
        "openai/gpt-5.2, openai/gpt-5.2-mini, false",
        "openai/gpt-5.2, azure/gpt-5.2, false",
        "gpt-5, openai/gpt-5.2, false",
        "llama3:8b, llama3:70b, false",
        "llama3:8b, llama3:8b, true"
    })
    void variantsAreTheSameModelAndOthersAreNot(String one, String other, boolean same) {
        assertThat(ModelIds.same(one, other)).isEqualTo(same);
        assertThat(ModelIds.same(other, one)).isEqualTo(same);
    }

    @Test
    void theVendorStandsBeforeTheSlash() {
        assertThat(ModelIds.vendor("OpenAI/gpt-5.2:free")).isEqualTo("openai");
        assertThat(ModelIds.vendor("llama3:8b")).isEmpty();
    }
}
