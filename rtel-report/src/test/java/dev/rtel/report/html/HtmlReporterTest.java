package dev.rtel.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rtel.config.Config;
import dev.rtel.config.ConfigException;
import dev.rtel.spi.ComponentContext;
import dev.rtel.spi.ReporterProvider;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

class HtmlReporterTest {
    private static final int TWO_MEGABYTES = 2_000_000;

    static Stream<Example> everyPage() {
        return Stream.of(
                Example.six(),
                new Example(true, Example.SIX, 1),
                new Example(false, Example.SIX, 2),
                new Example(true, Example.SIX, 1, Example.Texts.HOSTILE),
                new Example(false, Example.hostileNames(), 1, Example.Texts.HOSTILE));
    }

    @ParameterizedTest
    @MethodSource("everyPage")
    void pagesAreWellFormed(Example example) {
        assertThat(Markup.parse(example.html()).getDocumentElement().getTagName())
                .isEqualTo("html");
    }

    @ParameterizedTest
    @MethodSource("everyPage")
    void nothingOnThePageRunsOrLoads(Example example) {
        List<Element> elements = Markup.elements(example.html());
        assertThat(elements)
                .extracting(Element::getTagName)
                .doesNotContain(
                        "script",
                        "iframe",
                        "object",
                        "embed",
                        "link",
                        "base",
                        "form",
                        "img",
                        "image",
                        "use",
                        "foreignObject");
        Set<String> attributes = new HashSet<>();
        elements.forEach(e -> attributes.addAll(Markup.attributes(e).keySet()));
        assertThat(attributes)
                .contains("href", "class")
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("on"))
                .doesNotContain("style", "src", "srcset", "xlink:href");
    }

    @ParameterizedTest
    @MethodSource("everyPage")
    void linksStayOnThePageAndLeadSomewhere(Example example) {
        List<Element> elements = Markup.elements(example.html());
        List<String> ids = new ArrayList<>();
        Set<String> targets = new HashSet<>();
        for (Element element : elements) {
            Map<String, String> attributes = Markup.attributes(element);
            Optional.ofNullable(attributes.get("id")).ifPresent(ids::add);
            Optional.ofNullable(attributes.get("href")).ifPresent(targets::add);
        }
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z0-9-]+"));
        assertThat(targets).isNotEmpty().allMatch(href -> href.startsWith("#") && ids.contains(href.substring(1)));
    }

    @ParameterizedTest
    @MethodSource("everyPage")
    void theSecurityPolicyNamesExactlyTheStyleSheet(Example example) throws Exception {
        String html = example.html();
        assertThat(html.split("<style>", -1)).hasSize(2);
        String css = html.substring(html.indexOf("<style>") + 7, html.indexOf("</style>"));
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(css.getBytes(StandardCharsets.UTF_8)));
        String policy = Markup.elements(html).stream()
                .filter(e -> e.getAttribute("http-equiv").equals("Content-Security-Policy"))
                .map(e -> e.getAttribute("content"))
                .findFirst()
                .orElseThrow();
        assertThat(policy)
                .isEqualTo("default-src 'none'; style-src 'sha256-" + hash + "'; base-uri 'none'; form-action 'none'");
        assertThat(css).doesNotContain("url(").doesNotContain("@import").doesNotContain("<");
    }

    @ParameterizedTest
    @MethodSource("everyPage")
    void everyTableHasACaptionAndEveryHeaderAScope(Example example) {
        List<Element> elements = Markup.elements(example.html());
        List<Element> tables =
                elements.stream().filter(e -> e.getTagName().equals("table")).toList();
        assertThat(tables).hasSizeGreaterThan(5);
        assertThat(tables).allMatch(t -> t.getElementsByTagName("caption").getLength() == 1);
        assertThat(elements).filteredOn(e -> e.getTagName().equals("th")).allMatch(e -> e.hasAttribute("scope"));
    }

    @ParameterizedTest
    @MethodSource("everyPage")
    void everyDrawingHasATitleOrIsDecoration(Example example) {
        assertThat(Markup.elements(example.html()))
                .filteredOn(e -> e.getTagName().equals("svg"))
                .allMatch(e -> e.getAttribute("aria-hidden").equals("true")
                        || e.getElementsByTagName("title").getLength() > 0);
        Element chart = Markup.elements(example.html()).stream()
                .filter(e -> e.getAttribute("class").equals("chart"))
                .findFirst()
                .orElseThrow();
        assertThat(chart.getAttribute("role")).isEqualTo("img");
        assertThat(chart.getElementsByTagName("desc").item(0).getTextContent()).contains("frontier", "accuracy");
    }

    @Test
    void simulatedPagesSaySoEverywhere() {
        String html = new Example(true, Example.SIX, 1).html();
        List<Element> elements = Markup.elements(html);
        assertThat(text(elements, "title")).first().asString().startsWith("[SIMULATED]");
        assertThat(text(elements, "caption")).isNotEmpty().allMatch(c -> c.startsWith("[SIMULATED]"));
        assertThat(text(elements, "figcaption")).isNotEmpty().allMatch(c -> c.startsWith("[SIMULATED]"));
        assertThat(elements).anyMatch(e -> e.getAttribute("class").equals("watermark"));
        assertThat(elements).anyMatch(e -> e.getAttribute("class").equals("banner"));
        assertThat(html).contains("@top-center { content: \"SIMULATED DATA");
    }

    @Test
    void realPagesCarryNoSimulationMark() {
        assertThat(Example.six().html().toUpperCase(Locale.ROOT))
                .doesNotContain("SIMULATED]", "SIMULATED DATA:")
                .doesNotContain(">SIMULATED<");
    }

    @Test
    void aSimulatedPlanMarksThePageEvenIfTheLeaderboardForgot() {
        Example example = new Example(true, Example.SIX, 1);
        var board = example.leaderboard;
        example.leaderboard = new dev.rtel.eval.Leaderboard(
                false, board.runIds(), board.generatedAt(), board.policy(), board.rows(), board.warnings());
        assertThat(example.html()).contains("<title>[SIMULATED]");
    }

    @Test
    void equalInputGivesEqualBytesInAnyLocaleAndZone() {
        Example example = Example.six();
        String first = example.html();
        Locale locale = Locale.getDefault();
        java.util.TimeZone zone = java.util.TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            java.util.TimeZone.setDefault(java.util.TimeZone.getTimeZone("Asia/Tokyo"));
            assertThat(example.html().equals(first)).isTrue();
        } finally {
            Locale.setDefault(locale);
            java.util.TimeZone.setDefault(zone);
        }
    }

    @Test
    void theOrderOfTheRecordsDoesNotMatter() {
        Example example = Example.six();
        String first = example.html();
        Collections.shuffle(example.records, new java.util.Random(3));
        assertThat(example.html().equals(first)).isTrue();
    }

    @Test
    void hostileTextsAreShownAndInert() {
        String html = new Example(false, Example.hostileNames(), 1, Example.Texts.HOSTILE).html();
        assertThat(html).doesNotContain("<script").doesNotContain("<img").doesNotContain("href=\"javascript");
        assertThat(html).contains("&lt;script&gt;alert(1)&lt;/script&gt;", "{{title}}", "␀␇␛", "⟨U+202E⟩", "⟨U+D800⟩");
        assertThat(html.codePoints())
                .noneMatch(c -> Character.getType(c) == Character.FORMAT
                        || Character.isISOControl(c) && c != '\n' && c != '\t');
    }

    @Test
    void pagesOf120TrialsStayBelowTwoMegabytesWhateverTheModelsReply() {
        Example huge = new Example(true, Example.SIX, 1, Example.Texts.HUGE);
        assertThat(huge.records).hasSize(120);
        String html = huge.html();
        assertThat(html.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(TWO_MEGABYTES);
        assertThat(html).contains("whole text in completions.jsonl");
        assertThat(Markup.elements(html))
                .filteredOn(e -> e.getTagName().equals("pre"))
                .anyMatch(e -> e.getTextContent().matches("(?s).*Final answer: \\d+"));
    }

    @Test
    void largeRunsShowLessOfEachText() {
        String small = new Example(true, Example.SIX, 1, Example.Texts.HUGE).html();
        String large = new Example(true, Example.SIX, 8, Example.Texts.HUGE).html();
        assertThat(large.length()).isLessThan(6 * small.length());
        assertThat(Markup.parse(large)).isNotNull();
    }

    @Test
    void unknownReasoningIsNeverShownAsZero() {
        String html = Example.six().html();
        String row = Markup.row(html, "board", "claude-opus-5");
        assertThat(row).contains("n/r");
        assertThat(Markup.row(html, "board", "mistral-small")).contains("off");
        assertThat(row.replaceAll("\\d+ \\+ \\d+", "")).doesNotContainPattern("(?<![\\d.,])0(?![\\d.,])");
        assertThat(Markup.row(html, "bytask", "claude-opus-5")).contains("n/r").doesNotContain("0 tok");
    }

    @Test
    void everyTrialHasAPlaceToLinkToInsideItsFold() {
        Example example = Example.six();
        List<Element> evidence = Markup.elements(example.html()).stream()
                .filter(e -> e.getAttribute("class").equals("target evidence"))
                .toList();
        assertThat(evidence).hasSize(example.records.size());
        assertThat(evidence).extracting(e -> e.getAttribute("id")).contains("trial-qwen-qwen3-max-aime-math-aime-01-1");
        assertThat(evidence)
                .allMatch(e -> ((Element) e.getParentNode()).getTagName().equals("details"));
    }

    @Test
    void whatWentWrongComesFirst() {
        List<Page.ModelSamples> models = page(Example.six()).models();
        assertThat(models).hasSize(6);
        for (Page.ModelSamples model : models) {
            List<Integer> ranks = model.trials().stream()
                    .map(t -> List.of("failed", "quarantined", "unscored", "wrong", "passed")
                            .indexOf(t.word()))
                    .toList();
            assertThat(ranks).isSorted().doesNotContain(-1);
        }
    }

    @Test
    void theHeadCountsWhatIsMissing() {
        assertThat(page(Example.six()).head().completeness())
                .isEqualTo("116 of 120 trials graded, 2 failed, 1 unscored, 1 quarantined.");
        Example half = Example.six();
        half.records.subList(60, 120).clear();
        assertThat(page(half).head().completeness()).contains("60 not run");
    }

    @Test
    void severalEpochsAreCountedInOneCell() {
        Page.Matrix matrix = page(new Example(false, Example.SIX, 3)).matrix();
        assertThat(matrix.groups()).hasSize(4);
        assertThat(matrix.groups().get(0).rows().get(0).cells())
                .hasSize(6)
                .allMatch(c -> c.glyph().matches("[0-3]/[1-3]") && c.linked());
    }

    @Test
    void anEmptyBoardIsStillAPage() {
        Example example = Example.six();
        example.records.clear();
        var board = example.leaderboard;
        example.leaderboard = new dev.rtel.eval.Leaderboard(
                false, List.of(), board.generatedAt(), board.policy(), List.of(), List.of());
        String html = example.html();
        assertThat(Markup.parse(html)).isNotNull();
        assertThat(html).contains("Nothing can be said yet", "nothing to draw", "No trial has been run", "120 not run");
    }

    @Test
    void reproductionHoldsCommandParametersAndDigests() {
        String html = Example.six().html();
        assertThat(html)
                .contains(
                        "rtel run --roster current --max-cost 5",
                        "&quot;max_tokens&quot;:16000",
                        "OPENROUTER_API_KEY, RTEL_STORE",
                        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    }

    @Test
    void theProviderIsListedAndRefusesSettings() {
        ReporterProvider provider = ServiceLoader.load(ReporterProvider.class).stream()
                .filter(p -> p.type() == HtmlReporter.Provider.class)
                .findFirst()
                .orElseThrow()
                .get();
        assertThat(provider.name()).isEqualTo("html");
        assertThat(provider.create(context(Map.of())).fileName()).isEqualTo("report.html");
        assertThatThrownBy(() -> provider.create(context(Map.of("theme", "dark"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("theme");
    }

    @Test
    void noTemplateHoldsAnUnescapedValue() {
        for (String name :
                List.of("head", "body", "chart", "board", "bar", "value", "tasks", "matrix", "samples", "reproduce")) {
            assertThat(Markup.resource(name + ".mustache"))
                    .doesNotContain("{{{")
                    .doesNotContain("{{&");
        }
    }

    @Test
    void coloursAreReadableInLightAndDark() {
        Matcher blocks = Pattern.compile(":root \\{(.*?)}", Pattern.DOTALL).matcher(Markup.resource("report.css"));
        int modes = 0;
        while (blocks.find()) {
            Map<String, String> colours = Markup.colours(blocks.group(1));
            for (String text : List.of(
                    "ink", "soft", "link", "pass", "wrong", "failed", "warn", "c0", "c1", "c2", "c3", "c4", "c5")) {
                assertThat(Markup.contrast(colours.get(text), colours.get("paper")))
                        .as(text)
                        .isGreaterThan(4.5);
            }
            for (String pair : List.of(
                    "soft faint",
                    "pass pass-tint",
                    "wrong wrong-tint",
                    "failed failed-tint",
                    "warn warn-tint",
                    "soft warn-tint",
                    "ink wrong-tint",
                    "link faint",
                    "warn paper")) {
                String[] p = pair.split(" ");
                assertThat(Markup.contrast(colours.get(p[0]), colours.get(p[1])))
                        .as(pair)
                        .isGreaterThan(4.5);
            }
            modes++;
        }
        assertThat(modes).isEqualTo(2);
    }

    private static Page page(Example example) {
        return PageBuilder.page(example.leaderboard, example.source());
    }

    private static List<String> text(List<Element> elements, String tag) {
        return elements.stream()
                .filter(e -> e.getTagName().equals(tag))
                .filter(e -> !tag.equals("title")
                        || ((Element) e.getParentNode()).getTagName().equals("head"))
                .map(e -> e.getTextContent().strip())
                .toList();
    }

    private static ComponentContext context(Map<String, Object> settings) {
        return new ComponentContext() {
            @Override
            public Config config() {
                return Config.of("reporters.html", settings);
            }

            @Override
            public Clock clock() {
                return Clock.systemUTC();
            }

            @Override
            public Optional<dev.rtel.common.Secret> secret(String name) {
                return Optional.empty();
            }
        };
    }
}
