package dev.rtel.graders.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.common.PlainJson;
import dev.rtel.graders.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeFinderTest {
    @Test
    @SuppressWarnings("unchecked")
    void everyCaseOfTheCorpusIsFoundAsStated() {
        List<String> wrong = new ArrayList<>();
        var items = (List<Map<String, Object>>)
                SharedData.object(SharedData.text("hostile/extraction.json")).get("items");
        for (Map<String, Object> item : items) {
            var task = (Map<String, Object>) item.get("task");
            var expected = (Map<String, Object>) item.get("expected");
            var found = CodeFinder.find(
                    (String) item.get("response"), (String) task.get("entry"), String.valueOf(task.get("buggy")));
            String code = expected.get("code") == null ? "" : ((String) expected.get("code")).stripTrailing();
            String reason = expected.get("reason") == null ? "" : (String) expected.get("reason");
            if (!found.code().stripTrailing().equals(code)
                    || !found.reason().equals(reason)
                    || !found.flags().equals(expected.get("flags"))) {
                wrong.add(item.get("id") + " " + found);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(items).hasSize(12);
    }

    @Test
    void everyOwnReplyIsFoundAsStated() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<Map<String, @Nullable Object>> items;
        try (InputStream in = Objects.requireNonNull(CodeFinderTest.class.getResourceAsStream("/code/replies.jsonl"))) {
            items = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(PlainJson::readObject)
                    .toList();
        }
        for (Map<String, @Nullable Object> item : items) {
            var found = CodeFinder.find(
                    String.valueOf(item.get("reply")),
                    String.valueOf(item.get("entry")),
                    String.valueOf(item.get("buggy")));
            String code = item.get("code") instanceof String text ? text.stripTrailing() : "";
            if (!found.code().stripTrailing().equals(code)
                    || !found.reason().equals(item.get("reason"))
                    || !found.flags().equals(item.get("flags"))) {
                wrong.add(item.get("id") + " " + item.get("title") + ": " + found);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(items).hasSizeGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void nothingBreaksIt(long seed) {
        List<String> pieces = List.of(
                "```",
                "~~~",
                "`",
                "python",
                "\n",
                "\r\n",
                "   ",
                "def f(x):",
                "class S:",
                "    def f(self):",
                "f = ",
                "import os",
                "<think>",
                "</think>",
                "--- a",
                "+++ b",
                "@@ -1 +1 @@",
                "diff",
                "x",
                "\uD800",
                "\uFEFF",
                "\0",
                "(",
                ")",
                ":",
                "# ",
                "'",
                "return x",
                "\t");
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 500; i++) {
            StringBuilder reply = new StringBuilder();
            for (int j = random.nextInt(60); j > 0; j--) {
                reply.append(pieces.get(random.nextInt(pieces.size())));
            }
            var found = CodeFinder.find(reply.toString(), "f", "def f(x):\n");
            assertThat(found.code().isEmpty())
                    .as(reply.toString())
                    .isEqualTo(!found.reason().isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```\n",
                "```python\n",
                "~~~\n",
                "`",
                "def f(x):\n",
                "f = ",
                "import a\n",
                "<think>",
                "</think>",
                "<",
                "--- a\n",
                "@@ -",
                "    \n",
                "\n",
                "x(",
                ")",
                "```python\ndef g():\n```\n",
                "```\ndef f(x): pass\n```\n",
                "if a:",
                "# "
            })
    void aMegabyteIsReadInTime(String unit) {
        String reply = unit.repeat((1 << 20) / unit.length());
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> CodeFinder.find(reply, "f", "def f(x):\n    pass\n"));
    }

    @Test
    void aHelperBlockIsPutInFront() {
        var found = CodeFinder.find(
                "```python\nimport math\n```\nthen\n```python\ndef f(x):\n    return math.sqrt(x)\n```", "f", "");
        assertThat(found.code()).startsWith("import math").contains("def f");
        assertThat(found.flags()).containsExactly("joined");
    }

    @Test
    void fencesWithoutTheEntryAreNoEntryPoint() {
        assertThat(CodeFinder.find("```python\nprint(1)\n```", "f", "").reason())
                .isEqualTo("NO_ENTRY_POINT");
        assertThat(CodeFinder.find("I would sort it first.", "f", "").reason()).isEqualTo("NO_CODE");
        assertThat(CodeFinder.find("<think>```python\ndef f(): pass\n```", "f", "")
                        .reason())
                .isEqualTo("REASONING_UNCLOSED");
    }

    @Test
    void theGivenCodeCountsOnlyWhenThereIsNoOther() {
        String buggy = "def f(x):\n    return x\n";
        String fixed = "def f(x):\n    return x + 1\n";
        assertThat(CodeFinder.find("```\n" + fixed + "```\nwas\n```\n" + buggy + "```", "f", buggy)
                        .code())
                .isEqualTo(fixed);
        assertThat(CodeFinder.find("```\n" + buggy + "```", "f", buggy).code()).isEqualTo(buggy);
    }
}
