package dev.rtel.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rtel.config.Config;
import dev.rtel.eval.ComponentSpec;
import dev.rtel.eval.GradeIdentity;
import dev.rtel.eval.Message;
import dev.rtel.eval.Origin;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.Sample;
import dev.rtel.eval.Target;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FingerprintsTest {
    private static final List<Message> MESSAGES = List.of(new Message("system", "be brief"), Message.user("2 + 2?"));

    private static PlannedModel model(
            String name, String id, Map<String, ?> params, Map<String, ?> routing, Origin origin) {
        return new PlannedModel(
                name,
                id,
                ComponentSpec.of("scripted"),
                ComponentSpec.of("usage"),
                new LinkedHashMap<String, Object>(params),
                new LinkedHashMap<String, Object>(routing),
                origin,
                OptionalInt.empty(),
                false,
                false);
    }

    private static PlannedModel model(Map<String, ?> params) {
        return model("m", "lab/m", params, Map.of(), new Origin("openrouter", false));
    }

    private static String print(PlannedModel model) {
        return Fingerprints.completion(model, MESSAGES, 1);
    }

    private static Sample sample(Target target) {
        return Sample.of("s", "2 + 2?", target);
    }

    private static GradeIdentity grader(Map<String, ?> settings) {
        return new GradeIdentity("exact", new LinkedHashMap<String, Object>(settings), "1", Map.of());
    }

    @Test
    void bothNameTheirScheme() {
        assertThat(print(model(Map.of()))).matches("c1:[0-9a-f]{64}");
        assertThat(Fingerprints.grade(sample(Target.of("4")), grader(Map.of()))).matches("g1:[0-9a-f]{64}");
    }

    @Test
    void sha256IsThatOfTheUtf8Bytes() {
        assertThat(Fingerprints.sha256(""))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(Fingerprints.sha256("é"))
                .isEqualTo("4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c");
    }

    @Test
    void everyPartOfTheCompletionsIdentityChangesIt() {
        Origin real = new Origin("openrouter", false);
        Map<String, Object> params = Map.of("temperature", 0.5);
        PlannedModel base = model("m", "lab/m", params, Map.of("only", List.of("lab")), real);
        List<String> all = new ArrayList<>();
        all.add(print(base));
        all.add(print(model("m", "lab/m2", params, base.routing(), real)));
        all.add(print(model("m", "lab/m", Map.of("temperature", 0.6), base.routing(), real)));
        all.add(print(model("m", "lab/m", Map.of(), base.routing(), real)));
        all.add(print(model("m", "lab/m", params, Map.of(), real)));
        all.add(print(model("m", "lab/m", params, Map.of("only", List.of("other")), real)));
        all.add(print(model("m", "lab/m", params, base.routing(), new Origin("openrouter", true))));
        all.add(print(model("m", "lab/m", params, base.routing(), new Origin("openai-compatible", false))));
        all.add(Fingerprints.completion(base, MESSAGES, 2));
        all.add(Fingerprints.completion(base, List.of(MESSAGES.get(1)), 1));
        all.add(Fingerprints.completion(base, List.of(MESSAGES.get(1), MESSAGES.get(0)), 1));
        all.add(Fingerprints.completion(base, List.of(Message.user("be brief"), MESSAGES.get(1)), 1));
        all.add(Fingerprints.completion(base, List.of(MESSAGES.get(0), Message.user("2 + 2? ")), 1));
        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void messagesCannotRunIntoEachOther() {
        PlannedModel model = model(Map.of());
        Set<String> prints = new TreeSet<>();
        prints.add(Fingerprints.completion(model, List.of(Message.user("ab"), Message.user("c")), 1));
        prints.add(Fingerprints.completion(model, List.of(Message.user("a"), Message.user("bc")), 1));
        prints.add(Fingerprints.completion(model, List.of(Message.user("abc")), 1));
        prints.add(Fingerprints.completion(model, List.of(Message.user("ab\",\"c")), 1));
        assertThat(prints).hasSize(4);
    }

    @Test
    void orderAndSpellingOfParametersDoNotCount() {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("reasoning", Map.of("effort", "high", "exclude", false));
        one.put("temperature", new BigDecimal("1.0"));
        Map<String, Object> two = new LinkedHashMap<>();
        two.put("temperature", 1);
        Map<String, Object> reasoning = new LinkedHashMap<>();
        reasoning.put("exclude", false);
        reasoning.put("effort", "high");
        two.put("reasoning", reasoning);
        assertThat(print(model(one))).isEqualTo(print(model(two)));
    }

    @Test
    void aParameterThatIsNullDiffersFromAnAbsentOne() {
        Map<String, Object> withNull = new LinkedHashMap<>();
        withNull.put("stop", null);
        assertThat(print(model(withNull))).isNotEqualTo(print(model(Map.of())));
    }

    @Test
    void nameConcurrencyAndSettingsOfTheClientDoNotCount() {
        PlannedModel plain = model(Map.of());
        PlannedModel other = new PlannedModel(
                "another name",
                plain.id(),
                new ComponentSpec("scripted", Config.of("models[0].settings", Map.of("base_url", "http://host"))),
                ComponentSpec.of("generation"),
                plain.params(),
                plain.routing(),
                plain.identity(),
                OptionalInt.of(3),
                true,
                true);
        assertThat(print(other)).isEqualTo(print(plain));
    }

    @Test
    void everyPartOfTheGradesIdentityChangesIt() {
        PlannedModel judge = model("judge", "lab/judge", Map.of(), Map.of(), new Origin("openrouter", false));
        PlannedModel other = model("judge", "lab/other", Map.of(), Map.of(), new Origin("openrouter", false));
        PlannedModel hotter =
                model("judge", "lab/judge", Map.of("temperature", 1), Map.of(), new Origin("openrouter", false));
        Sample base = sample(Target.of("4"));
        List<String> all = new ArrayList<>();
        all.add(Fingerprints.grade(base, grader(Map.of())));
        all.add(Fingerprints.grade(sample(Target.of("5")), grader(Map.of())));
        all.add(Fingerprints.grade(sample(Target.of(true)), grader(Map.of())));
        all.add(Fingerprints.grade(sample(new Target.Claims(List.of(true, false))), grader(Map.of())));
        all.add(Fingerprints.grade(sample(new Target.AnyOf(List.of("4"))), grader(Map.of())));
        all.add(Fingerprints.grade(sample(new Target.AnyOf(List.of("4", "5"))), grader(Map.of())));
        all.add(Fingerprints.grade(sample(new Target.None()), grader(Map.of())));
        all.add(Fingerprints.grade(base, grader(Map.of("tolerance", 1))));
        all.add(Fingerprints.grade(base, new GradeIdentity("boolean", Map.of(), "1", Map.of())));
        all.add(Fingerprints.grade(base, new GradeIdentity("exact", Map.of(), "2", Map.of())));
        for (PlannedModel bound : List.of(judge, other, hotter)) {
            all.add(Fingerprints.grade(base, new GradeIdentity("exact", Map.of(), "1", Map.of("judge", bound))));
        }
        all.add(Fingerprints.grade(base, new GradeIdentity("exact", Map.of(), "1", Map.of("judge-2", judge))));
        Sample.Builder builder = Sample.builder("s").input("2 + 2?").target(Target.of("4"));
        all.add(Fingerprints.grade(builder.locale("de").build(), grader(Map.of())));
        all.add(Fingerprints.grade(builder.choices(List.of("3", "4")).build(), grader(Map.of())));
        all.add(Fingerprints.grade(builder.fields(Map.of("entry", "add")).build(), grader(Map.of())));
        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void tagsMetadataAndSpellingOfSettingsDoNotChangeTheGrade() {
        Sample plain = sample(Target.of("4"));
        Sample labelled = Sample.builder("other-id")
                .input("something else")
                .target(Target.of("4"))
                .tags(List.of("t"))
                .metadata(Map.of("licence", "Apache-2.0"))
                .workload(3)
                .build();
        assertThat(Fingerprints.grade(labelled, grader(Map.of("tolerance", new BigDecimal("1.0")))))
                .isEqualTo(Fingerprints.grade(plain, grader(Map.of("tolerance", 1))));
    }
}
