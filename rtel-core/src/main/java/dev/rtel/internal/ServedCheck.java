package dev.rtel.internal;

import dev.rtel.eval.CatalogFacts;
import dev.rtel.eval.Completion;
import dev.rtel.eval.PlannedModel;
import dev.rtel.eval.UsageFlag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds who answered against who was asked. Replies name models by id, by dated slug, or with the words of the name in
 * another order; providers by display name where routing has slugs (https://openrouter.ai/docs, August 2026).
 */
final class ServedCheck {
    private static final Pattern DATE_OR_STAGE = Pattern.compile("\\d{2,8}|v\\d+|preview|beta|exp|latest|fast");
    private static final String ROUTER = "openrouter";

    private ServedCheck() {}

    /** Returns why the answer is another model's; empty when it is the right one's, or nobody can tell. */
    static Optional<String> wrongModel(PlannedModel model, Completion completion) {
        Optional<String> served = completion.servedModel();
        if (served.isEmpty() || same(model, served.get())) {
            return Optional.empty();
        }
        return Optional.of("wrong-model: asked " + model.id() + ", " + served.get() + " answered");
    }

    private static boolean same(PlannedModel model, String served) {
        if (served.equals(model.id()) || model.facts().servedAs().contains(served)) {
            return true;
        }
        // other servers name files, aliases or deployments; only the router's names have one meaning
        return !model.identity().client().equals(ROUTER) || alike(base(model.id()), base(served));
    }

    /** The same author, and the same words but for dates and stages. */
    private static boolean alike(String asked, String served) {
        int slash = asked.indexOf('/');
        if (slash < 0 || !served.startsWith(asked.substring(0, slash + 1))) {
            return asked.equals(served);
        }
        List<String> words =
                new ArrayList<>(Arrays.asList(served.substring(slash + 1).split("-")));
        for (String word : asked.substring(slash + 1).split("-")) {
            if (!words.remove(word)) {
                return false;
            }
        }
        return words.stream().allMatch(word -> DATE_OR_STAGE.matcher(word).matches());
    }

    /** Without a variant such as {@code :free} and in lower case. */
    private static String base(String id) {
        int colon = id.indexOf(':');
        return (colon < 0 ? id : id.substring(0, colon)).toLowerCase(Locale.ROOT);
    }

    /** Returns {@link UsageFlag#OTHER_PROVIDER} and {@link UsageFlag#OTHER_QUANTIZATION} where they apply. */
    static Set<UsageFlag> flags(PlannedModel model, Completion completion) {
        Set<UsageFlag> flags = EnumSet.noneOf(UsageFlag.class);
        Optional<String> provider = completion.provider();
        if (provider.isEmpty() || model.routing().isEmpty()) {
            return flags;
        }
        List<String> wanted = texts(model.routing(), "only");
        if (wanted.isEmpty() && Boolean.FALSE.equals(model.routing().get("allow_fallbacks"))) {
            wanted = texts(model.routing(), "order");
        }
        if (!wanted.isEmpty() && wanted.stream().noneMatch(slug -> names(model.facts(), slug, provider.get()))) {
            flags.add(UsageFlag.OTHER_PROVIDER);
        }
        List<String> quantizations = texts(model.routing(), "quantizations");
        boolean other = model.facts()
                .quantization(provider.get())
                .filter(served -> !quantizations.isEmpty() && !quantizations.contains(served))
                .isPresent();
        if (other) {
            flags.add(UsageFlag.OTHER_QUANTIZATION);
        }
        return flags;
    }

    /** {@code amazon-bedrock/us-east-1} names {@code Amazon Bedrock}; the list knows what the letters do not show. */
    private static boolean names(CatalogFacts facts, String slug, String provider) {
        boolean listed = facts.endpoints().stream()
                .anyMatch(e -> e.provider().equals(provider)
                        && (e.tag().equals(slug) || e.tag().startsWith(slug + "/")));
        int slash = slug.indexOf('/');
        String asked = letters(slash < 0 ? slug : slug.substring(0, slash));
        String served = letters(provider);
        return listed || asked.equals(served) || facts.endpoints().isEmpty() && asked.startsWith(served);
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static List<String> texts(Map<String, @Nullable Object> routing, String key) {
        List<String> texts = new ArrayList<>();
        if (routing.get(key) instanceof List<?> list) {
            list.forEach(item -> texts.add(String.valueOf(item)));
        }
        return texts;
    }
}
