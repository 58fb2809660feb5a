package dev.rtel.graders.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.graders.SharedData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
