package dev.rtel.simulator;

import java.math.BigDecimal;
import java.util.Set;

/**
 * A model at one provider. Immutable.
 *
 * @param providerName display name, for example {@code Amazon Bedrock}
 * @param tag slug by which a request selects the endpoint, for example {@code deepinfra/fp8}
 * @param quantization {@code fp8}, {@code bf16}, …, or {@code unknown}
 * @param promptPrice USD per prompt token
 * @param completionPrice USD per completion token, reasoning included
 */
public record Endpoint(
        String providerName, String tag, String quantization, BigDecimal promptPrice, BigDecimal completionPrice) {
    /** The quantization of an endpoint that does not tell. */
    public static final String UNKNOWN_QUANTIZATION = "unknown";

    private static final Set<String> QUANTIZATIONS = Set.of(
            "int4",
            "int8",
            "fp4",
            "mxfp4",
            "nvfp4",
            "fp6",
            "fp8",
            "mxfp8",
            "fp16",
            "bf16",
            "fp32",
            UNKNOWN_QUANTIZATION);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a name is blank, a price negative or the quantization not one of OpenRouter's words
     */
    public Endpoint {
        Checks.that(!providerName.isBlank() && !tag.isBlank(), "provider name and tag must not be blank");
        Checks.that(
                QUANTIZATIONS.contains(quantization),
                "quantization must be one of " + QUANTIZATIONS.stream().sorted().toList() + ", was \"" + quantization
                        + "\"");
        Checks.notNegative("prompt price", promptPrice);
        Checks.notNegative("completion price", completionPrice);
    }

    /** Returns the provider's slug: the tag up to its first slash. */
    public String provider() {
        int slash = tag.indexOf('/');
        return slash < 0 ? tag : tag.substring(0, slash);
    }

    /** Tells whether a slug of a request means this endpoint: its tag, or a beginning of it that ends at a slash. */
    boolean isMeantBy(String slug) {
        return tag.equals(slug) || tag.startsWith(slug + "/");
    }
}
