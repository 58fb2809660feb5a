package dev.rtel.simulator;

import java.math.BigDecimal;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** The JSON forms that several replies share. */
final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static String text(ObjectNode body) {
        return MAPPER.writeValueAsString(body);
    }

    static byte[] bytes(ObjectNode body) {
        return MAPPER.writeValueAsBytes(body);
    }

    /** Writes an amount of money as a plain decimal number, exactly. */
    static void putMoney(ObjectNode object, String name, BigDecimal amount) {
        object.putRawValue(name, new RawValue(plain(amount)));
    }

    /** Writes an amount of money as Python does: with a two-digit exponent. */
    static void putMoneyWithExponent(ObjectNode object, String name, BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        int exponent = stripped.signum() == 0 ? 0 : stripped.precision() - stripped.scale() - 1;
        BigDecimal mantissa = stripped.scaleByPowerOfTen(-exponent);
        String sign = exponent < 0 ? "-" : "+";
        object.putRawValue(
                name, new RawValue("%se%s%02d".formatted(mantissa.toPlainString(), sign, Math.abs(exponent))));
    }

    static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
